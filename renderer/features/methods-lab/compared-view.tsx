import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import type { ForceUnit } from '../../../core/units/quantities.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import type { ComparedMethods } from '../../workers/inference-protocol.ts';
import { AgreementTable } from './agreement-table.tsx';
import { CallChanges } from './call-changes.tsx';
import { labText } from './lab-text.ts';
import { askedSentence } from './lab-words.ts';
import styles from './methods-lab.module.css';
import { ValuesTable } from './values-table.tsx';

/** The finished comparison: values, agreement, what would change the call. */
export function ComparedView(props: {
  compared: ComparedMethods;
  prediction: WristStatePrediction;
  pinchUnit: ForceUnit;
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
          onCopy={() => navigator.clipboard.writeText(labText(compared, prediction))}
        />
      </div>
      <Section
        title="Agreement of the methods"
        lead="1.00: two methods put the measurements into the same order. Sizes are compared where one of the two gives sizes only."
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
          <dt>left over</dt>
          <dd>
            Part of the difference between answer and reference that the values do not account for. Some
            methods are not meant to add up.
          </dd>
        </div>
        <div>
          <dt>order better than chance</dt>
          <dd>
            Measurements are put to the reference one by one, the strongest first; the gain is how much lower
            the answer stays on the way than for the mean of all orders. “Yes”: of all orders, or of random
            ones, at most 1 in 20 takes the answer down as fast; the order itself is counted. With few
            measurements there are too few orders for a “yes”.
          </dd>
        </div>
        <div>
          <dt>networks with its strongest sign</dt>
          <dd>Share of the model's networks that give the strongest value the same sign.</dd>
        </div>
        <div>
          <dt>changes when measured again</dt>
          <dd>
            Largest change of all values together over {repeats} repeated measurements with the devices'
            noise, as a share of their size.
          </dd>
        </div>
      </dl>
      <p>
        None of these shows that the answer is right: they say how far a method can be trusted to tell what
        this model did.
      </p>
    </details>
  );
}
