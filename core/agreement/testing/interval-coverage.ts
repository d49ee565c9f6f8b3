import { randomStream } from '../../numerics/random-stream.ts';
import { patientJackknife } from '../patient-jackknife.ts';
import { percentileInterval, type SimulatedKind, simulatedClinic, sumOf } from './simulated-clinics.ts';

export interface Setting {
  kind: SimulatedKind;
  patients: number;
  sessions: number | 'uneven';
  /** Mean of the patients' shares and half of the range that they fill. */
  shares: readonly [number, number];
}

/** How many clinics gave an interval, and in how many of them it held the true figure. */
export interface Coverage {
  figure: string;
  given: number;
  held: number;
  /** Of the percentile interval of redrawn patients. */
  percentile: number;
}

/** Figures of so many patients stand for the true ones. */
const TRUE_OF = 20_000;

export function coverageOf({ kind, patients, sessions, shares }: Setting, clinics: number): Coverage[] {
  const name = `${kind.name}/${patients}/${sessions}/${shares}`;
  const truths = sumOf(
    simulatedClinic(kind, TRUE_OF, sessions, randomStream('coverage', `${name}/truth`, 0), shares),
  );
  const drawn = Array.from({ length: clinics }, (_, clinic) =>
    simulatedClinic(kind, patients, sessions, randomStream('coverage', name, clinic), shares),
  );
  return kind.figures.map(({ name: figure, statistic, scale }) => {
    const truth = statistic(truths)!;
    const shareHeld = (intervals: ([number, number] | null | undefined)[]) => {
      const given = intervals.filter((each) => each != null);
      const held = given.filter(([low, high]) => low <= truth && truth <= high).length;
      return { given: given.length / clinics, held: held / given.length };
    };
    const own = drawn.map(
      (rows) => patientJackknife(rows, ({ parts }) => parts, statistic, scale, kind.weightOf)?.interval,
    );
    const twin = drawn.map((rows, clinic) =>
      percentileInterval(rows, statistic, randomStream('coverage', `${name}/twin`, clinic), 200),
    );
    return { figure, ...shareHeld(own), percentile: shareHeld(twin).held };
  });
}
