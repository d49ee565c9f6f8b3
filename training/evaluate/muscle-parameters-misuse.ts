import { columnOf, MUSCLE_PARAMETER_COLUMNS } from '../../core/inference/muscle-parameters-columns.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';
import type { MuscleParameterPerson } from '../dataset/muscle-parameters.ts';
import { type Figures, noFigures } from './figures.ts';
import { isRefused, type MuscleParametersBundle } from './muscle-parameters-bundle.ts';

/** A mistake at entry, and how often the range check must refuse it; null: reported, not promised. */
interface Misuse {
  name: string;
  promise: 0.99 | null;
  why: string;
  apply(inputs: Float64Array, person: number): void;
}

const KG = NEWTON_PER_UNIT.kg;
const KG_PER_LB = NEWTON_PER_UNIT.lb / NEWTON_PER_UNIT.kg;
const FORCES = MUSCLE_PARAMETER_COLUMNS.flatMap(({ unit }, column) => (unit === 'N' ? [column] : []));

/** Mistakes that a tier with this many inputs can see. */
function misusesOf(inputCount: number): Misuse[] {
  const forces = FORCES.filter((column) => column < inputCount);
  const all = (factor: number) => (inputs: Float64Array) => {
    for (const column of forces) inputs[column]! *= factor;
  };
  const one = (factor: number) => (inputs: Float64Array, person: number) => {
    inputs[forces[person % forces.length]!]! *= factor;
  };
  const swap = (a: string, b: string) => (inputs: Float64Array) => {
    const [i, j] = [columnOf(a), columnOf(b)];
    [inputs[i], inputs[j]] = [inputs[j]!, inputs[i]!];
  };
  const sees = (name: string) => columnOf(name) < inputCount;
  const must = (name: string, apply: Misuse['apply']): Misuse => ({ name, promise: 0.99, why: '', apply });
  const may = (name: string, why: string, apply: Misuse['apply']): Misuse => ({
    name,
    promise: null,
    why,
    apply,
  });
  const misuses = [
    must('newtons typed as kg in all forces', all(KG)),
    must('kg typed as newtons in all forces', all(1 / KG)),
    must('height and weight swapped', swap('height', 'weight')),
    may('lb typed as kg in all forces', 'A strong hand in kg is a weak hand in lb.', all(1 / KG_PER_LB)),
    may('kg typed as lb in all forces', 'A weak hand in lb is a number often seen in kg.', all(KG_PER_LB)),
    may('age and weight swapped', 'Both are numbers around 50 to 80.', swap('age', 'weight')),
  ];
  if (forces.length > 1) {
    misuses.push(
      must('one force in newtons among kg', one(KG)),
      must('one force in kg among newtons', one(1 / KG)),
      may('one force in lb among kg', 'A factor of 2.2 on one force.', one(1 / KG_PER_LB)),
      may('one force in kg among lb', 'A factor of 2.2 on one force.', one(KG_PER_LB)),
    );
  }
  if (sees('grip')) misuses.push(must('pinch and grip swapped', swap('pinch-neutral', 'grip')));
  if (sees('pinch-extension-20')) {
    misuses.push(
      may(
        'pinch in flexion and in extension swapped',
        'Healthy wrists pinch almost alike in both.',
        swap('pinch-flexion-20', 'pinch-extension-20'),
      ),
    );
  }
  if (sees('peak-neutral-transverse')) {
    misuses.push(
      must('longitudinal and transverse force swapped everywhere', (inputs) => {
        for (let column = FORCES.at(-1)! + 1; column < inputCount; column += 2) {
          [inputs[column], inputs[column + 1]] = [inputs[column + 1]!, inputs[column]!];
        }
      }),
    );
  }
  return misuses;
}

/** Share of refused people. */
const refusedShare = (refused: number, n: number) => {
  const [low, high] = wilsonInterval(refused, n);
  return { value: refused / n, low, high, n };
};

/** Refusals of people as simulated: few. @param answered - of all test people, those who get an answer. */
export function inRangeFigures(answered: number, people: number): Figures {
  const share = refusedShare(people - answered, people);
  const check = { name: 'refused, as simulated', ...share, bar: '<= 5 % (calibrated to 4 %)' };
  return { ...noFigures(), checks: [{ ...check, ok: share.value <= 0.05 }] };
}

/** Refusals of mistakes at entry: nearly all. */
export function misuseFigures(
  bundle: MuscleParametersBundle,
  people: readonly MuscleParameterPerson[],
): Figures {
  const figures = noFigures();
  const inputCount = bundle.verified.manifest.inputs.length;
  for (const { name, promise, why, apply } of misusesOf(inputCount)) {
    const refused = people.filter(({ inputs }, i) => {
      const typed = inputs.slice(0, inputCount);
      apply(typed, i);
      return isRefused(bundle, typed);
    }).length;
    const share = refusedShare(refused, people.length);
    if (promise === null) {
      figures.findings.push({
        name: `refused, ${name}`,
        ...share,
        literature: null,
        sentence: `${why} Not promised: the unit of the device and the question at entry are the defence.`,
      });
    } else {
      figures.checks.push({ name: `refused, ${name}`, ...share, bar: '>= 99 %', ok: share.value >= promise });
    }
  }
  return figures;
}
