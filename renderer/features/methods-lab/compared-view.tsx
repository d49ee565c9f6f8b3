import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import type { ForceUnit } from '../../../core/units/quantities.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import type { ComparedMethods } from '../../workers/inference-protocol.ts';
import { AgreementTable } from './agreement-table.tsx';
import { CallChanges } from './call-changes.tsx';
import { labText } from './lab-text.ts';
import { askedSentence, SCATTER_WORDS } from './lab-words.ts';
import styles from './methods-lab.module.css';
import { SizesTable } from './sizes-table.tsx';
import { AGAIN_HEAD, CHANCE_HEAD, MEMBERS_HEAD, ValuesTable } from './values-table.tsx';

/** The finished comparison: values, agreement, what would change the call. */
export function ComparedView(props: {
  compared: ComparedMethods;
  prediction: WristStatePrediction;
  pinchUnit: ForceUnit;
  /** Why the result screen withholds its explanation; null where it does not. */
  withheld: string | null;
}) {
  const { compared, prediction } = props;
  const { lab } = compared;
  return (
    <>
      <p className={styles.asked}>{askedSentence(lab)}</p>
      {lab.units.length === 1 && (
        <Notice tone="info" title="The model read one measurement only.">
          With one there is no order of drivers: methods can differ in size, not in what comes first.
        </Notice>
      )}
      <ValuesTable compared={compared} />
      <SizesTable lab={lab} />
      <ReadingHelp repeats={lab.repeatedMeasurements} />
      {lab.refusals.length > 0 && (
        <div>
          <h2>Methods that cannot explain this network</h2>
          <ul className={styles.list}>
            {lab.refusals.map(({ method, title, why }) => (
              <li key={method}>
                {title}: {why}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className={styles.actions}>
        <CopyButton
          label="Copy as text"
          done="Copied: paste it into a table."
          onCopy={() => navigator.clipboard.writeText(labText(compared, prediction, props.withheld))}
        />
      </div>
      <Section
        title="Agreement of the methods"
        lead="Rank correlation is 1.00 for the same order and 0 for unrelated ones; below it stand how many values point in the same direction, and how many would by chance. Where one of the two gives sizes only, sizes are compared. Methods that ask the same networks tend to agree, right or wrong."
      >
        <AgreementTable lab={lab} />
      </Section>
      <Section title="What would change the call">
        <div className={styles.lab}>
          <CallChanges {...props} />
        </div>
      </Section>
      <p className={styles.origin}>
        {prediction.modelId} {prediction.modelVersion} · <code>{prediction.bundleHash.slice(0, 8)}</code> ·
        trained on simulated people, research use; not a medical device. Computed now, not stored.
      </p>
    </>
  );
}

function ReadingHelp({ repeats }: { repeats: number }) {
  return (
    <details className={styles.reading}>
      <summary>How to read the columns</summary>
      <dl>
        <div>
          <dt>not accounted for</dt>
          <dd>
            Part of the difference between answer and reference that the values do not account for. Some
            methods are not meant to add up.
          </dd>
        </div>
        <div>
          <dt>{CHANCE_HEAD}</dt>
          <dd>
            Measurements are put to the reference one by one, what speaks most for the answer first and what
            speaks most against it last. Counted is how many orders take the answer down as fast: of all
            orders, or of random ones, the order itself among them. With more than 1 in 20 it is not better
            than chance; with few measurements there are too few orders to tell.
          </dd>
        </div>
        <div>
          <dt>{MEMBERS_HEAD}</dt>
          <dd>How many of the model's networks give the strongest value the same sign.</dd>
        </div>
        <div>
          <dt>{AGAIN_HEAD}</dt>
          <dd>
            Largest shift of all values together over {repeats} simulated repeats of the measurement with the
            scatter of a repeated trial ({SCATTER_WORDS}), as a share of their size.
          </dd>
        </div>
      </dl>
      <p>The columns say how far a method can be trusted to tell what this model did.</p>
    </details>
  );
}
