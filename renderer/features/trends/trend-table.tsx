import { thresholdOf, thresholdText } from '../../../core/clinical/change-thresholds.ts';
import { completedWeeks } from '../../../core/clinical/judged-later.ts';
import { changeText, directionWords } from '../../../core/clinical/measured-change.ts';
import { measureOf } from '../../../core/clinical/measures.ts';
import { normLabel } from '../../../core/clinical/norms/norm-label.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import { fromStored, unitText, valueText } from '../../../core/clinical/stored-value.ts';
import { type ChangeSinceFirst, changesSinceFirst } from '../../../core/clinical/trend-runs.ts';
import type { Unit } from '../../../core/contract/schemas/clinical.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { normCell, type ShownTrend } from './shown-trend.ts';
import { deviceText, type SharePoint, sharesOf } from './trend-series.ts';
import styles from './trends.module.css';

/** The numbers of the chart, newest first, each with its change since the first value on the same device. */
export function TrendTable({ shown }: { shown: ShownTrend }) {
  const { unit, origin, points, norm, measure, patient } = shown;
  const { isSided } = measureOf(measure);
  const changes = changesSinceFirst(points);
  const shares = new Map(sharesOf(points, patient).map((share) => [share.point, share]));
  const rows = [...points].sort((a, b) => b.at.localeCompare(a.at) || b.side.localeCompare(a.side));
  const error = thresholdOf(measure, 'MDC');
  const against =
    error === null
      ? 'no figure of measurement error was found for it'
      : `against ${thresholdText(error, unit)}`;
  const unitWord = unit === 'deg' ? 'degrees' : unitText(unit);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>
          Newest first, {unitWord}; spread = population SD of the trials; change = since the first value on
          the same device, {against}
          {norm !== null && <>; norms: {normLabel(norm)}</>}
        </caption>
        <thead>
          <tr>
            <th scope="col">date</th>
            <th scope="col">{shown.xLabel}</th>
            {isSided && <th scope="col">hand</th>}
            <th scope="col">value</th>
            <th scope="col">spread</th>
            <th scope="col">trials</th>
            {isSided && <th scope="col">% of the other hand</th>}
            <th scope="col">change</th>
            <th scope="col">device</th>
            {norm !== null && <th scope="col">norm</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((point) => (
            <tr key={`${point.sessionId}${point.side}`}>
              <td>{shortDate(point.at)}</td>
              <td className={styles.number}>{completedWeeks(origin, point.at)}</td>
              {isSided && <td>{SIDE_NAMES[point.side]}</td>}
              <td className={styles.number}>{valueText(point.valueSi, unit)}</td>
              <td className={styles.number}>{spreadText(point.spreadSi, unit)}</td>
              <td className={styles.number}>{point.trialCount}</td>
              {isSided && <td className={styles.number}>{shareCell(shares.get(point))}</td>}
              <td className={styles.number}>{changeCell(changes.get(point) ?? null, unit)}</td>
              <td title={point.deviceName}>{deviceText(point)}</td>
              {norm !== null && <td>{normCell(shown, point)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One digit more than the value, with its unit. */
const spreadText = (spreadSi: number | null, unit: Unit): string =>
  spreadSi === null
    ? '–'
    : `${fromStored(spreadSi, unit).toFixed(unit === 'N' || unit === 'deg' || unit === 's' ? 1 : 2)} ${unitText(unit)}`;

function shareCell(share: SharePoint | undefined): string {
  if (share === undefined) return '–';
  return share.percent === null ? `– (${share.reason})` : `${Math.round(share.percent)} %`;
}

function changeCell(change: ChangeSinceFirst | null, unit: Unit): string {
  if (change === null) return 'first value on this device';
  const text = `${changeText(change.changeSi, unit)}${directionWords(change, unit)}`;
  if (change.isOfFewTrials) return `${text}, fewer than three trials`;
  if (change.isBeyondError === null) return text;
  return `${text}, ${change.isBeyondError ? 'beyond' : 'within'} error`;
}
