import type { ModelInput } from '../../core/contract/schemas/judgement.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import type { PatternKey } from '../../core/inference/calibration-file.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';
import type { WristStatePerson } from '../dataset/wrist-state.ts';
import type { Check, Finding } from './evaluation-file.ts';
import { isRefused, modelInputOf, oneWrong, predictor, scaled, share } from './wrist-state-inputs.ts';

/** Wrong units that must be refused. */
export function misuseChecks(bundle: WristStateBundle, people: readonly WristStatePerson[]): Check[] {
  const predict = predictor(bundle);
  const g = NEWTON_PER_UNIT.kg;
  const lbPerKg = NEWTON_PER_UNIT.lb / NEWTON_PER_UNIT.kg;
  const cases: [string, (input: ModelInput, i: number) => ModelInput][] = [
    ['newtons typed as kg', (input) => scaled(input, g)],
    ['kg typed as newtons', (input) => scaled(input, 1 / g)],
    ['one trial in newtons among kg', (input, i) => oneWrong(input, g, i)],
    ['one trial in lb among kg', (input, i) => oneWrong(input, 1 / lbPerKg, i)],
  ];
  return cases.flatMap(([name, misuse]) =>
    (['A', 'B'] as const).map((key) => {
      const refused = people.filter((person, i) =>
        isRefused(predict(misuse(modelInputOf(person, key), i))),
      ).length;
      return share(
        `${key}: refused, ${name}`,
        refused,
        people.length,
        '>= 99 %',
        refused / people.length >= 0.99,
      );
    }),
  );
}

/** Mistakes that the model alone does not always catch, with what it does: reported, not promised. */
export function unitFindings(bundle: WristStateBundle, people: readonly WristStatePerson[]): Finding[] {
  const predict = predictor(bundle);
  const kgPerLb = NEWTON_PER_UNIT.lb / NEWTON_PER_UNIT.kg;
  const swapped = (input: ModelInput): ModelInput => ({
    ...input,
    wristRadialNm: input.wristUlnarNm,
    wristUlnarNm: input.wristRadialNm,
  });
  const otherHand = (input: ModelInput): ModelInput => ({
    ...input,
    pinchTrialsN: input.pinchTrialsN.map(
      (value) => (value * (input.otherHandPinchPeakN ?? value)) / (input.pinchPeakN ?? 1),
    ),
    pinchPeakN: input.otherHandPinchPeakN,
    otherHandPinchPeakN: input.pinchPeakN,
  });
  const cases: [string, readonly PatternKey[], (input: ModelInput, i: number) => ModelInput][] = [
    ['lb typed as kg in all values', ['A', 'B'], (input) => scaled(input, 1 / kgPerLb)],
    ['kg typed as lb in all values', ['A', 'B'], (input) => scaled(input, kgPerLb)],
    ['one trial in kg among lb', ['A', 'B'], (input, i) => oneWrong(input, kgPerLb, i)],
    ['hands swapped', ['A', 'B'], otherHand],
    ['radial and ulnar swapped', ['B'], swapped],
  ];
  return cases.flatMap(([name, keys, misuse]) =>
    keys.map((key) => {
      const refused = people.filter((person, i) =>
        isRefused(predict(misuse(modelInputOf(person, key), i))),
      ).length;
      const [low, high] = wilsonInterval(refused, people.length);
      return {
        name: `${key}: refused, ${name}`,
        value: refused / people.length,
        low,
        high,
        n: people.length,
        literature: null,
        sentence:
          'Not promised: the unit of the device, the fixed grid and the question at entry are the defence.',
      };
    }),
  );
}
