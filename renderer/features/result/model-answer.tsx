import { Button } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCheck, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ANSWER_NAMES, DOUBT_WORDS } from '../../../core/clinical/answer-names.ts';
import { networksText } from '../../../core/clinical/percent-text.ts';
import { type JudgedClass, WRIST_CLASSES } from '../../../core/contract/schemas/clinical.ts';
import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import type { ForceUnit } from '../../../core/units/quantities.ts';
import { ProbabilityBars } from '../../charts/probability-bars.tsx';
import { ResemblanceScale } from '../../charts/resemblance-scale.tsx';
import answer from './answer.module.css';
import { AnswerRow } from './answer-row.tsx';
import { ClassHeadline } from './class-headline.tsx';
import { furthestValues } from './furthest-values.ts';
import type { QualityCheck } from './quality-checks.ts';
import styles from './result.module.css';
import { percentText, REFUSAL_WORDS, setPromise } from './result-words.ts';

/** An earlier result of the same hand, for the line "12 weeks ago 1 %". */
export interface EarlierResult {
  probability: number;
  ago: string;
  /** Its inputs differed: the two are not measured alike. */
  hasOtherInputs: boolean;
}

/** The number with its doubt, the set, and why it is as wide as it is; or the refusal, which is a result too. */
export function ModelAnswer(props: {
  prediction: WristStatePrediction;
  /** Quality of the measurements and the range: read before the answer. */
  checks: readonly QualityCheck[];
  earlier: EarlierResult | null;
  /** The locked answer of the reader; null where it is not theirs to see. */
  own: JudgedClass | null;
  /** The unit the pinch was typed in. */
  pinchUnit: ForceUnit;
  canAdd: boolean;
  onAddWristStrength: () => void;
  /** To the trials as typed, where a slip is corrected. */
  onMeasurements: () => void;
  /** Stands under the doubt: the way to what drove the answer. */
  children?: ReactNode;
}) {
  const { prediction, earlier } = props;
  const { probabilities, refusals } = prediction;
  return (
    <>
      <Checks checks={props.checks} />
      {refusals.length > 0 && (
        <Refusals prediction={prediction} pinchUnit={props.pinchUnit} onMeasurements={props.onMeasurements} />
      )}
      {probabilities && (
        <AnswerRow label={refusals.length === 0 ? 'Answer' : 'Numbers'}>
          <ClassHeadline prediction={prediction} own={props.own} />
          <ProbabilityBars
            label="Probabilities of the three classes"
            rows={byProbability(probabilities).map(({ id, index }) => ({
              id,
              name: ANSWER_NAMES[id],
              probability: probabilities[index] ?? 0,
              text: percentText(probabilities[index] ?? 0),
              isInSet: prediction.predictionSet.includes(id),
            }))}
          />
        </AnswerRow>
      )}
      {probabilities && (
        <AnswerRow label="Doubt">
          <p className={answer.doubt}>{LEFT_WORDS[prediction.predictionSet.length]}</p>
          <WhyThisWide prediction={prediction} />
          {[1, 2].includes(prediction.predictionSet.length) && (
            <p className={styles.promise}>{setPromise(prediction)}.</p>
          )}
        </AnswerRow>
      )}
      {props.children}
      {probabilities && (
        <AnswerRow label="Nearness">
          <Resemblance prediction={prediction} probability={probabilities[0]} earlier={earlier} />
        </AnswerRow>
      )}
      {prediction.inputPattern === 'A' && props.canAdd && probabilities !== null && (
        <div className={answer.needs}>
          <p>
            <strong>Needs wrist strength (20 s).</strong> From key pinch alone the model often cannot tell the
            two operations apart.
          </p>
          <Button
            variant="default"
            leftSection={<IconPlus size="1.125rem" aria-hidden="true" />}
            onClick={props.onAddWristStrength}
          >
            Add wrist strength
          </Button>
        </div>
      )}
    </>
  );
}

