import { muscleOutputName, muscleParameterOf } from '../../../core/clinical/muscle-parameter-names.ts';
import type { MusclePrediction } from '../../../core/contract/schemas/analysis.ts';
import styles from '../../app/analysis/analysis.module.css';
import { intervalOf, type MuscleOutput, outputText } from './muscle-words.ts';

/** Parameters of the muscle model one by one, and the honest list of those that cannot be told. */
export function HillParameters({ prediction }: { prediction: MusclePrediction }) {
  const outputs = prediction.outputs.filter(({ name }) => !name.startsWith('percent-expected-'));
  const of = (verdict: MuscleOutput['verdict']) => outputs.filter((output) => output.verdict === verdict);
  const told = of('identifiable');
  return (
    <div className={styles.rows}>
      {told.length > 0 ? (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <caption className={styles.quietSmall}>
              Identifiable parameters of the Hill model; intervals made this way hold the true value for{' '}
              {Math.round(prediction.coverage * 10)} of 10 simulated people
            </caption>
            <thead>
              <tr>
                <th scope="col">parameter</th>
                <th scope="col">estimate</th>
                <th scope="col">interval</th>
              </tr>
            </thead>
            <tbody>
              {told.map((output) => (
                <tr key={output.name}>
                  <th scope="row">{muscleOutputName(output.name)}</th>
                  <td className={styles.number}>{outputText(output.middle!, output.unit)}</td>
                  <td className={styles.number}>{intervalOf(output)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p className={styles.lead}>No single parameter can be told from these measurements.</p>
      )}
      <UntoldList
        title="Move with general strength only"
        why="They follow how strong the whole hand is; a number for one of them would be made up."
        outputs={of('general-strength-only')}
      />
      <UntoldList
        title="Not identifiable"
        why="Nothing can be said of them beyond what a person’s sex, age and size say."
        outputs={of('not-identifiable')}
      />
    </div>
  );
}

function UntoldList(props: { title: string; why: string; outputs: readonly MuscleOutput[] }) {
  if (props.outputs.length === 0) return null;
  return (
    <section className={styles.untold}>
      <h3>
        {props.title} ({props.outputs.length})
      </h3>
      {kindsOf(props.outputs).map(([kind, muscles]) => (
        <p key={kind}>
          <b>{kind}</b>: {muscles.join('; ')}
        </p>
      ))}
      <p className={styles.quiet}>{props.why}</p>
    </section>
  );
}

/** Muscles of each kind of parameter, in the order of the outputs. */
function kindsOf(outputs: readonly MuscleOutput[]): [kind: string, muscles: string[]][] {
  const kinds = new Map<string, string[]>();
  for (const { name } of outputs) {
    const { kind, muscle } = muscleParameterOf(name) ?? { kind: 'other', muscle: name };
    kinds.set(kind, [...(kinds.get(kind) ?? []), muscle]);
  }
  return [...kinds];
}
