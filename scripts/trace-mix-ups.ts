/**
 * npm run trace-mix-ups [-- --people N]: how often wrist-state notices that the directions of a force trace were named wrongly.
 * Simulated test people, whom no network saw, with all that pattern C needs; with n and Wilson intervals of 95 %.
 */
import { parseArgs } from 'node:util';
import type { ModelInput, WristStatePrediction } from '../core/contract/schemas/judgement.ts';
import { wilsonInterval } from '../core/uncertainty/wilson-interval.ts';
import { wristStateParts } from '../training/dataset/wrist-state-parts.ts';
import { modelInputOf } from '../training/evaluate/wrist-state-inputs.ts';
import { openLocalInference } from './headless/local-inference.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { people: { type: 'string', default: '240' } },
});
const people = Number(values.people);
if (!Number.isInteger(people) || people < 1) throw new RangeError('--people is a whole number from 1');

type Forces = NonNullable<ModelInput['pinchTraceN']>[number];
const MIX_UPS: Readonly<Record<string, (forces: Forces) => Forces>> = {
  'as recorded': (forces) => forces,
  'longitudinal and transverse mixed up': ([p, l, t]) => [p, t, l],
  'palmar and longitudinal mixed up': ([p, l, t]) => [l, p, t],
  'palmar alone, the others zero': ([p]) => [p, 0, 0],
  'transverse with the wrong sign': ([p, l, t]) => [p, l, -t],
  'longitudinal with the wrong sign': ([p, l, t]) => [p, -l, t],
  'both with the wrong sign': ([p, l, t]) => [p, -l, -t],
};

const { predict } = await openLocalInference('float64');
const inputs = wristStateParts('test', people)
  .map((person) => modelInputOf(person, 'C'))
  .filter(({ pinchTraceN }) => pinchTraceN != null);
const topOf = ({ probabilities }: WristStatePrediction): number | null =>
  probabilities === null ? null : probabilities.indexOf(Math.max(...probabilities));
const answered = inputs.map((input) => topOf(predict(input)));

const share = (count: number): string => {
  const [low, high] = wilsonInterval(count, inputs.length);
  const percent = (value: number) => (100 * value).toFixed(1);
  return `${percent(count / inputs.length)} % (${percent(low)} to ${percent(high)})`;
};
console.log(`${inputs.length} simulated test people, pattern C`);
for (const [name, change] of Object.entries(MIX_UPS)) {
  const changed = inputs.map((input) =>
    predict({ ...input, pinchTraceN: input.pinchTraceN?.map(change) ?? null }),
  );
  const refused = changed.filter(({ refusals }) => refusals.includes('out-of-range')).length;
  const other = changed.filter((prediction, i) => {
    const top = topOf(prediction);
    return top !== null && answered[i] !== null && top !== answered[i];
  }).length;
  console.log(`${name.padEnd(40)} out of range ${share(refused)}, another class ${share(other)}`);
}
