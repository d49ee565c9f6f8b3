import { NativeSelect, VisuallyHidden } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { MEASURES } from '../../../core/clinical/measures.ts';
import { readNormTable } from '../../../core/clinical/norms/norm-table.ts';
import { patientOfCourse } from '../../../core/clinical/patient-of-course.ts';
import type { Output } from '../../../core/contract/contract.ts';
import type { Measure, PatientId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Interventions } from './interventions.tsx';
import { ModelCourse } from './model-course.tsx';
import { measureTitle } from './shown-trend.ts';
import { episodeFlags, interventionFlags, operationFlags } from './trend-flags.ts';
import { TrendView } from './trend-view.tsx';
import styles from './trends.module.css';

const MOST_RESULTS = 500;

/** Any measure of both hands since the operation, as a chart and as a table, with what happened in between. */
export function TrendsScreen(props: {
  patientId: PatientId;
  /** Invented people are called so in everything that is copied. */
  isSample: boolean;
}) {
  const { patientId } = props;
  const api = useApi();
  const patient = useCall(`trends patient/${patientId}`, () => api['patients.get']({ id: patientId }));
  const trend = useCall(`trend/${patientId}`, () => api['sessions.trend']({ patientId }));
  const norms = useCall('norms', () => api['norms.list']({}));
  const marks = useCall(`marks/${patientId}`, () => api['interventions.list']({ patientId }));
  const episodes = useCall(`trends episodes/${patientId}`, () => api['episodes.list']({ patientId }));
  const sessions = useCall(`trends results/${patientId}`, () =>
    api['sessions.listForPatient']({ patientId, limit: MOST_RESULTS, offset: 0 }),
  );
  const reloads = [patient.reload, trend.reload, marks.reload, episodes.reload, sessions.reload];
  // biome-ignore lint/correctness/useExhaustiveDependencies: each reload is stable for one patient
  useEffect(
    () =>
      api.on('patients.changed', ({ id }) => {
        if (id === patientId) for (const reload of reloads) reload();
      }),
    [api, patientId],
  );
  const failed = [patient, trend, norms, marks, episodes, sessions].find((call) => call.status === 'failed');
  if (failed?.status === 'failed') {
    return (
      <FailureNotice {...errorText(failed.error)} incident={failed.error.incident} onRetry={failed.reload} />
    );
  }
  if (
    patient.status !== 'ready' ||
    trend.status !== 'ready' ||
    norms.status !== 'ready' ||
    marks.status !== 'ready' ||
    episodes.status !== 'ready' ||
    sessions.status !== 'ready'
  ) {
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
        <VisuallyHidden component="h1">Course</VisuallyHidden>
        <EmptyState icon={<IconChartLine size="2rem" />} title="No course yet">
          After the first saved session every measure of both hands stands here, week by week, with the last
          change in words.
        </EmptyState>
      </>
    );
  }
  return (
    <Course
      patient={patientOfCourse(patient.value)}
      episodes={episodes.value.episodes}
      points={trend.value}
      norms={norms.value}
      marks={marks.value}
      rows={sessions.value.rows}
      isSample={props.isSample}
      onMarksChanged={marks.reload}
    />
  );
}

function Course(props: {
  patient: Output<'patients.get'>;
  points: Output<'sessions.trend'>;
  norms: Output<'norms.list'>;
  marks: Output<'interventions.list'>;
  episodes: Output<'episodes.list'>['episodes'];
  rows: Output<'sessions.listForPatient'>['rows'];
  isSample: boolean;
  onMarksChanged: () => void;
}) {
  const { patient, points, marks } = props;
  const tables = useMemo(() => props.norms.map(readNormTable), [props.norms]);
  const taken = useMemo(() => takenMeasures(points), [points]);
  const [chosen, setChosen] = useState<Measure | null>(null);
  const measure = taken.find((one) => one.measure === chosen)?.measure ?? taken[0]?.measure;
  if (measure === undefined) return null;
  const first = points.reduce((least, { at }) => (at < least ? at : least), points[0]?.at ?? '');
  const origin = patient.operationDate ?? first;
  const xLabel = patient.operationDate ? 'weeks since surgery' : 'weeks since the first visit';
  const flags = [
    ...operationFlags(patient, origin),
    ...episodeFlags(props.episodes, patient, origin),
    ...interventionFlags(marks, origin),
  ];
  return (
    <div className={styles.course}>
      <NativeSelect
        className={styles.measure}
        label="Measure"
        value={measure}
        onChange={(event) => setChosen(event.currentTarget.value as Measure)}
        data={taken.map((one) => ({
          value: one.measure,
          label: `${measureTitle(one.measure)} (${one.visits} ${one.visits === 1 ? 'visit' : 'visits'})`,
        }))}
      />
      <TrendView
        key={measure}
        patient={patient}
        measure={measure}
        points={points.filter((point) => point.measure === measure)}
        tables={tables}
        flags={flags}
        origin={origin}
        xLabel={xLabel}
        isSample={props.isSample}
      />
      <section className={styles.trends} aria-labelledby="model-course-title">
        <h2 id="model-course-title">Model: resemblance to nonimpaired</h2>
        <ModelCourse
          patientId={patient.id}
          rows={props.rows}
          origin={origin}
          xLabel={xLabel}
          isSample={props.isSample}
        />
      </section>
      <Interventions patientId={patient.id} marks={marks} onChanged={props.onMarksChanged} />
    </div>
  );
}

/** Measures that were taken, in the order of the table, each with the number of its visits. */
export function takenMeasures(points: Output<'sessions.trend'>): { measure: Measure; visits: number }[] {
  return MEASURES.flatMap((measure) => {
    const own = points.filter((point) => point.measure === measure);
    const visits = new Set(own.map(({ sessionId }) => sessionId)).size;
    return visits === 0 ? [] : [{ measure, visits }];
  });
}
