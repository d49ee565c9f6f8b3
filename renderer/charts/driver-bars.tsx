import { VisuallyHidden } from '@mantine/core';
import { useId } from 'react';
import styles from './driver-bars.module.css';

export interface DriverBar {
  id: string;
  name: string;
  /** Signed share of the explained margin; positive speaks for `forName`. */
  value: number;
  memberLow: number;
  memberHigh: number;
  /** e.g. "2.1 N·m". */
  measured: string;
  /** e.g. "5.8 N·m"; null when the reference has none. */
  reference: string | null;
  /** What the clinician said of it before, e.g. "1, + for"; null when it was not named. */
  own: string | null;
}

export interface DriverBarsProps {
  bars: readonly DriverBar[];
  /** Class the positive side speaks for, and the class it is held against. */
  forName: string;
  againstName: string;
  /** Whose drivers stand in the first column, e.g. "you". */
  readerName: string;
  caption: string;
}

const HALF = 50;

/**
 * Signed bars around zero: blue with one hatch to the right speaks for, orange with the opposite hatch to the left
 * against. The thin line spans the answers of the single networks.
 */
export function DriverBars({ bars, forName, againstName, readerName, caption }: DriverBarsProps) {
  const id = useId().replace(/[^a-z0-9]/gi, '');
  const largest = Math.max(
    1e-9,
    ...bars.flatMap((bar) => [Math.abs(bar.value), Math.abs(bar.memberLow), Math.abs(bar.memberHigh)]),
  );
  const x = (value: number) => HALF + (value / largest) * (HALF - 2);
  return (
    <table className={styles.drivers}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{readerName}</th>
          <th scope="col">driver</th>
          <th scope="col" className={styles.directions}>
            <span className={styles.against}>◂ for {againstName}</span>
            <span className={styles.for}>for {forName} ▸</span>
          </th>
          <th scope="col">measured (reference)</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => {
          const isFor = bar.value >= 0;
          const left = Math.min(HALF, x(bar.value));
          return (
            <tr key={bar.id} data-driver={bar.id} data-direction={isFor ? 'for' : 'against'}>
              <td className={styles.own}>{bar.own ?? <span className={styles.unnamed}>–</span>}</td>
              <th scope="row">{bar.name}</th>
              <td className={styles.barCell}>
                <div className={styles.signed}>
                  <span className={styles.sign}>{isFor ? '+' : '−'}</span>
                  <svg
                    viewBox="0 0 100 14"
                    preserveAspectRatio="none"
                    className={styles.signedBar}
                    aria-hidden="true"
                  >
                    <defs>
                      <pattern
                        id={`${id}${bar.id}`}
                        width="3"
                        height="3"
                        patternUnits="userSpaceOnUse"
                        patternTransform={`rotate(${isFor ? 45 : -45})`}
                      >
                        <rect width="3" height="3" className={isFor ? styles.forTint : styles.againstTint} />
                        <rect
                          width="1.5"
                          height="3"
                          className={isFor ? styles.forFill : styles.againstFill}
                        />
                      </pattern>
                    </defs>
                    <rect
                      x={left}
                      y={2}
                      width={Math.max(0.5, Math.abs(x(bar.value) - HALF))}
                      height={10}
                      fill={`url(#${id}${bar.id})`}
                      className={isFor ? styles.forEdge : styles.againstEdge}
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
                  <VisuallyHidden>
                    {isFor ? `speaks for ${forName}` : `speaks for ${againstName}`}, share{' '}
                    {Math.abs(bar.value).toFixed(2)}
                  </VisuallyHidden>
                </div>
              </td>
              <td className={styles.number}>
                {bar.measured}
                {bar.reference !== null && <small> (ref {bar.reference})</small>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
