/** Invented clinics whose true figures are known, for how often an interval holds them. */
import type { RandomStream } from '../../numerics/random-stream.ts';
import { coefficientValue } from '../coefficient-value.ts';
import { rangeScoreN, sameAsLastTimeN } from '../forecast-score.ts';
import type { IntervalScale } from '../patient-jackknife.ts';

export interface SimulatedRow {
  patientId: string;
  parts: readonly number[];
}

export type Statistic = (sums: ArrayLike<number>) => number | null;

/** One kind of clinic with the figures that are made of it. */
export interface SimulatedKind {
  name: string;
  rowOf: (patient: number, own: OwnTraits, stream: RandomStream) => readonly number[];
  figures: { name: string; statistic: Statistic; scale: IntervalScale }[];
  /** As in patientJackknife. */
  weightOf?: (sums: ArrayLike<number>) => number;
}

/** What all sessions of one patient share. */
export interface OwnTraits {
  /** Chance of the same answer, or of a shared reason. */
  share: number;
  /** Standard normal: how the course differs from the mean one. */
  course: number;
}

/** @param sessions - of each patient; 'uneven' draws 1 to 6. @param share, spread - of `OwnTraits.share`, even between both ends. */
export function simulatedClinic(
  kind: SimulatedKind,
  patients: number,
  sessions: number | 'uneven',
  stream: RandomStream,
  [share, spread]: readonly [number, number],
): SimulatedRow[] {
  return Array.from({ length: patients }, (_, patient) => {
    const own = { share: share + spread * (2 * stream.uniform() - 1), course: stream.normal() };
    const count = sessions === 'uneven' ? 1 + stream.integer(6) : sessions;
    return Array.from({ length: count }, () => ({
      patientId: `${patient}`,
      parts: kind.rowOf(patient, own, stream),
    }));
  }).flat();
}

const CLASSES = 3;
const ratio: Statistic = (sums) => (sums[1]! > 0 ? sums[0]! / sums[1]! : null);

export const ANSWERS: SimulatedKind = {
  name: 'answers',
  rowOf: (patient, { share }, stream) => {
    const cell = new Array<number>(CLASSES ** 2).fill(0);
    const first = stream.uniform() < 0.6 ? patient % CLASSES : stream.integer(CLASSES);
    const second = stream.uniform() < share ? first : (first + 1 + stream.integer(CLASSES - 1)) % CLASSES;
    cell[first * CLASSES + second]! += 1;
    return cell;
  },
  figures: [
    { name: 'kappa', statistic: coefficientValue(CLASSES, 'cohen', 'none'), scale: 'coefficient' },
    { name: 'AC1', statistic: coefficientValue(CLASSES, 'gwet', 'none'), scale: 'coefficient' },
  ],
};

/** One to four drivers a judgement, each among the model's with the patient's share. */
export const REASONS: SimulatedKind = {
  name: 'reasons',
  rowOf: (_patient, { share }, stream) => {
    const named = 1 + stream.integer(4);
    return [Array.from({ length: named }).filter(() => stream.uniform() < share).length, named];
  },
  figures: [{ name: 'share of reasons', statistic: ratio, scale: 'share' }],
};

/** Courses of 20 to 80 N; the clinician is off by 8 %, the model knows a third of how a course differs. */
export const FORECASTS: SimulatedKind = {
  name: 'forecasts',
  rowOf: (_patient, { share, course }, stream) => {
    const lastN = (20 + 60 * share) * Math.exp(0.07 * stream.normal());
    const truthN = lastN * Math.exp(0.06 + 0.12 * course + 0.1 * stream.normal());
    const score = (middleN: number, halfN: number) => rangeScoreN([middleN - halfN, middleN + halfN], truthN);
    return [
      score(lastN * Math.exp(0.05 + 0.08 * stream.normal()), 0.07 * lastN),
      score(lastN * Math.exp(0.06 + 0.3 * 0.12 * course), 0.1 * lastN),
      rangeScoreN(sameAsLastTimeN(lastN), truthN),
    ];
  },
  figures: [
    { name: 'clinician’s skill', statistic: (sums) => 1 - sums[0]! / sums[2]!, scale: 'skill' },
    { name: 'model’s skill', statistic: (sums) => 1 - sums[1]! / sums[2]!, scale: 'skill' },
    { name: 'difference', statistic: (sums) => (sums[1]! - sums[0]!) / sums[2]!, scale: 'unbounded' },
  ],
  weightOf: (sums) => sums[2]!,
};

export const sumOf = (rows: readonly SimulatedRow[]): Float64Array => {
  const sums = new Float64Array(rows[0]!.parts.length);
  for (const { parts } of rows)
    parts.forEach((part, i) => {
      sums[i]! += part;
    });
  return sums;
};

/** The percentile interval of redrawn patients, as it stood on the page before: the broken twin. */
export function percentileInterval(
  rows: readonly SimulatedRow[],
  statistic: Statistic,
  stream: RandomStream,
  draws = 400,
): [number, number] | null {
  const patients = [...Map.groupBy(rows, ({ patientId }) => patientId).values()].map(sumOf);
  const values = Array.from({ length: draws }, () => {
    const sums = new Float64Array(patients[0]!.length);
    for (let i = 0; i < patients.length; i += 1) {
      const drawn = patients[stream.integer(patients.length)]!;
      for (let place = 0; place < sums.length; place += 1) sums[place]! += drawn[place]!;
    }
    return statistic(sums);
  })
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  if (values.length < draws / 2 || values.at(-1)! - values[0]! < 1e-9) return null;
  return [values[Math.floor(0.025 * values.length)]!, values[Math.ceil(0.975 * values.length) - 1]!];
}
