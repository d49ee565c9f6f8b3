import type { InputGroup } from '../explain/attribution.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { type ExplainedPrediction, readoutOf } from './explained-prediction.ts';
import { PINCH_NOISE } from './measured-again.ts';
import type { NextVisitModel } from './next-visit.ts';
import { NEXT_VISIT_LEVELS } from './next-visit-bundle.ts';
import {
  LAST_PINCH_COLUMN,
  NEXT_VISIT_GROUPS,
  NEXT_VISIT_INPUTS,
  type NextVisitQuestion,
  nextVisitInput,
  nextVisitPattern,
} from './next-visit-input.ts';

const columnOf = (name: (typeof NEXT_VISIT_INPUTS)[number]['name']): number =>
  NEXT_VISIT_INPUTS.findIndex((input) => input.name === name);
const WEEKS = columnOf('weeks-since-surgery');
const WAIT = columnOf('weeks-to-next-visit');
const OTHER_HAND = columnOf('other-hand-pinch');
/** Sex and the count of visits are not part of the cloud's mean. */
const NOT_IN_CLOUD = new Set([columnOf('sex-male'), columnOf('visits-so-far')]);
const MASKS = new Set<number>(NEXT_VISIT_GROUPS.map(({ maskColumn }) => maskColumn));

/**
 * Middle forecast of ln(next / last), against the average training patient with as many visits: the same sex, age and
 * number of visits, everything measured at the average.
 * @throws RangeError as nextVisitInput.
 */
export function explainedNextVisit(model: NextVisitModel, question: NextVisitQuestion): ExplainedPrediction {
  const { values: row } = nextVisitInput(question);
  const reference = averagePatient(model, row);
  reference[columnOf('age')] = row[columnOf('age')]!;
  const earlier: InputGroup[] = NEXT_VISIT_GROUPS.slice(1).flatMap(({ featureColumns, maskColumn }, index) =>
    row[maskColumn] === 1 ? [{ name: `earlier-visit-${index + 1}`, columns: featureColumns }] : [],
  );
  const hasOther = row[NEXT_VISIT_GROUPS[0].maskColumn] === 1;
  return {
    modelId: 'next-visit',
    asked: 'change of key pinch until the next visit',
    members: model.members,
    readout: readoutOf(NEXT_VISIT_LEVELS.length, NEXT_VISIT_LEVELS.indexOf(0.5)),
    unit: 'ln(next / last)',
    row,
    reference: { name: 'the average simulated patient with as many visits', row: reference },
    groups: [
      { name: 'last-pinch', columns: [LAST_PINCH_COLUMN] },
      { name: 'weeks-since-surgery', columns: [WEEKS] },
      { name: 'weeks-to-next-visit', columns: [WAIT] },
      ...(hasOther ? [{ name: 'other-hand-pinch', columns: [OTHER_HAND] }] : []),
      ...earlier,
    ],
    bands: null,
    limits: null,
    repeated: (draw) => {
      const again = row.slice();
      for (const [column, { unit }] of NEXT_VISIT_INPUTS.entries()) {
        const isMeasured = unit.startsWith('ln') && (row[column] !== 0 || column === LAST_PINCH_COLUMN);
        // Already a logarithm: a reading that is 5 % off is 0.05 off.
        if (isMeasured)
          again[column]! += PINCH_NOISE * randomStream('explanation-noise', `pinch-${column}`, draw).normal();
      }
      return again;
    },
  };
}

/** The mean of the training patients of this pattern, from the cloud that the range check holds. */
function averagePatient(model: NextVisitModel, row: Float64Array): Float64Array {
  const pattern = model.calibration.patterns.get(nextVisitPattern(row));
  if (!pattern) throw new RangeError('the calibration does not know this pattern of visits');
  const absent = new Set(
    NEXT_VISIT_GROUPS.filter(({ maskColumn }) => row[maskColumn] !== 1).flatMap(
      ({ featureColumns }): readonly number[] => featureColumns,
    ),
  );
  const average = row.slice();
  let next = 0;
  for (let column = 0; column < row.length; column += 1) {
    if (NOT_IN_CLOUD.has(column) || MASKS.has(column) || absent.has(column)) continue;
    const mean = pattern.cloud.mean[next]!;
    next += 1;
    average[column] = NEXT_VISIT_INPUTS[column]!.unit.startsWith('ln') ? mean : Math.exp(mean);
  }
  return average;
}
