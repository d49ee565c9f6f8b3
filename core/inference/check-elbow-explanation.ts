/** Whether an explanation of a hold is the one that the bundle itself gives, without the repeats that take seconds. */
import type { AnalysisExplanation, ElbowInput, ExplainedNumber } from '../contract/schemas/analysis.ts';
import type { InputGroup } from '../explain/attribution.ts';
import { backgroundOf } from '../explain/coalition-background.ts';
import type { ResumableRun } from '../explain/coalition-run.ts';
import { type GroupShapley, groupShapleyRun, shapleyAttribution } from '../explain/group-shapley.ts';
import type { ElbowBundle } from './elbow-bundle.ts';
import { elbowNumbers, explainedNumber } from './explain-analysis.ts';
import { type ExplainedPrediction, explainedOutput, memberOutputs } from './explained-prediction.ts';
import { isSameAnswer } from './same-answer.ts';

/**
 * Computes names, output, every contribution with its range over the members, the sentence's residual and the gate anew, in
 * steps of one coalition of one member, so that whoever checks can answer others in between. Taken over from what is checked
 * is one number alone, the share of repeated measurements that kept the strongest muscle: 2,500 more passes for one check.
 * @returns whether all of it is the same (isSameAnswer).
 */
export function* elbowExplanationCheck(
  bundle: Pick<ElbowBundle, 'members'>,
  input: ElbowInput,
  given: AnalysisExplanation,
): ResumableRun<boolean> {
  const numbers = elbowNumbers(bundle, input);
  if (given.numbers.length !== numbers.length) return false;
  for (const [place, { explained, groups }] of numbers.entries()) {
    if (!(yield* isOwnNumber(explained, groups, given.numbers[place]!))) return false;
  }
  return true;
}

function* isOwnNumber(
  explained: ExplainedPrediction,
  groups: readonly InputGroup[],
  given: ExplainedNumber,
): ResumableRun<boolean> {
  const noiseStability = given.gate.find(({ name }) => name === 'noise-stability')?.value ?? -1;
  if (!(noiseStability >= 0 && noiseStability <= 1)) return false;
  const { row, reference } = explained;
  const each: GroupShapley[] = [];
  for (const member of memberOutputs(explained)) {
    each.push(yield* groupShapleyRun(member, row, reference, groups));
  }
  // The ensemble is the mean of its members, so its coalitions are too.
  const coalitions = Float64Array.from(
    { length: each[0]?.coalitions.length ?? 0 },
    (_, mask) => each.reduce((sum, { coalitions: own }) => sum + own[mask]!, 0) / each.length,
  );
  const shapley = shapleyAttribution(explainedOutput(explained), row, backgroundOf(reference), coalitions);
  const members = each.map(({ attribution }) => attribution.values);
  return isSameAnswer(explainedNumber(explained, groups, { shapley, members, noiseStability }), given);
}
