import { Button } from '@mantine/core';
import { FEATURE_NAMES, SHORT_CLASS_NAMES } from '../../../core/clinical/answer-names.ts';
import { percentText } from '../../../core/clinical/percent-text.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { ReadingComparison } from '../../../core/contract/channels/readings.ts';
import { WRIST_CLASSES } from '../../../core/contract/schemas/clinical.ts';
import type { Driver, Explanation, FeatureId } from '../../../core/contract/schemas/judgement.ts';
import type { ReaderJudgement, ReadingMaterial } from '../../../core/contract/schemas/reading.ts';
import { answerText, blindingText, setText } from '../../app/reading-words.ts';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import styles from './readings.module.css';

/** Drivers of the model that stand beside the readers' three. */
const STRONGEST = 3;

/** Both readings and the model side by side, each as it was made; nobody is marked right or wrong. */
export function ComparedReadings(props: {
  material: ReadingMaterial;
  own: ReaderJudgement;
  comparison: ReadingComparison;
  onDone: () => void;
}) {
  const { material, own, comparison } = props;
  const { first, prediction } = comparison;
  const others = comparison.readings.filter(({ id }) => id !== own.id);
  return (
    <Page
      title="Two readings and the model"
      lead={`${material.person.identifier}, ${SIDE_NAMES[material.judgedSide]} hand. Each stands as it was made; nobody is marked right or wrong.`}
      actions={<Button onClick={props.onDone}>Back to the list</Button>}
    >
      {comparison.hasLaterTrials && (
        <Notice tone="info" title="A value was added or corrected after the first judgement.">
          The first reader judged without it; you and the model read the newer values.
        </Notice>
      )}
      <p className={styles.lead}>
        {own.answer === first.answer
          ? 'Both readers give the same answer.'
          : 'The readers give different answers.'}
      </p>
      <div className={styles.columns}>
        <section aria-label="Your reading">
          <h2 className={styles.columnTitle}>Your reading</h2>
          <p className={styles.answer}>{answerText(own)}</p>
          <p className={styles.quiet}>
            {own.userName}; {blindingText(own)}
          </p>
        </section>
        <section aria-label="First reading">
          <h2 className={styles.columnTitle}>First reading</h2>
          <p className={styles.answer}>{answerText(first)}</p>
          <p className={styles.quiet}>
            {first.userName}; {first.isBlinded ? 'blinded' : 'diagnosis and operation known'}
          </p>
        </section>
        {others.map((other) => (
          <section key={other.id} aria-label={`Reading of ${other.userName}`}>
            <h2 className={styles.columnTitle}>Another reading</h2>
            <p className={styles.answer}>{answerText(other)}</p>
            <p className={styles.quiet}>
              {other.userName}; {blindingText(other)}
            </p>
          </section>
        ))}
        <section aria-label="Model">
          <h2 className={styles.columnTitle}>Model</h2>
          {prediction?.probabilities ? (
            <>
              <p className={styles.answer}>
                {prediction.refusals.length > 0 ? 'cannot tell' : setText(prediction.predictionSet)}
              </p>
              <p>{probabilitiesText(prediction.probabilities)}</p>
            </>
          ) : (
            <p className={styles.answer}>{prediction === null ? 'no result' : 'cannot tell'}</p>
          )}
          {prediction !== null && (
            <p className={styles.quiet}>
              {prediction.modelId} {prediction.modelVersion}, trained on simulated people. Research use; not a
              medical device
            </p>
          )}
        </section>
      </div>
      <Reasons own={own.drivers} first={first.drivers} explanation={comparison.explanation} />
    </Page>
  );
}

function Reasons(props: {
  own: readonly Driver[];
  first: readonly Driver[];
  explanation: Explanation | null;
}) {
  const shown = props.explanation?.isShown ? props.explanation : null;
  const ofModel = [...(shown?.contributions ?? [])]
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, STRONGEST);
  const named = new Set<FeatureId>([
    ...props.own.map(({ feature }) => feature),
    ...props.first.map(({ feature }) => feature),
    ...ofModel.map(({ feature }) => feature),
  ]);
  const shared = props.own.filter((driver) =>
    props.first.some(({ feature }) => feature === driver.feature),
  ).length;
  if (named.size === 0) return <p className={styles.quiet}>Neither reader named a driver.</p>;
  return (
    <section aria-labelledby="reasons-title" className={styles.reasons}>
      <h2 id="reasons-title">Reasons beside each other</h2>
      <p>
        {sharedText(shared, Math.max(props.own.length, props.first.length))}
        {shown === null && ' The model has no reliable explanation here.'}
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">driver</th>
            <th scope="col">you</th>
            <th scope="col">first reader</th>
            {shown && <th scope="col">model, three strongest</th>}
          </tr>
        </thead>
        <tbody>
          {[...named].map((feature) => (
            <tr key={feature}>
              <th scope="row">{FEATURE_NAMES[feature]}</th>
              <td>{directionText(props.own, feature)}</td>
              <td>{directionText(props.first, feature)}</td>
              {shown && (
                <td>{modelText(ofModel.find((each) => each.feature === feature)?.value ?? null, shown)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.quiet}>
        For and against speak of each reader’s own answer; the model’s bars compare two classes.
      </p>
    </section>
  );
}

/** What the readers have in common; where neither named a driver there is nothing to count. */
function sharedText(shared: number, most: number): string {
  if (most === 0) return 'Neither reader named a driver.';
  return `${shared} of ${most} ${most === 1 ? 'driver is' : 'drivers are'} named by both readers.`;
}

/** Every class with its probability, in the order of the classes. */
const probabilitiesText = (probabilities: readonly number[]) =>
  WRIST_CLASSES.map(
    (name, index) => `${SHORT_CLASS_NAMES[name]} ${percentText(probabilities[index] ?? 0)}`,
  ).join(', ');

function directionText(drivers: readonly Driver[], feature: FeatureId): string {
  const place = drivers.findIndex((driver) => driver.feature === feature);
  if (place < 0) return '–';
  return `${place + 1}, ${drivers[place]?.direction === 'for' ? '+ for' : '− against'}`;
}

function modelText(value: number | null, { predictedClass, againstClass }: Explanation): string {
  if (value === null) return '–';
  return value >= 0 ? `for ${SHORT_CLASS_NAMES[predictedClass]}` : `for ${SHORT_CLASS_NAMES[againstClass]}`;
}
