import { NativeSelect, VisuallyHidden } from '@mantine/core';
import { IconReportMedical } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { readNormTable } from '../../../core/clinical/norms/norm-table.ts';
import { patientOfCourse } from '../../../core/clinical/patient-of-course.ts';
import { patientPage } from '../../../core/clinical/report/patient-page.ts';
import { type ReportSource, reportContent } from '../../../core/clinical/report/report-content.ts';
import { reportPartsFrom } from '../../../core/clinical/report/report-parts.ts';
import { reportText } from '../../../core/clinical/report/report-text.ts';
import type { Output } from '../../../core/contract/contract.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { PatientId, SessionId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useChangePreferences, usePreferences } from '../../app/preferences.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { ConclusionField } from './conclusion-field.tsx';
import { PartChoice } from './part-choice.tsx';
import { PatientPaper } from './patient-paper.tsx';
import styles from './report.module.css';
import { ReportActions } from './report-actions.tsx';
import './report-print.css';
import { SurgeonPage } from './surgeon-page.tsx';

const MOST_SESSIONS = 500;

/** One page for the surgeon, one for the patient: looked at here, then saved, printed or copied as it stands. */
export function ReportScreen(props: {
  patientId: PatientId;
  /** Invented people are called so on every page. */
  isSample: boolean;
}) {
  const { patientId } = props;
  const api = useApi();
  const patient = useCall(`report patient/${patientId}`, () => api['patients.get']({ id: patientId }));
  const trend = useCall(`report trend/${patientId}`, () => api['sessions.trend']({ patientId }));
  const norms = useCall('norms', () => api['norms.list']({}));
  const episodes = useCall(`report episodes/${patientId}`, () => api['episodes.list']({ patientId }));
  const sessions = useCall(`report sessions/${patientId}`, () =>
    api['sessions.listForPatient']({ patientId, limit: MOST_SESSIONS, offset: 0 }),
  );
  const reloads = [patient.reload, trend.reload, episodes.reload, sessions.reload];
  // biome-ignore lint/correctness/useExhaustiveDependencies: each reload is stable for one patient
  useEffect(
    () =>
      api.on('patients.changed', ({ id }) => {
        if (id === patientId) for (const reload of reloads) reload();
      }),
    [api, patientId],
  );
  const failed = [patient, trend, norms, episodes, sessions].find((call) => call.status === 'failed');
  if (failed?.status === 'failed') {
    return (
      <FailureNotice {...errorText(failed.error)} incident={failed.error.incident} onRetry={failed.reload} />
    );
  }
  if (
    patient.status !== 'ready' ||
    trend.status !== 'ready' ||
    norms.status !== 'ready' ||
    episodes.status !== 'ready' ||
    sessions.status !== 'ready'
  ) {
    return <LoadingLines label="Preparing the report" />;
  }
  if (patient.value.isBlinded) {
    return (
      <Notice tone="info" title="The report is hidden while a blinded judgement is open.">
        It names diagnosis and operation. It comes back when you lock.
      </Notice>
    );
  }
  const saved = sessions.value.rows
    .flatMap(datedVisit)
    .filter(({ session }) => session.state !== 'measuring');
  if (saved.length === 0) {
    return (
      <>
        <VisuallyHidden component="h1">Report</VisuallyHidden>
        <EmptyState icon={<IconReportMedical size="2rem" />} title="No report yet">
          After the first saved session a page for the surgeon and a page for the patient stand here, ready to
          save as PDF, print or copy.
        </EmptyState>
      </>
    );
  }
  return (
    <Reports
      patient={patient.value}
      points={trend.value}
      norms={norms.value}
      episodes={episodes.value.episodes}
      rows={saved}
      isJudgementOpen={sessions.value.rows.some(
        ({ session }) => session.state === 'measuring' || session.state === 'saved',
      )}
      isSample={props.isSample}
    />
  );
}

type Row = Output<'sessions.listForPatient'>['rows'][number];
type DatedVisit = Row & { session: Row['session'] & { startedAt: string } };

/** A visit whose date may be told; where it may not, nothing is reported. */
const datedVisit = (row: Row): DatedVisit[] =>
  row.session.startedAt === null
    ? []
    : [{ ...row, session: { ...row.session, startedAt: row.session.startedAt } }];

