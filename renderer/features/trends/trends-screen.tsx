import { Button, VisuallyHidden } from '@mantine/core';
import { IconChartLine, IconTable } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import type { Patient, PatientId } from '../../../core/contract/schemas/clinical.ts';
import { FORCE_UNITS, type ForceUnit, fromNewtons } from '../../../core/units/quantities.ts';
import { errorText } from '../../app/error-text.ts';
import { TrendChart } from '../../charts/trend-chart.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { deviceChangesOf, lastChangeWords, segmentsOf, weeksSince } from './trend-series.ts';
import styles from './trends.module.css';

/** Lateral pinch of both hands since the operation, as a chart and as a table. */
export function TrendsScreen({ patientId }: { patientId: PatientId }) {
  const api = useApi();
  const patient = useCall<Patient>(`trends patient/${patientId}`, () =>
    api['patients.get']({ id: patientId }),
  );
  const trend = useCall<TrendPoint[]>(`trend/${patientId}`, () => api['sessions.trend']({ patientId }));
  const { reload } = trend;
  useEffect(
    () =>
      api.on('patients.changed', ({ id }) => {
        if (id === patientId) reload();
      }),
    [api, patientId, reload],
  );
  const failed = [patient, trend].find((call) => call.status === 'failed');
  if (failed?.status === 'failed') {
    return (
      <FailureNotice {...errorText(failed.error)} incident={failed.error.incident} onRetry={failed.reload} />
    );
  }
  if (patient.status !== 'ready' || trend.status !== 'ready') {
    return <LoadingLines label="Reading the course" />;
  }
  if (patient.value.isBlinded) {
    return (
      <Notice tone="info" title="The course is hidden while a blinded judgement is open.">
        Dates and the time since surgery would give the operation away. It comes back when you lock.
      </Notice>
    );
  }
  if (trend.value.length === 0) {
    return (
      <>
        <VisuallyHidden component="h1">Lateral pinch</VisuallyHidden>
        <EmptyState icon={<IconChartLine size="2rem" />} title="No course yet">
          After the first saved session the pinch of both hands stands here, week by week, with the last
          change in words.
        </EmptyState>
      </>
    );
  }
  return <Trends patient={patient.value} points={trend.value} />;
}

function Trends({ patient, points }: { patient: Patient; points: readonly TrendPoint[] }) {
  const [unit, setUnit] = useState<ForceUnit>('kg');
  const [isTable, setIsTable] = useState(false);
  const first = points.reduce((least, { at }) => (at < least ? at : least), points[0]?.at ?? '');
  const origin = patient.operationDate ?? first;
  const xLabel = patient.operationDate ? 'weeks since surgery' : 'weeks since the first visit';
  const text = (value: number) => `${value.toFixed(unit === 'N' ? 0 : 1)} ${unit}`;
  return (
    <section className={styles.trends} aria-labelledby="trend-title">
      <header className={styles.head}>
        <h1 id="trend-title">Lateral pinch</h1>
        <ChoiceRow
          label="Unit"
          choices={FORCE_UNITS.map((value) => ({ value, label: value }))}
          value={unit}
          onChange={setUnit}
        />
        <Button
          variant="default"
          aria-pressed={isTable}
          leftSection={isTable ? <IconChartLine size="1.125rem" /> : <IconTable size="1.125rem" />}
          onClick={() => setIsTable(!isTable)}
        >
          {isTable ? 'Show the chart' : 'Show the table'}
        </Button>
      </header>
      <dl className={styles.words}>
        {(['right', 'left'] as const).map((side) => (
          <div key={side}>
            <dt>
              {side === 'right' ? 'Right' : 'Left'}
              {(patient.affectedSide === side || patient.affectedSide === 'both') && ' (affected)'}
            </dt>
            <dd>{lastChangeWords(points, side, unit)}</dd>
          </div>
        ))}
      </dl>
      {isTable ? (
        <TrendTable points={points} unit={unit} origin={origin} xLabel={xLabel} />
      ) : (
        <TrendChart
          segments={segmentsOf(points, unit, origin)}
          deviceChanges={deviceChangesOf(points, origin)}
          xLabel={xLabel}
          yLabel={`lateral pinch, ${unit}`}
          valueText={text}
          label={`Lateral pinch of both hands over ${xLabel}; the same numbers stand in the table`}
        />
      )}
    </section>
  );
}

function TrendTable(props: {
  points: readonly TrendPoint[];
  unit: ForceUnit;
  origin: string;
  xLabel: string;
}) {
  const { unit, origin } = props;
  const digits = unit === 'N' ? 0 : 1;
  const rows = [...props.points].sort((a, b) => b.at.localeCompare(a.at) || b.side.localeCompare(a.side));
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>Newest first, {unit}; spread = population SD of the trials</caption>
        <thead>
          <tr>
            <th scope="col">date</th>
            <th scope="col">{props.xLabel}</th>
            <th scope="col">hand</th>
            <th scope="col">pinch</th>
            <th scope="col">spread</th>
            <th scope="col">trials</th>
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
              <td>{point.deviceName === '' ? 'not named' : point.deviceName}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
