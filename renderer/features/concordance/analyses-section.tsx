import { useMemo } from 'react';
import {
  elbowAgreement,
  muscleAgreement,
  type ShownValue,
} from '../../../core/agreement/analyses-agreement.ts';
import { type ConcordanceFilter, isOfFilter } from '../../../core/agreement/concordance-filter.ts';
import { countText, figureSentence, tooFewText } from '../../../core/agreement/figure-words.ts';
import { AS_EXPECTED_PERCENT } from '../../../core/clinical/muscle-groups.ts';
import type { Output } from '../../../core/contract/contract.ts';
import { FactList } from '../../ui/fact-list.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './concordance.module.css';
import { FigureCell } from './figure-cell.tsx';

type Analyses = Output<'concordance.analyses'>;

const GROUPS = [
  { isBlinded: true, name: 'blinded' },
  { isBlinded: false, name: 'operation known' },
] as const;

/** Muscle groups and elbow holds: the same rules, on ordered answers and on seconds. */
export function AnalysesSection(props: {
  analyses: Analyses;
  filter: ConcordanceFilter;
  /** What the filters of the page do not do here; empty where none is to be said. */
  filterNote: string;
}) {
  const { analyses, filter } = props;
  const groups = useMemo(
    () =>
      GROUPS.map(({ isBlinded, name }) => {
        const isOwn = (row: { isBlinded: boolean; clinicianId: string; lockedAt: string }) =>
          row.isBlinded === isBlinded && isOfFilter(row, filter);
        const muscles = analyses.muscles.filter(isOwn);
        const elbow = analyses.elbow.filter(isOwn);
        return { name, muscles, elbow };
      }),
    [analyses, filter],
  );
  const { heldBack, changedAfterLock, withoutResult, endKnown } = analyses.leftOut;
  const isEmpty = groups.every(({ muscles, elbow }) => muscles.length + elbow.length === 0);
  return (
    <Section
      title="Muscle groups and elbow holds"
      lead={`Muscle groups: weaker, as expected (${AS_EXPECTED_PERCENT[0]} to ${AS_EXPECTED_PERCENT[1]} %) or stronger, by clinician and model; two steps apart weighs double. Elbow: the middle of the clinician’s range against the model’s middle, and both against how long it was held.`}
    >
      {props.filterNote && <p className={styles.words}>{props.filterNote}</p>}
      {isEmpty && <p className={styles.words}>{emptyText(analyses)}</p>}
      {groups.map(
        ({ name, muscles }) =>
          muscles.length > 0 && <MuscleTable key={`muscles/${name}`} name={name} rows={muscles} />,
      )}
      {groups.map(
        ({ name, elbow }) =>
          elbow.length > 0 && (
            <div key={`elbow/${name}`}>
              <ElbowFacts name={name} rows={elbow} />
              {isAnyFlagged(elbow) && (
                <ElbowFacts name={`${name}, ${WITHOUT_FLAGGED}`} rows={elbow.filter(isUnflagged)} />
              )}
            </div>
          ),
      )}
      {heldBack + changedAfterLock + withoutResult + endKnown > 0 && (
        <p className={styles.words}>
          In no figure: {heldBack} held back while a judgement of the patient is open, {changedAfterLock} with
          a value corrected or added between the lock and the model’s first answer, {withoutResult} without an
          answer of the model, {endKnown} whose end was known before the lock (ticked, or a time of that arm
          stood in the session).
        </p>
      )}
      {!isEmpty && (
        <p className={styles.small}>
          Models trained on simulated people, research use; not a medical device. Where the model cannot
          identify a group, it counts as “cannot tell”.
        </p>
      )}
    </Section>
  );
}

const WITHOUT_FLAGGED = 'without quick or repeated locks';
type Flagged = Pick<Analyses['muscles'][number], 'flags'>;
const isUnflagged = ({ flags }: Flagged) => flags.length === 0;
const isAnyFlagged = (rows: readonly Flagged[]) => !rows.every(isUnflagged);
/** Said where there is nothing to take out, so that a missing row is not read as one never looked for. */
const flaggedText = (rows: readonly Flagged[]) =>
  `${rows.filter((row) => !isUnflagged(row)).length} of ${rows.length} locks under 3 seconds or the sixth or later of a run all alike`;