/** Quality and range as one line of small marks: an icon and words each. */
function Checks({ checks }: { checks: readonly QualityCheck[] }) {
  return (
    <ul className={answer.checks} aria-label="Checked before the answer">
      {checks.map(({ name, text, isFine }) => (
        <li key={name} data-fine={isFine || undefined}>
          {isFine ? (
            <IconCheck size="1rem" aria-label="fine" />
          ) : (
            <IconAlertTriangle size="1rem" aria-label="to know" />
          )}
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

function Resemblance(props: {
  prediction: WristStatePrediction;
  probability: number;
  earlier: EarlierResult | null;
}) {
  const { prediction, probability, earlier } = props;
  const band = prediction.nonimpairedBand;
  const doubt = band ? networksText(band) : 'doubt not known';
  return (
    <div className={answer.resemblance}>
      <p className={answer.resemblesLine} data-refused={prediction.refusals.length > 0 || undefined}>
        <span className={answer.resemblesWords}>Resembles nonimpaired</span>
        <span className={answer.figure}>{percentText(probability)}</span>
        <span className={answer.networks}>
          {doubt}
          {earlier &&
            ` · ${earlier.ago} ${percentText(earlier.probability)}${earlier.hasOtherInputs ? ' (from other inputs)' : ''}`}
        </span>
      </p>
      <ResemblanceScale
        value={probability}
        band={band}
        earlier={earlier ? { value: earlier.probability, label: earlier.ago } : null}
        label={`Resembles nonimpaired ${percentText(probability)}, ${doubt}`}
      />
    </div>
  );
}

/** The classes in the order of the headline: the most probable first. */
const byProbability = (probabilities: readonly number[]) =>
  WRIST_CLASSES.map((id, index) => ({ id, index })).sort(
    (a, b) => (probabilities[b.index] ?? 0) - (probabilities[a.index] ?? 0),
  );

/** How much the model leaves open, in one line. */
const LEFT_WORDS = [
  'No class fits well enough.',
  'One class is left.',
  'Two classes are left: either may be right.',
  'All three classes are left: the model cannot tell.',
] as const;

function WhyThisWide({ prediction }: { prediction: WristStatePrediction }) {
  const { widthReasons, predictionSet, probabilities } = prediction;
  if (probabilities === null || widthReasons.length === 0) return null;
  const lead = predictionSet.length === 2 ? 'Why two' : predictionSet.length === 3 ? 'Why all three' : 'But';
  return (
    <p className={answer.why}>
      <strong>{lead}:</strong> {widthReasons.map((reason) => DOUBT_WORDS[reason]).join('; ')}.
    </p>
  );
}

function Refusals(props: {
  prediction: WristStatePrediction;
  pinchUnit: ForceUnit;
  onMeasurements: () => void;
}) {
  const { prediction } = props;
  const isOutOfRange = prediction.refusals.includes('out-of-range');
  const furthest = isOutOfRange ? furthestValues(prediction.features, props.pinchUnit) : [];
  return (
    <div className={styles.refusal} data-result="cannot-tell">
      <IconBan size="1.75rem" aria-hidden="true" />
      <div>
        <p className={styles.refusalTitle}>{isOutOfRange ? 'Out of range: cannot tell' : 'Cannot tell'}</p>
        {prediction.refusals.map((reason) => (
          <p key={reason}>
            {REFUSAL_WORDS[reason].what} <span className={styles.quiet}>{REFUSAL_WORDS[reason].todo}</span>
          </p>
        ))}
        {furthest.length > 0 && (
          <p>
            <strong>Furthest from what is expected:</strong> {furthest.join('; ')}.
          </p>
        )}
        {prediction.probabilities === null && (
          <Button variant="default" mt="sm" onClick={props.onMeasurements}>
            Look at the measured values
          </Button>
        )}
      </div>
    </div>
  );
}

/** Which model spoke, and what it is not. Stands wherever a result stands. */
export function ModelLine({ prediction }: { prediction: WristStatePrediction }) {
  return (
    <p className={answer.modelLine}>
      {prediction.modelId} {prediction.modelVersion} · <code>{prediction.bundleHash.slice(0, 8)}</code> ·
      trained on simulated people, research use; not a medical device
    </p>
  );
}
