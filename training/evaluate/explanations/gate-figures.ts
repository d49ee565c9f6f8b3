import type { MeasuredCheckName } from '../../../core/explain/gate.ts';
import { loadWristStateBundle } from '../../../core/inference/bundle.ts';
import { explainWristState } from '../../../core/inference/explain-wrist-state.ts';
import { predictWristState } from '../../../core/inference/wrist-state.ts';
import { float64EnsembleForward } from '../../../core/networks/ensemble-forward.ts';
import { wilsonInterval } from '../../../core/uncertainty/wilson-interval.ts';
import { wristStateParts } from '../../dataset/wrist-state-parts.ts';
import { type Figures, noFigures } from '../figures.ts';
import { bundleFiles, nodeSha256 } from '../read-bundle.ts';
import { modelInputOf } from '../wrist-state-inputs.ts';

const PEOPLE = 60;

/** What did not hold where a check failed. */
const FAILURES: Readonly<Record<MeasuredCheckName, string>> = {
  'completeness-gap': 'the shares do not add up',
  'sign-agreement': 'the networks disagree on the direction',
  'deletion-gain': 'the order of the measurements is no better than a random one',
  'noise-stability': 'measured again, answer or strongest measurement changes',
};

/**
 * How many explanations the gate lets through in each pattern, and which check stops the others. Completeness and deletion gain
 * of exact Shapley values fail by a defect only; agreement of members and noise are the ones that decide.
 */
export async function gateFigures(folder: string, count = PEOPLE): Promise<Figures> {
  const bundle = await loadWristStateBundle(bundleFiles(folder), nodeSha256);
  const forward = float64EnsembleForward(bundle.members);
  const people = wristStateParts('test', count);
  const figures = noFigures();
  for (const key of ['A', 'B', 'C'] as const) {
    const gates = people.flatMap((person) => {
      const input = modelInputOf(person, key);
      const prediction = predictWristState(bundle, input, forward, () => 0);
      return prediction.probabilities ? [explainWristState(bundle, input, prediction, () => 0)] : [];
    });
    if (gates.length === 0) continue;
    const shown = gates.filter(({ isShown }) => isShown).length;
    const failed = new Map<MeasuredCheckName, number>();
    for (const { gate } of gates) {
      for (const { name, ok } of gate) if (!ok) failed.set(name, (failed.get(name) ?? 0) + 1);
    }
    const [low, high] = wilsonInterval(shown, gates.length);
    figures.findings.push({
      name: `${key}: share of explanations that pass the gate and are shown`,
      value: shown / gates.length,
      low,
      high,
      literature: null,
      n: gates.length,
      sentence: `Where it does not pass, the screen says that there is no reliable explanation. Why not: ${
        [...failed].map(([name, times]) => `${FAILURES[name]} (${times})`).join('; ') || 'nobody failed'
      }. A repeated measurement counts as stable when answer and strongest measurement stay.`,
    });
  }
  return figures;
}
