import { Button, VisuallyHidden } from '@mantine/core';
import { IconChartLine, IconTable } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { mdcText } from '../../../core/clinical/measured-change.ts';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import type { Patient, PatientId } from '../../../core/contract/schemas/clinical.ts';
import { FORCE_UNITS, type ForceUnit } from '../../../core/units/quantities.ts';
import { errorText } from '../../app/error-text.ts';
import { chartPng } from '../../charts/chart-picture.ts';
import { TrendChart } from '../../charts/trend-chart.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { operationFlags } from './operation-flags.ts';
import actions from './trend-actions.module.css';
import { trendCsv } from './trend-csv.ts';
import { deviceChangesOf, errorBandsOf, lastChangeWords, segmentsOf } from './trend-series.ts';
import { TrendTable } from './trend-table.tsx';
import styles from './trends.module.css';

/** Lateral pinch of both hands since the operation, as a chart and as a table. */
export function TrendsScreen(props: {
  patientId: PatientId;
  /** Invented people are called so in everything that is copied. */
  isSample: boolean;
}) {
  const { patientId } = props;
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
  return <Trends patient={patient.value} points={trend.value} isSample={props.isSample} />;
}

function Trends({
  patient,
  points,
  isSample,
}: {
  patient: Patient;
  points: readonly TrendPoint[];
  isSample: boolean;
}) {
  const [unit, setUnit] = useState<ForceUnit>('kg');
  const [isTable, setIsTable] = useState(false);
  const chart = useRef<HTMLDivElement>(null);
  const first = points.reduce((least, { at }) => (at < least ? at : least), points[0]?.at ?? '');
  const origin = patient.operationDate ?? first;
  const xLabel = patient.operationDate ? 'weeks since surgery' : 'weeks since the first visit';
  const text = (value: number) => `${value.toFixed(unit === 'N' ? 0 : 1)} ${unit}`;
  const errorBands = errorBandsOf(points, unit, origin);
  const bandText = `within measurement error of the first value on that device (${mdcText(unit)})`;
  const copyCsv = () => navigator.clipboard.writeText(trendCsv(points, unit, origin, isSample));
  const copyPicture = async () => {
    if (chart.current === null) throw new Error('no chart is drawn');
    const picture = chartPng(chart.current, {
      title: `Lateral pinch, ${unit}, over ${xLabel}`,
      lines: [
        'right: solid line, circles; left: dashed line, triangles; tint: spread of the trials (± population SD)',
        ...(errorBands.length > 0 ? [`grey: ${bandText}`] : []),
        ...(isSample ? ['Invented people: sample clinic of Prehensa.'] : []),
      ],
    });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  };
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
        <div ref={chart}>
          <TrendChart
            segments={segmentsOf(points, unit, origin)}
            errorBands={errorBands}
            errorBandText={bandText}
            flags={operationFlags(patient, origin)}
            deviceChanges={deviceChangesOf(points, origin)}
            xLabel={xLabel}
            yLabel={`lateral pinch, ${unit}`}
            valueText={text}
            label={`Lateral pinch of both hands over ${xLabel}; the same numbers stand in the table`}
          />
        </div>
      )}
      <footer className={actions.row}>
        <CopyButton label="Copy as CSV" done="Copied: paste it into a table." onCopy={copyCsv} />
        {!isTable && (
          <CopyButton label="Copy the picture" done="Copied: paste it into a letter." onCopy={copyPicture} />
        )}
      </footer>
    </section>
  );
}
