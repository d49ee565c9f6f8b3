import type {
  ConcordanceReport,
  ConcordanceSelection,
  ConcordanceSummary,
} from '../../../core/agreement/concordance-report.ts';
import { IntervalRows } from '../../charts/interval-rows.tsx';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './concordance.module.css';
import { chartRow, FigureCell, SHARE_TICKS, shareTick } from './figure-cell.tsx';

const KNOWLEDGE_NAMES = { blinded: 'blinded', 'operation-known': 'operation known' } as const;

export const groupName = ({ knowledge, flags }: ConcordanceSelection): string =>
  flags === 'all'
    ? KNOWLEDGE_NAMES[knowledge]
    : `${KNOWLEDGE_NAMES[knowledge]}, without quick or repeated locks`;

const chartName = ({ knowledge, flags }: ConcordanceSelection): string =>
  flags === 'all' ? KNOWLEDGE_NAMES[knowledge] : `${KNOWLEDGE_NAMES[knowledge]}, unflagged`;

const keyOf = ({ knowledge, flags }: ConcordanceSelection) => `${knowledge}/${flags}`;

/** The four groups under each other, and the choice of the one that is looked at closer. */
export function SummarySection(props: {
  report: ConcordanceReport;
  onSelect: (selection: ConcordanceSelection) => void;
}) {
  const { report, onSelect } = props;
  const { selection } = report;
  return (
    <Section
      title="Same answer"
      lead="How often the clinician, before seeing it, named the class that the model finds most probable. AC1 and kappa take chance out of it in two ways and disagree when one class is frequent: read all three together. High agreement is no proof that either is right."
    >
      <div className={styles.scroll}>
        <table className={styles.table}>
          <caption>
            Blinded sessions first; sessions in which the operation was known stand apart and are never added
            to them
          </caption>
          <thead>
            <tr>
              <th scope="col">sessions</th>
              <th scope="col">judgements</th>
              <th scope="col">same answer</th>
              <th scope="col">Gwet’s AC1</th>
              <th scope="col">Cohen’s kappa</th>
              <th scope="col">changed after the reveal</th>
            </tr>
          </thead>
          <tbody>
            {report.summaries.map((summary) => (
              <SummaryRow
                key={keyOf(summary)}
                summary={summary}
                isSelected={keyOf(summary) === keyOf(selection)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <IntervalRows
        rows={report.summaries.map((summary) =>
          chartRow(keyOf(summary), chartName(summary), summary.answers.same),
        )}
        from={0}
        to={1}
        ticks={SHARE_TICKS}
        tickText={shareTick}
        label="Same answer in each group with its interval; dashed: what chance gives. The numbers stand in the table above."
      />
      <p className={styles.key} aria-hidden="true">
        Dot: share of the same answer; line: 95 % interval; dashed: by chance.
      </p>
      <div className={styles.choices} data-no-print>
        <ChoiceRow
          label="Look closer at"
          choices={[
            { value: 'blinded', label: 'blinded sessions' },
            { value: 'operation-known', label: 'operation known' },
          ]}
          value={selection.knowledge}
          onChange={(knowledge) => onSelect({ ...selection, knowledge })}
        />
        <ChoiceRow
          label="Locks under 3 seconds or of one repeated pattern"
          choices={[
            { value: 'all', label: 'with them' },
            { value: 'without-flagged', label: 'without them' },
          ]}
          value={selection.flags}
          onChange={(flags) => onSelect({ ...selection, flags })}
        />
      </div>
      <p className={styles.small}>
        A run of locks all alike is flagged from its sixth: a flag rests on the five before it and never
        changes afterwards, so the first five stay in both counts.
      </p>
    </Section>
  );
}

function SummaryRow({ summary, isSelected }: { summary: ConcordanceSummary; isSelected: boolean }) {
  const { answers, switches } = summary;
  return (
    <tr data-selected={isSelected || undefined}>
      <th scope="row">
        {groupName(summary)}
        {isSelected && <small className={styles.range}>looked at closer below</small>}
      </th>
      <td>
        {answers.n}
        <small className={styles.range}>
          of {answers.patientCount} {answers.patientCount === 1 ? 'patient' : 'patients'}
        </small>
      </td>
      <FigureCell figure={answers.same} form="share" />
      <FigureCell figure={answers.gwetAc1} form="coefficient" />
      <FigureCell figure={answers.kappa} form="coefficient" />
      <FigureCell figure={switches.switched} form="share" />
    </tr>
  );
}
