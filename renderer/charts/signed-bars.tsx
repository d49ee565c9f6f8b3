import { useId } from 'react';
import styles from './signed-bars.module.css';

export interface SignedBar {
  id: string;
  name: string;
  value: number;
  /** Range over the single networks. */
  memberLow: number;
  memberHigh: number;
  /** The value as printed, with sign and unit. */
  text: string;
}

const HALF = 50;

/**
 * Signed shares of a number around zero: to the right it is raised (blue, one hatch), to the left lowered (orange, the
 * other hatch). The thin line spans the single networks.
 */
export function SignedBars({ bars, label }: { bars: readonly SignedBar[]; label: string }) {
  const id = useId().replace(/[^a-z0-9]/gi, '');
  const largest = Math.max(
    1e-9,
    ...bars.flatMap(({ value, memberLow, memberHigh }) => [value, memberLow, memberHigh].map(Math.abs)),
  );
  const x = (value: number) => HALF + (value / largest) * (HALF - 2);
  return (
    <table className={styles.bars} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">measurement</th>
          <th scope="col" className={styles.directions}>
            <span>◂ lowers it</span>
            <span>raises it ▸</span>
          </th>
          <th scope="col">adds</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar, index) => {
          const isUp = bar.value >= 0;
          return (
            <tr key={bar.id} data-direction={isUp ? 'up' : 'down'}>
              <th scope="row">{bar.name}</th>
              <td className={styles.cell}>
                <svg
                  viewBox="0 0 100 14"
                  preserveAspectRatio="none"
                  className={styles.picture}
                  aria-hidden="true"
                >
                  <defs>
                    <pattern
                      id={`${id}${index}`}
                      width="3"
                      height="3"
                      patternUnits="userSpaceOnUse"
                      patternTransform={`rotate(${isUp ? 45 : -45})`}
                    >
                      <rect width="1.5" height="3" className={isUp ? styles.upFill : styles.downFill} />
                    </pattern>
                  </defs>
                  <rect
                    x={Math.min(HALF, x(bar.value))}
                    y={2}
                    width={Math.max(0.5, Math.abs(x(bar.value) - HALF))}
                    height={10}
                    fill={`url(#${id}${index})`}
                    className={isUp ? styles.upEdge : styles.downEdge}
                  />
                  <line
                    className={styles.whisker}
                    x1={x(bar.memberLow)}
                    x2={x(bar.memberHigh)}
                    y1={7}
                    y2={7}
                  />
                  <line className={styles.zero} x1={HALF} x2={HALF} y1={0} y2={14} />
                </svg>
              </td>
              <td className={styles.number}>{bar.text}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
