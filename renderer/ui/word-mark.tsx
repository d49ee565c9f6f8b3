/** The sign of the app: two fingers that meet in one point. */
export function WordMark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="6" fill="var(--action)" />
      <g fill="none" stroke="var(--action-text)" strokeWidth="3" strokeLinecap="round">
        <path d="M6 10c7-2 12 0 15 6" />
        <path d="M6 24c6 1 11-2 15-8" />
      </g>
      <circle cx="22.5" cy="16" r="2.6" fill="var(--action-text)" />
    </svg>
  );
}