function Reports(props: {
  patient: Output<'patients.get'>;
  points: Output<'sessions.trend'>;
  norms: Output<'norms.list'>;
  episodes: Output<'episodes.list'>['episodes'];
  /** Saved sessions, newest first; at least one. */
  rows: readonly DatedVisit[];
  isJudgementOpen: boolean;
  isSample: boolean;
}) {
  const { rows, points } = props;
  const api = useApi();
  const [chosen, setChosen] = useState<SessionId | null>(null);
  const [page, setPage] = useState<'surgeon' | 'patient'>('surgeon');
  const [partsError, setPartsError] = useState<WireError | null>(null);
  const parts = reportPartsFrom(usePreferences().reportParts);
  const changePreferences = useChangePreferences();
  const tables = useMemo(() => props.norms.map(readNormTable), [props.norms]);
  const row = rows.find(({ session }) => session.id === chosen) ?? rows[0];
  const sessionId = row?.session.id;
  const conclusion = useCall(`conclusion/${sessionId}`, () =>
    api['reports.conclusion']({ sessionId: sessionId as SessionId }),
  );
  if (row === undefined || sessionId === undefined) return null;
  const patient = patientOfCourse(
    props.patient,
    props.episodes.find(({ id }) => id === row.session.episodeId) ?? props.patient.episode,
  );
  const written = conclusion.status === 'ready' ? conclusion.value : null;
  const source: ReportSource = {
    patient,
    session: row.session,
    trials: row.trials,
    points,
    tables,
    // What was made for another person stands in nobody's report.
    prediction: row.isForAnotherPerson === true ? null : row.prediction,
    conclusion: written === null || written.isForAnotherPerson === true ? '' : written.text,
    isSample: props.isSample,
    isJudgementOpen: props.isJudgementOpen,
    isForAnotherPerson: row.isForAnotherPerson === true,
    isWaitingForYou: row.isWaitingForYou === true,
  };
  const content = reportContent(source, parts, shortDate);
  const first = points.reduce((least, { at }) => (at < least ? at : least), row.session.startedAt);
  const origin = patient.operationDate ?? first;
  const date = row.session.startedAt.slice(0, 10);
  return (
    <div className={styles.report}>
      <div className={styles.controls} data-no-print>
        <h1>Report</h1>
        <div className={styles.choices}>
          <NativeSelect
            label="Visit"
            value={sessionId}
            onChange={(event) => setChosen(event.currentTarget.value as SessionId)}
            data={rows.map(({ session }) => ({
              value: session.id,
              label: `${shortDate(session.startedAt)}, ${session.userName}`,
            }))}
          />
          <ChoiceRow
            label="For"
            choices={[
              { value: 'surgeon', label: 'The surgeon' },
              { value: 'patient', label: 'The patient' },
            ]}
            value={page}
            onChange={setPage}
          />
        </div>
        <ReportActions
          key={`${page}/${sessionId}`}
          sessionId={sessionId}
          fileName={page === 'surgeon' ? `hand report ${date}` : `page for the patient ${date}`}
          text={page === 'surgeon' ? reportText(content) : null}
        />
        {row.isForAnotherPerson === true && (
          <Notice tone="caution" title="The model’s result of this visit was computed for another person.">
            The session was put under this patient afterwards; the result does not stand on this page.
          </Notice>
        )}
        {props.isJudgementOpen && (
          <Notice tone="info" title="No model result stands on this page while a judgement is open.">
            It comes back when you lock the judgement, or close the session without one.
          </Notice>
        )}
        <PartChoice
          page={page}
          parts={parts}
          onChange={(next) => void changePreferences({ reportParts: [...next] }).then(setPartsError)}
        />
        {partsError !== null && <FailureNotice {...errorText(partsError)} incident={partsError.incident} />}
        {conclusion.status === 'failed' && (
          <FailureNotice
            {...errorText(conclusion.error)}
            incident={conclusion.error.incident}
            onRetry={conclusion.reload}
          />
        )}
        {page === 'surgeon' && written !== null && (
          <ConclusionField
            key={sessionId}
            sessionId={sessionId}
            saved={written}
            onSaved={conclusion.reload}
            onReread={conclusion.reload}
          />
        )}
      </div>
      {page === 'surgeon' ? (
        <SurgeonPage content={content} />
      ) : (
        <PatientPaper
          page={patientPage(source, parts, shortDate)}
          points={points.filter(({ at }) => at <= row.session.startedAt)}
          origin={origin}
          xLabel={patient.operationDate ? 'weeks since surgery' : 'weeks since the first visit'}
        />
      )}
    </div>
  );
}
