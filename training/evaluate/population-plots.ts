import { mean, sampleStandardDeviation } from 'simple-statistics';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';
import type { NormTable } from '../population/norm-table-schema.ts';
import {
  INTERNATIONAL_GRIP,
  MASSY_WESTROPP_GRIP,
  MATHIOWETZ_GRIP,
  MATHIOWETZ_KEY_PINCH,
  STEIBER_GRIP,
} from '../population/norm-tables.ts';
import { SURVEY } from '../population/survey-table.ts';
import type { Plot, PlotLine } from './figures.ts';
import type { NormPerson } from './population-people.ts';

const SEXES = ['female', 'male'] as const;
const WORDS = { female: 'Women', male: 'Men' } as const;
const EDGES_YEARS = [18, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 86] as const;
const OLDEST_YEARS = 85;

/** Mean +- SD of the simulated people by age. */
function simulatedLine(
  name: string,
  people: readonly NormPerson[],
  value: (person: NormPerson) => number | null,
): PlotLine {
  const line = { name, x: [] as number[], y: [] as number[], low: [] as number[], high: [] as number[] };
  EDGES_YEARS.slice(0, -1).forEach((low, band) => {
    const inBand = people.filter((p) => p.ageYears >= low && p.ageYears < EDGES_YEARS[band + 1]!);
    const values = inBand.flatMap((p) => value(p) ?? []);
    if (values.length < 2) return;
    const [middle, sd] = [mean(values), sampleStandardDeviation(values)];
    line.x.push(mean(inBand.map((p) => p.ageYears)));
    line.y.push(middle);
    line.low.push(middle - sd);
    line.high.push(middle + sd);
  });
  return line;
}

/** Means or medians of a table's hand by the middle of the age band, in another unit. */
function normLine(
  name: string,
  table: NormTable,
  sex: 'female' | 'male',
  hand: string,
  perUnit: number,
): PlotLine {
  const cells = table.cells.filter(
    (cell) => cell.sex === sex && cell.hand === hand && cell.ageBand.low <= OLDEST_YEARS - 5,
  );
  return {
    name,
    x: cells.map(({ ageBand }) => (ageBand.low + Math.min(ageBand.high + 1, OLDEST_YEARS)) / 2),
    y: cells.map((cell) => (cell.mean ?? cell.P50!) * perUnit),
  };
}

const poundsToKilograms = NEWTON_PER_UNIT.lb / NEWTON_PER_UNIT.kg;

/** Key pinch and grip of the right hand by age, one plot a sex and measure. */
export function populationPlots(people: readonly NormPerson[]): Plot[] {
  return SEXES.flatMap((sex): Plot[] => {
    const own = people.filter((p) => p.sex === sex);
    const survey = SURVEY.measured.bySex[sex].gripBands;
    return [
      {
        title: `Key pinch of the right hand by age, ${WORDS[sex].toLowerCase()}`,
        xTitle: 'Age (years)',
        yTitle: 'Key pinch (N)',
        kind: 'line',
        lines: [
          simulatedLine('simulated, mean +- SD', own, (p) =>
            p.side === 'right' ? mean([...p.pinchTrialsN]) : null,
          ),
          normLine(
            'Mathiowetz 1985 (recalled, fitted)',
            MATHIOWETZ_KEY_PINCH,
            sex,
            'right',
            NEWTON_PER_UNIT.lb,
          ),
        ],
        caption: `${WORDS[sex]}: mean of three trials. The table's means scatter around the smooth curve that was fitted to them.`,
      },
      {
        title: `Grip of the right hand by age, ${WORDS[sex].toLowerCase()}`,
        xTitle: 'Age (years)',
        yTitle: 'Grip (kgf)',
        kind: 'line',
        lines: [
          simulatedLine('simulated, mean +- SD', own, (p) => p.grip.rightBestKg),
          {
            name: 'US 2013-14 survey (fitted)',
            x: survey.map((band) => (band.lowYears + band.highYears + 1) / 2),
            y: survey.map((band) => band.rightMeanKg),
          },
          normLine('Steiber 2016, best hand (read)', STEIBER_GRIP, sex, 'best', 1),
          normLine('Massy-Westropp 2011, dominant (read)', MASSY_WESTROPP_GRIP, sex, 'dominant', 1),
          normLine('International 2025, median (read second-hand)', INTERNATIONAL_GRIP, sex, 'unstated', 1),
          normLine('Mathiowetz 1985 (recalled)', MATHIOWETZ_GRIP, sex, 'right', poundsToKilograms),
        ],
        caption: `${WORDS[sex]}: only the US survey was fitted; the others are other populations, gauges and scores.`,
      },
    ];
  });
}
