import type { ConcordanceReport, NamedAgreement } from '../../../core/agreement/concordance-report.ts';
import { IntervalRows } from '../../charts/interval-rows.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './concordance.module.css';
import { chartRow, FigureCell, SHARE_TICKS, shareTick } from './figure-cell.tsx';

/** Each clinician beside the model, and each pair of readers beside one another. */
export function PeopleSection({ report }: { report: ConcordanceReport }) {
  return (
    <>
      <Section
        title="Per clinician"
        lead="The same figures for each clinician. They see other patients: a difference between two is not a difference in skill."
      >
        <Named named={report.clinicians} column="clinician and model" />
      </Section>
      {report.readerPairs.length + report.knowingReaderPairs.length > 0 && (
        <Section
          title="Second readings"
          lead="Two clinicians on the same measurements, the second without the first one’s answer. Where they differ as much as clinician and model do, the question is hard, not the model strange."
        >
          {report.readerPairs.length > 0 && <Named named={report.readerPairs} column="pair of readers" />}
          {report.knowingReaderPairs.length > 0 && (
            <>
              <h3 className={styles.subtitle}>Not blinded</h3>
              <p className={styles.words}>
                In these the second reader had worked with the record of the patient before, and could know
                diagnosis and operation: never added to the blinded ones.
              </p>
              <Named named={report.knowingReaderPairs} column="pair of readers, not blinded" />
            </>
          )}
        </Section>
      )}
    </>
  );
}

function Named({ named, column }: { named: readonly NamedAgreement[]; column: string }) {
  return (
    <div className={styles.stacked}>
      <IntervalRows
        rows={named.map(({ id, name, answers }) => chartRow(id, name, answers.same))}
        from={0}
        to={1}
        ticks={SHARE_TICKS}
        tickText={shareTick}
        label="Same answer with its interval; the numbers stand in the table beside it."
      />
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{column}</th>
              <th scope="col">judgements</th>
              <th scope="col">same answer</th>
              <th scope="col">AC1</th>
              <th scope="col">kappa</th>
            </tr>
          </thead>
          <tbody>
            {named.map(({ id, name, answers }) => (
              <tr key={id}>
                <th scope="row" className={styles.person}>
                  {name}
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
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