const emptyText = ({ muscles, elbow }: Analyses) =>
  muscles.length + elbow.length === 0
    ? 'None was judged and answered yet.'
    : 'None of those that are filtered.';

function MuscleTable({ name, rows }: { name: string; rows: Analyses['muscles'] }) {
  const found = useMemo(() => {
    const [all, ...groups] = muscleAgreement(rows);
    const [without] = isAnyFlagged(rows) ? muscleAgreement(rows.filter(isUnflagged)) : [];
    const unflagged = without
      ? [{ ...without, id: 'unflagged', name: `all groups, ${WITHOUT_FLAGGED}` }]
      : [];
    return all ? [all, ...unflagged, ...groups] : [];
  }, [rows]);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>
          Muscle groups, {name}; AC2 and kappa with linear weights. {flaggedText(rows)}
        </caption>
        <thead>
          <tr>
            <th scope="col">group</th>
            <th scope="col">judgements</th>
            <th scope="col">same answer</th>
            <th scope="col">AC2</th>
            <th scope="col">weighted kappa</th>
          </tr>
        </thead>
        <tbody>
          {found.map(({ id, name: group, answers }) => (
            <tr key={id}>
              <th scope="row">{group}</th>
              <td>
                {answers.n}
                <small className={styles.range}>
                  of {answers.patientCount} {answers.patientCount === 1 ? 'patient' : 'patients'}
                </small>
              </td>
              <FigureCell figure={answers.same} form="share" />
              <FigureCell figure={answers.gwetAc1} form="coefficient" />
              <FigureCell figure={answers.kappa} form="coefficient" />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ElbowFacts({ name, rows }: { name: string; rows: Analyses['elbow'] }) {
  const found = useMemo(() => elbowAgreement(rows), [rows]);
  const few = tooFewText(found.compared);
  const seconds = (shown: ShownValue | null) =>
    shown === null
      ? few
      : `${countText(found.compared)}: ${text(shown.value)} s${shown.interval ? ` (${found.isWide ? 'wide, ' : ''}${text(shown.interval[0])} to ${text(shown.interval[1])} s)` : ''}`;
  return (
    <>
      <h3 className={styles.subtitle}>
        Time to failure, {name}: {found.n} {found.n === 1 ? 'hold' : 'holds'}
      </h3>
      <p className={styles.small}>
        {flaggedText(rows)}.
        {found.stoppedEarly > 0 &&
          ` Stopped early, so that the time is a lower bound: ${found.stoppedEarly}; of them held beyond the clinician’s range: ${found.outlastedOwn}, beyond the model’s interval: ${found.outlastedModel}. The others may be inside or not: they are in no share.`}
      </p>
      <FactList
        facts={[
          { name: 'Bias, clinician minus model', value: seconds(found.bias) },
          { name: 'Lower limit of agreement', value: seconds(found.lower) },
          { name: 'Upper limit of agreement', value: seconds(found.upper) },
          { name: 'Lin’s concordance', value: figureSentence(found.lin, 'coefficient') },
          ...(found.bias === null
            ? []
            : [
                {
                  name: 'Intervals of these four',
                  value:
                    found.method === 'exact'
                      ? 'exact, one hold a patient'
                      : 'one patient at a time left out: some gave several holds',
                },
              ]),
          { name: 'Held time inside the clinician’s range', value: figureSentence(found.insideOwn, 'share') },
          {
            name: 'Held time inside the model’s interval',
            value: figureSentence(found.insideModel, 'share').replace('by chance', 'promised'),
          },
          ...(found.outlastedModel === 0
            ? []
            : [
                {
                  name: 'The same, holds stopped early beyond it counted as missed',
                  value: figureSentence(found.insideModelWithMisses, 'share').replace(
                    'by chance',
                    'promised',
                  ),
                },
              ]),
        ]}
      />
    </>
  );
}

const text = (value: number) => value.toFixed(0).replace('-', '−').replace(/^−0$/, '0');
