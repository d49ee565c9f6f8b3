import { IconBan } from '@tabler/icons-react';
import {
  ANSWER_NAMES,
  DOUBT_WORDS,
  FEATURE_NAMES,
  SHORT_CLASS_NAMES,
} from '../../../core/clinical/answer-names.ts';
import { percentText } from '../../../core/clinical/percent-text.ts';
import { WRIST_CLASSES } from '../../../core/contract/schemas/clinical.ts';
import type { Explanation, WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import { strongestFirst } from '../../../core/explain/strongest-units.ts';
import { failureWords } from '../../app/model-failure.ts';
import { ProbabilityBars } from '../../charts/probability-bars.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import styles from './try-to-fool.module.css';
import type { LiveAnswer } from './use-live-answer.ts';

const REFUSAL_NAMES: Readonly<Record<WristStatePrediction['refusals'][number], string>> = {
  'out-of-range': 'unlike the simulated people the model was trained on',
  'too-few-trials': 'too few trials: the model needs two',
  'mixed-units': 'the pinch trials do not fit together',
  'missing-required-input': 'key pinch of this hand is missing',
  'full-set': 'no class can be ruled out',
  'empty-set': 'no class fits well enough',
};

const CHECK_NAMES: Readonly<Record<Explanation['gate'][number]['name'], string>> = {
  'completeness-gap': 'the shares do not add up',
  'sign-agreement': 'the networks do not agree on the direction of the strongest measurement',
  'deletion-gain': 'the order of the measurements says no more than any other order',
  'noise-stability': 'measured again with usual scatter, answer or strongest measurement changes',
};

const PATTERN_WORDS = {
  A: 'key pinch',
  B: 'key pinch and wrist strength',
  C: 'key pinch, wrist strength, other postures and the trace where there is one',
} as const;

/** One answer of the model in short: class or refusal with its reasons, the set, and what its explanation is worth. */
export function AnswerCard({ title, answer }: { title: string; answer: LiveAnswer & { retry: () => void } }) {
  const { prediction, failure } = answer;
  return (
    <section className={styles.card} aria-label={title} aria-busy={answer.isWorking}>
      <h2>{title}</h2>
      {failure !== null && <FailureNotice {...failureWords(failure)} onRetry={answer.retry} />}
      {failure === null && prediction === null && <LoadingLines label="Asking the model" lines={3} />}
      {prediction !== null && (
        <>
          <Headline prediction={prediction} />
          {prediction.probabilities !== null && <Doubt prediction={prediction} />}
          <p className={styles.quiet}>
            {prediction.probabilities === null ? 'Asked with' : 'Answered from'}{' '}
            {PATTERN_WORDS[prediction.inputPattern]}.
          </p>
          {prediction.probabilities !== null && <Reasons answer={answer} />}
        </>
      )}
    </section>
  );
}

function Headline({ prediction }: { prediction: WristStatePrediction }) {
  const { probabilities, refusals } = prediction;
  const reasons = refusals.map((reason) => REFUSAL_NAMES[reason]).join('; ');
  if (probabilities === null) {
    return (
      <p className={styles.headline} data-refused>
        <IconBan size="1.5rem" aria-hidden="true" />
        <span>
          <strong>Cannot tell</strong>: {reasons}.
        </span>
      </p>
    );
  }
  const top = probabilities.indexOf(Math.max(...probabilities));
  return (
    <p className={styles.headline}>
      <span>
        <strong>{ANSWER_NAMES[WRIST_CLASSES[top] ?? 'nonimpaired']}</strong>,{' '}
        {percentText(probabilities[top] ?? 0)}
        {reasons !== '' && <span className={styles.quiet}> · {reasons}</span>}
      </span>
    </p>
  );
}

function Doubt({ prediction }: { prediction: WristStatePrediction }) {
  const { predictionSet, probabilities, widthReasons, inRangeP } = prediction;
  return (
    <>
      <ProbabilityBars
        label="Probabilities"
        rows={WRIST_CLASSES.map((id, index) => ({
          id,
          name: SHORT_CLASS_NAMES[id],
          probability: probabilities?.[index] ?? 0,
          text: percentText(probabilities?.[index] ?? 0),
          isInSet: predictionSet.includes(id),
        }))}
      />
      {inRangeP !== null && <p>{rangeText(inRangeP)}</p>}
      {widthReasons.length > 0 && (
        <p className={styles.quiet}>Doubt: {widthReasons.map((reason) => DOUBT_WORDS[reason]).join('; ')}.</p>
      )}
    </>
  );
}

/** How usual these measurements are, as a count of people. */
const rangeText = (inRangeP: number): string => {
  const of100 = Math.round(100 * inRangeP);
  return of100 >= 50
    ? 'Within the range of the training people.'
    : `Within the range of the training people: ${of100 < 1 ? 'fewer than 1' : of100} of 100 of them are at least as unusual.`;
};

function Reasons({ answer }: { answer: LiveAnswer }) {
  const { explanation } = answer;
  if (explanation === null) {
    return (
      <p role="status" className={styles.quiet}>
        {answer.isWorking ? 'Working out what drove the answer…' : 'No explanation.'}
      </p>
    );
  }
  if (!explanation.isShown) {
    const failed = explanation.gate.filter(({ ok }) => !ok).map(({ name }) => CHECK_NAMES[name]);
    return (
      <p>
        <strong>No reliable explanation</strong>: {failed.join('; ')}.
      </p>
    );
  }
  const strongest = strongestFirst(Float64Array.from(explanation.contributions, ({ value }) => value)).slice(
    0,
    3,
  );
  const names = strongest.flatMap((index) => {
    const found = explanation.contributions[index];
    return found ? [`${FEATURE_NAMES[found.feature]} (${found.value < 0 ? 'against' : 'for'})`] : [];
  });
  return (
    <p>
      <strong>Strongest measurements</strong>: {names.join(', ')}. The explanation passed its checks.
    </p>
  );
}
