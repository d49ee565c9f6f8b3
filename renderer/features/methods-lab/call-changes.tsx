import { ANSWER_NAMES, FEATURE_NAMES } from '../../../core/clinical/answer-names.ts';
import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import { type ForceUnit, fromNewtons } from '../../../core/units/quantities.ts';
import { type CallChange, callChange, scatterSentence } from '../../app/call-change.ts';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import type { ComparedMethods } from '../../workers/inference-protocol.ts';
import { SCATTER_WORDS, unitName } from './lab-words.ts';
import styles from './methods-lab.module.css';

/** What would change the call: one measurement alone, then one time band alone. */
export function CallChanges(props: {
  compared: ComparedMethods;
  prediction: WristStatePrediction;
  pinchUnit: ForceUnit;
}) {
  const { lab, changes } = props.compared;
  const { bandFlips } = lab;
  if (changes === null) return <p>The answer is no class, so there is no call that could change.</p>;
  const toUnit = (value: number, unit: string) =>
    unit === 'N'
      ? { value: fromNewtons(value, props.pinchUnit), unit: props.pinchUnit }
      : { value, unit: unit.replace('N.m', 'N·m') };
  const found = changes.changes.flatMap((change) => {
    const feature = props.prediction.features.find(({ id }) => id === change.feature);
    return feature ? [{ id: feature.id, words: callChange({ ...change, feature }, toUnit) }] : [];
  });
  const scatter = scatterSentence(found.map(({ words }) => words));
  return (
    <>
      {scatter !== null && <p className={styles.thread}>{scatter}</p>}
      <p>
        The call is now <strong>{ANSWER_NAMES[changes.call]}</strong>, the most probable class. One
        measurement alone is moved, within the range of the training people and where the model answers;
        ratios made of it move along, all else stays as measured.
      </p>
      <p>
        <strong>These are no treatment goals:</strong> they say what the model would have to see.
      </p>
      {found.length === 0 ? (
        <p>No single change within the range of the training people changes the call.</p>
      ) : (
        <ChangesTable changes={found.map(({ id, words }) => ({ ...words, key: `${id} ${words.change}` }))} />
      )}
      {found.length > 0 && changes.steady.length > 0 && (
        <p className={styles.quiet}>
          No change within that range: {changes.steady.map((id) => FEATURE_NAMES[id]).join(', ')}.
        </p>
      )}
      {bandFlips !== null && (
        <p>
          {bandFlips.flipping.length === 0
            ? 'No single time band, put to the reference, changes the call.'
            : `These time bands, each put to the reference alone, change the call: ${bandFlips.flipping.map(unitName).join('; ')} from the start of the pull.`}
        </p>
      )}
    </>
  );
}

function ChangesTable({ changes }: { changes: readonly (CallChange & { key: string })[] }) {
  return (
    <ScrollBox label="Changes of one measurement that change the call" beyond="the new call">
      <table className={styles.table} data-texts>
        <caption>Smallest change first; usual scatter of a repeated trial: {SCATTER_WORDS}</caption>
        <thead>
          <tr>
            <th scope="col">measurement</th>
            <th scope="col">now</th>
            <th scope="col">would have to be</th>
            <th scope="col">change</th>
            <th scope="col">within usual scatter?</th>
            <th scope="col">the call would be</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((each) => (
            <tr key={each.key}>
              <th scope="row">{each.measurement}</th>
              <td className={styles.figure}>{each.now}</td>
              <td>{each.needed}</td>
              <td className={styles.figure}>{each.change}</td>
              <td>{each.isWithinScatter ? <strong>yes</strong> : 'no'}</td>
              <td>{each.newClass}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
