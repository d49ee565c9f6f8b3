import { changeText, mdcText } from '../../../core/clinical/measured-change.ts';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import { type ForceUnit, fromNewtons } from '../../../core/units/quantities.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { type ChangeSinceFirst, changesSinceFirst, deviceText, weeksSince } from './trend-series.ts';
import styles from './trends.module.css';

/** The numbers of the chart, newest first, each with its change since the first value on the same device. */
export function TrendTable(props: {
  points: readonly TrendPoint[];
  unit: ForceUnit;
  origin: string;
  xLabel: string;
}) {
  const { unit, origin } = props;
  const digits = unit === 'N' ? 0 : 1;
  const changes = changesSinceFirst(props.points);
  const rows = [...props.points].sort((a, b) => b.at.localeCompare(a.at) || b.side.localeCompare(a.side));
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>
          Newest first, {unit}; spread = population SD of the trials; change = since the first value on the
          same device, against {mdcText(unit)}
        </caption>
        <thead>
          <tr>
            <th scope="col">date</th>
            <th scope="col">{props.xLabel}</th>
            <th scope="col">hand</th>
            <th scope="col">pinch</th>
            <th scope="col">spread</th>
            <th scope="col">trials</th>
            <th scope="col">change</th>
            <th scope="col">device</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((point) => (
            <tr key={`${point.sessionId}${point.side}`}>
              <td>{shortDate(point.at)}</td>
              <td className={styles.number}>{Math.round(weeksSince(origin, point.at))}</td>
              <td>{point.side}</td>
              <td className={styles.number}>
                {fromNewtons(point.pinchN, unit).toFixed(digits)} {unit}
              </td>
              <td className={styles.number}>
                {point.spreadN === null ? '–' : fromNewtons(point.spreadN, unit).toFixed(digits + 1)}
              </td>
              <td className={styles.number}>{point.trialCount}</td>
              <td className={styles.number}>{changeCell(changes.get(point) ?? null, unit)}</td>
              <td title={point.deviceName}>{deviceText(point)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function changeCell(change: ChangeSinceFirst | null, unit: ForceUnit): string {
  if (change === null) return 'first value on this device';
  return `${changeText(change.changeN, unit)}, ${change.isBeyondError ? 'beyond' : 'within'} error`;
}
