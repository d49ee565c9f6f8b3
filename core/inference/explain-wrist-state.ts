import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import type { WristClass } from '../contract/schemas/clinical.ts';
import type {
  Explanation,
  ModelInput,
  RepeatedMeasurements,
  WristStatePrediction,
} from '../contract/schemas/judgement.ts';
import { deletionGain } from '../explain/deletion-gain.ts';
import { completenessGap, gateVerdict, signAgreement } from '../explain/gate.ts';
import { strongestFirst, strongestUnit } from '../explain/strongest-units.ts';
import { averageLogits } from '../networks/ensemble-forward.ts';
import { forwardNetwork } from '../networks/forward-network.ts';
import type { WristStateBundle } from './bundle.ts';
import { patternOf } from './calibration-file.ts';
import { explainedWristState } from './explained-wrist-state.ts';
import { explanationSentence } from './explanation-sentence.ts';
import {
  type MarginQuestion,
  marginOcclusion,
  marginQuestion,
  marginShapley,
  type PlayerName,
} from './margin-shapley.ts';
import { measuredAgain } from './measured-again.ts';
import { networkInput, patternKeyOf } from './network-input.ts';
import { traceBandShares } from './trace-bands.ts';
import { measurementOf } from './wrist-state.ts';

const NOISE_DRAWS = 20;
/** Up to this many players noise stability repeats the exact values; above, occlusion, to stay within a second. */
const EXACT_NOISE_PLAYERS = 7;

/**
 * Repeats the measurement: how often the call stays the same, and how often the strongest measurement then keeps its sign
 * and its place. First values and repeated ones come from the same method, so that only noise can move them: exact Shapley
 * values for few players, occlusion for many (decision 22).
 */
function repeatMeasurements(
  bundle: WristStateBundle,
  input: ModelInput,
  question: MarginQuestion,
  shapley: Float64Array,
): RepeatedMeasurements {
  const { players, predicted, against } = question;
  const isExact = players.length <= EXACT_NOISE_PLAYERS;
  const first = isExact ? shapley : marginOcclusion(question);
  const top = strongestUnit(first);
  const answers = WRIST_CLASSES.map(() => 0);
  let sameDriver = 0;
  for (let draw = 0; draw < NOISE_DRAWS; draw += 1) {
    const measured = measurementOf(bundle, measuredAgain(input, draw));
    const row = networkInput(bundle.layout, measured);
    const logits = averageLogits(bundle.members.map((member) => forwardNetwork(member, row).output));
    const answer = logits.indexOf(Math.max(...logits));
    answers[answer] = (answers[answer] ?? 0) + 1;
    // "Why A rather than B" means little where the next measurement would answer B.
    if (answer !== predicted) continue;
    const repeated = marginQuestion(bundle, measured, predicted, against);
    const again = isExact ? marginShapley(repeated).ensemble.values : marginOcclusion(repeated);
    // With two measurements "among the two strongest" is always true: then the strongest must stay the strongest.
    const kept = players.length > 2 ? 2 : 1;
    const isAmongTop = strongestFirst(again).slice(0, kept).includes(top);
    if (isAmongTop && Math.sign(again[top] ?? 0) === Math.sign(first[top] ?? 0)) sameDriver += 1;
  }
  const frequencyOf = (index: number) => answers[index] ?? 0;
  return {
    draws: NOISE_DRAWS,
    sameAnswer: frequencyOf(predicted),
    sameDriver,
    otherAnswers: [0, 1, 2]
      .filter((index) => index !== predicted && frequencyOf(index) > 0)
      .sort((a, b) => frequencyOf(b) - frequencyOf(a))
      .map((index) => WRIST_CLASSES[index] as WristClass),
  };
}

/**
 * Which measurements move the answer from the runner-up to the predicted class, compared with an average nonimpaired
 * person of the same sex, age and size. Exact Shapley values of the margin of the averaged member logits; only what
 * was measured is a player.
 *
 * @param prediction - of the same bundle and input, with probabilities.
 * @returns contributions in logits, strongest first, with the range over the members; `isShown` is false when a check
 *   of the gate fails: then there is no reliable explanation.
 * @throws RangeError when the prediction has no probabilities or names another bundle.
 */
export function explainWristState(
  bundle: WristStateBundle,
  input: ModelInput,
  prediction: WristStatePrediction,
  nowMs: () => number,
): Explanation {
  const startedMs = nowMs();
  const { probabilities } = prediction;
  if (!probabilities) throw new RangeError('a refused prediction has nothing to explain');
  if (prediction.bundleHash !== bundle.bundleHash)
    throw new RangeError('the prediction is of another bundle');
  const order = [0, 1, 2].sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
  const question = marginQuestion(bundle, measurementOf(bundle, input), order[0] ?? 0, order[1] ?? 1);
  const { ensemble, memberValues } = marginShapley(question);
  const { values, coalitions, residual } = ensemble;
  const referenceOutput = coalitions[0] ?? 0;
  const output = coalitions[coalitions.length - 1] ?? 0;
  const repeated = repeatMeasurements(bundle, input, question, values);
  const { isReliable, checks } = gateVerdict({
    completenessGap: completenessGap({ residual, output, referenceOutput }),
    signAgreement: signAgreement(values, memberValues),
    deletionGain: deletionGain(values, coalitions),
    unitCount: values.length,
    noiseStability: repeated.sameDriver / repeated.draws,
  });
  const shares = strongestFirst(values).map((player) => {
    const range = memberValues.map((each) => each[player] ?? 0);
    return {
      name: question.players[player] as PlayerName,
      value: values[player] ?? 0,
      memberLow: Math.min(...range),
      memberHigh: Math.max(...range),
    };
  });
  const contributions = shares.flatMap(({ name, ...share }) =>
    name === 'trace' ? [] : [{ feature: name, ...share }],
  );
  const ofTrace = shares.find(({ name }) => name === 'trace');
  const measured = measurementOf(bundle, input);
  const traceBands =
    measured.trace === null
      ? null
      : traceBandShares(
          explainedWristState(bundle, input, question.predicted, question.against),
          patternOf(bundle.calibration, patternKeyOf(measured)).temperature,
          question.predicted,
        );
  const predictedClass = WRIST_CLASSES[question.predicted] as WristClass;
  const againstClass = WRIST_CLASSES[question.against] as WristClass;
  return {
    method: 'exact-shapley',
    predictedClass,
    againstClass,
    referenceName: 'nonimpaired people of the same sex, age and size (simulated)',
    referenceOutput,
    output,
    residual,
    contributions,
    ...(ofTrace && {
      traceContribution: {
        value: ofTrace.value,
        memberLow: ofTrace.memberLow,
        memberHigh: ofTrace.memberHigh,
      },
    }),
    ...(traceBands && { traceBands }),
    gate: checks,
    repeated,
    isShown: isReliable,
    sentence: explanationSentence({
      input,
      prediction,
      contributions: shares,
      predictedClass,
      againstClass,
      isShown: isReliable,
    }),
    durationMs: nowMs() - startedMs,
  };
}
