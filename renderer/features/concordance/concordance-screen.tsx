import { Button, Progress } from '@mantine/core';
import { IconArrowsLeftRight, IconPrinter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import {
  type ConcordanceFilter,
  filterConcordance,
  isOfFilter,
  NO_FILTER,
} from '../../../core/agreement/concordance-filter.ts';
import type { ConcordanceSelection } from '../../../core/agreement/concordance-report.ts';
import { FIGURE_RULE, INTERVAL_RULE } from '../../../core/agreement/figure-words.ts';
import type { ConcordanceRow } from '../../../core/contract/schemas/concordance.ts';
import { errorText } from '../../app/error-text.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { AnalysesSection } from './analyses-section.tsx';
import { ConfidenceSection, ConfusionSection, SwitchSection } from './closer-sections.tsx';
import styles from './concordance.module.css';
import { figuresCsv, judgementsCsv } from './concordance-csv.ts';
import { ConcordanceFilters } from './concordance-filters.tsx';
import { ForecastsSection } from './forecasts-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { ReasonsSection } from './reasons-section.tsx';
import { RelianceSection } from './reliance-section.tsx';
import { SummarySection } from './summary-section.tsx';
import { type LeftOut, useConcordanceRows } from './use-concordance-rows.ts';
import { useReport } from './use-report.ts';

export interface ConcordanceScreenProps {
  isSample: boolean;
  onTraining: () => void;
  onReadings: () => void;
}

/** Clinician and model beside each other over all judged sessions, before anybody has seen the other's answer. */
export function ConcordanceScreen(props: ConcordanceScreenProps) {
  const state = useConcordanceRows();
  return (
    <Page
      title="Concordance"
      lead="How far clinicians and the model agree, counted from answers that were locked before the model’s was shown."
      actions={
        <div className={styles.actions} data-no-print>
          <Button variant="default" onClick={props.onReadings}>
            Second readings
          </Button>
          <Button variant="default" onClick={props.onTraining}>
            Training cases
          </Button>
        </div>
      }
    >
      {state.status === 'failed' && (
        <FailureNotice {...errorText(state.error)} incident={state.error.incident} onRetry={state.reload} />
      )}
      {state.status === 'loading' && (
        <LoadingLines
          label={
            state.total === null
              ? 'Reading the judgements'
              : `Reading the judgements: ${state.read} of ${state.total}`
          }
        />
      )}
      {state.status === 'ready' && <Concordance {...props} rows={state.rows} leftOut={state.leftOut} />}
    </Page>
  );
}

function Concordance(props: ConcordanceScreenProps & { rows: ConcordanceRow[]; leftOut: LeftOut }) {
  const { rows, leftOut } = props;
  const [filter, setFilter] = useState(NO_FILTER);
  const shown = useMemo(() => filterConcordance(rows, filter), [rows, filter]);
  return (
    <div className={styles.frame}>
      {rows.length === 0 ? (
        <EmptyState icon={<IconArrowsLeftRight size="2rem" />} title="Nothing to compare yet">
          When a judgement is locked and the model has answered, both stand here, counted. Figures appear from
          ten judgements on; until then only their number.
        </EmptyState>
      ) : (
        <>
          <ConcordanceFilters rows={rows} filter={filter} shown={shown.length} onFilter={setFilter} />
          <Figures {...props} shown={shown} />
        </>
      )}
      <LeftOutWords leftOut={leftOut} />
      <OtherTruths {...props} filter={filter} />
    </div>
  );
}

function Figures(props: ConcordanceScreenProps & { shown: ConcordanceRow[] }) {
  const { shown, isSample } = props;
  const { decimalMark } = usePreferences();
  const [selection, setSelection] = useState<ConcordanceSelection>({ knowledge: 'blinded', flags: 'all' });
  const { report, progress } = useReport(shown, selection);
  if (report === null) return <Working progress={progress ?? 0} />;
  const style = { decimalMark, isSample };
  const copy = (text: string) => navigator.clipboard.writeText(text);
  const versions = [...new Set(shown.map(({ modelVersion }) => modelVersion))].sort().join(', ');
  return (
    <>
      <p className={styles.rule}>{FIGURE_RULE}</p>
      {progress !== null && <Working progress={progress} />}
      <SummarySection report={report} onSelect={setSelection} />
      <ConfusionSection report={report} />
      <SwitchSection report={report} />
      <ConfidenceSection report={report} />
      <ReasonsSection report={report} />
      <PeopleSection report={report} />
      <p className={styles.small}>
        wrist-state {versions} · trained on simulated people, research use; not a medical device.{' '}
        {INTERVAL_RULE}
        {isSample && ' Invented people: sample clinic of Prehensa.'}
      </p>
      <div className={styles.actions} data-no-print>
        <CopyButton
          label="Copy the figures as CSV"
          done="Copied: paste it into a table."
          onCopy={() => copy(figuresCsv(report, style))}
        />
        <CopyButton
          label="Copy the judgements as CSV"
          done="Copied: paste it into a table."
          onCopy={() => copy(judgementsCsv(shown, style))}
        />
        <Button
          variant="default"
          leftSection={<IconPrinter size="1.125rem" aria-hidden="true" />}
          onClick={() => window.print()}
        >
          Print
        </Button>
      </div>
    </>
  );
}

function Working({ progress }: { progress: number }) {
  return (
    <div role="status" className={styles.working} data-no-print>
      <span>Working out the intervals…</span>
      <Progress value={100 * progress} aria-label="Part of the figures that is worked out" />
    </div>
  );
}

/** Judged sessions that are in no figure, each with its reason. */
function LeftOutWords({ leftOut: { heldBack, changedAfterLock, withoutResult } }: { leftOut: LeftOut }) {
  const parts = [
    ...(heldBack > 0
      ? [`${heldBack} held back while a judgement of the patient is open, or until you have read it`]
      : []),
    ...(changedAfterLock > 0
      ? [
          `${changedAfterLock} with a value corrected or added between the lock and the model’s first answer, or moved to another patient since`,
        ]
      : []),
    ...(withoutResult > 0 ? [`${withoutResult} without an answer of the model`] : []),
  ];
  return parts.length === 0 ? null : <p className={styles.words}>In no figure: {parts.join('; ')}.</p>;
}

/** What has a truth: forecasts and training cases. */
function OtherTruths(props: ConcordanceScreenProps & { filter: ConcordanceFilter }) {
  const { filter } = props;
  const { clinicianId } = filter;
  const api = useApi();
  const analyses = useCall('concordance/analyses', () => api['concordance.analyses']({}));
  const board = useCall('forecasts/scoreboard', () => api['forecasts.scoreboard']({}));
  const training = useCall('training/results', () => api['training.results']({}));
  const scored = board.status === 'ready' ? board.value : null;
  const ownBoard = useMemo(
    () =>
      scored && {
        ...scored,
        rows: scored.rows.filter(({ clinician }) =>
          isOfFilter({ clinicianId: clinician.userId, lockedAt: clinician.lockedAt }, filter),
        ),
      },
    [scored, filter],
  );
  const isByPatient = filter.diagnosis !== null || filter.inputPattern !== null;
  const isByMore = isByPatient || filter.from !== null || filter.to !== null;
  const note = isByPatient
    ? 'Filtered by clinician and dates of the lock: diagnosis and what was measured do not act on this section.'
    : '';
  return (
    <>
      {analyses.status === 'ready' && (
        <AnalysesSection analyses={analyses.value} filter={filter} filterNote={note} />
      )}
      {analyses.status === 'failed' && (
        <FailureNotice
          {...errorText(analyses.error)}
          incident={analyses.error.incident}
          onRetry={analyses.reload}
        />
      )}
      {ownBoard && (
        <ForecastsSection
          board={ownBoard}
          clinicianId={clinicianId}
          filterNote={note}
          isSample={props.isSample}
        />
      )}
      {board.status === 'loading' && <LoadingLines label="Reading the forecasts" />}
      {board.status === 'failed' && (
        <FailureNotice {...errorText(board.error)} incident={board.error.incident} onRetry={board.reload} />
      )}
      {training.status === 'ready' && (
        <RelianceSection
          results={training.value}
          clinicianId={clinicianId}
          filterNote={isByMore ? 'Of the filters only the clinician acts on this section.' : ''}
          onTraining={props.onTraining}
        />
      )}
      {training.status === 'failed' && (
        <FailureNotice
          {...errorText(training.error)}
          incident={training.error.incident}
          onRetry={training.reload}
        />
      )}
    </>
  );
}
