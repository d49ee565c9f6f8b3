import type { ConcordanceReport } from '../../../core/agreement/concordance-report.ts';
import { figureSentence } from '../../../core/agreement/figure-words.ts';
import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import { WRIST_CLASSES } from '../../../core/contract/schemas/clinical.ts';
import { IntervalRows } from '../../charts/interval-rows.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './concordance.module.css';
import { chartRow, FigureCell, SHARE_TICKS, shareTick } from './figure-cell.tsx';

/** Which answers were given together: counts, so that they may be shown from the first judgement on. */
export function ConfusionSection({ report }: { report: ConcordanceReport }) {
  const { comparison } = report.answers;
  const { clinicianOnlyCannotTell, modelOnlyCannotTell, bothCannotTell } = comparison;
  const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  return (
    <Section
      title="Answers beside each other"
      lead="Each cell counts judgements. On the diagonal both named the same class; neither axis is the truth."
    >
      <div className={styles.scroll}>
        <table className={styles.counts}>
          <caption>
            Rows: clinician, locked before the reveal. Columns: the model’s most probable class.
          </caption>
          <thead>
            <tr>
              <th scope="col">clinician</th>
              {WRIST_CLASSES.map((name) => (
                <th key={name} scope="col">
                  model: {ANSWER_NAMES[name]}
                </th>
              ))}
              <th scope="col">in all</th>
            </tr>
          </thead>
          <tbody>
            {WRIST_CLASSES.map((name, row) => (
              <tr key={name}>
                <th scope="row">{ANSWER_NAMES[name]}</th>
                {comparison.counts[row]?.map((count, column) => (
                  <td key={WRIST_CLASSES[column]} data-same={row === column || undefined}>
                    {count}
                    {row === column && <small className={styles.same}> same</small>}
                  </td>
                ))}
                <td>{sumOf(comparison.counts[row] ?? [])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.words}>
        Not in the table: the clinician could not tell in {clinicianOnlyCannotTell}, the model in{' '}
        {modelOnlyCannotTell}, both in {bothCannotTell}.
      </p>
      <p className={styles.words}>
        The clinician’s class was among those that the model could not rule out:{' '}
        {figureSentence(report.inSet, 'share')}.
      </p>
    </Section>
  );
}

export function SwitchSection({ report }: { report: ConcordanceReport }) {
  const { switches } = report;
  const rows = [
    { id: 'switched', name: 'changed at all', figure: switches.switched },
    { id: 'towards', name: 'to the model’s answer, where it differed', figure: switches.towardsModel },
    { id: 'third', name: 'to a third answer, where it differed', figure: switches.toThirdAnswer },
    { id: 'away', name: 'given up although the model agreed', figure: switches.awayFromModel },
  ];
  return (
    <Section
      title="Changed after the reveal"
      lead="Answers after the second look against the locked ones. A change shows that the model was heard, not that it helped: nobody knows here who was right."
    >
      <div className={styles.scroll}>
        <table className={styles.table}>
          <caption>
            {switches.n} judgements with an answer after the result was seen
            {switches.undecided > 0 && `; ${switches.undecided} not decided at the second look, in no share`}
          </caption>
          <thead>
            <tr>
              <th scope="col">answer</th>
              <th scope="col">share</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, figure }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <FigureCell figure={figure} form="share" />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

export function ConfidenceSection({ report }: { report: ConcordanceReport }) {
  const said = (value: number | null) => (value === null ? '–' : `${Math.round(100 * value)} %`);
  return (
    <Section
      title="Confidence against agreement"
      lead="How often the model said the same, by how sure the clinician was. Rising agreement means that sure answers are the ones both see alike; it is no calibration, since agreement is not truth."
    >
      <div className={styles.beside}>
        <IntervalRows
          rows={report.confidence.map((band) => chartRow(band.name, `sure ${band.name}`, band.same))}
          from={0}
          to={1}
          ticks={SHARE_TICKS}
          tickText={shareTick}
          label="Same answer by confidence; the numbers stand in the table beside it."
        />
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">how sure</th>
                <th scope="col">said on average</th>
                <th scope="col">same answer</th>
              </tr>
            </thead>
            <tbody>
              {report.confidence.map((band) => (
                <tr key={band.name}>
                  <th scope="row">{band.name}</th>
                  <td>{said(band.said)}</td>
                  <FigureCell figure={band.same} form="share" />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Section>
  );
}
