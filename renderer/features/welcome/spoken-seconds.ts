import type { WireError } from '../../../core/contract/errors.ts';

/** "45 seconds", "1 minute 5 seconds". @param seconds whole, 1 or more. */
export function spokenSeconds(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const words = [
    minutes > 0 ? `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` : '',
    rest > 0 ? `${rest} ${rest === 1 ? 'second' : 'seconds'}` : '',
  ];
  return words.filter((word) => word !== '').join(' ');
}

/** The wait that the host named with a refusal; 0 when it named none. */
export function waitSecondsOf(error: WireError): number {
  const seconds = Number(error.detail?.waitSeconds ?? 0);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
}
