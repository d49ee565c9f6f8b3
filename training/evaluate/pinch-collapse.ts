import { mean } from 'simple-statistics';
import { inverseNormal, randomStream } from '../../core/numerics/random-stream.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import { drawVirtualPerson } from '../population/virtual-person.ts';
import { type MaximalPinch, maximalPinch } from '../simulation/pinch/maximal-pinch.ts';
import { genericHand, PINCH_MUSCLES, type PinchMuscle } from '../simulation/pinch/pinch-muscles.ts';
import type { Figures } from './figures.ts';
import { meanWithInterval } from './pinch-intervals.ts';

/**
 * The known negative result (Kearney et al. 2021; design decision 6): the F0 level of a named muscle, five classes, from
 * the three force components of the re-optimised maximal pinch, contact model A.
 */
export const COLLAPSE_READINGS = ['fpl-alone', 'apl-alone', 'all-sixteen', 'virtual-people'] as const;
export type CollapseReading = (typeof COLLAPSE_READINGS)[number];

/**
 * Five levels of F0 from weak to generic, equally likely: chance is 20 %. Above the generic force FPL no longer
 * limits this pinch (ECU does), so that stronger levels would look alike even when FPL varies alone.
 */
const LEVELS = [0.6, 0.7, 0.8, 0.9, 1] as const;
const CHANCE = 1 / LEVELS.length;
/** Measurement noise of each force component, newtons. */
const NOISE_N = 0.5;
const SEED = 'known-collapse';
/** Quintiles of the standard normal distribution: classes of a muscle's own factor in the virtual population. */
const QUINTILES = [0.2, 0.4, 0.6, 0.8].map(inverseNormal);

interface Sample {
  /** Class of every muscle, 0..4. */
  classes: readonly number[];
  force: readonly number[];
}

/** One hand of a reading. In 'virtual-people' sex, size, strength, lengths and arms differ too, as among people. */
function drawSample(reading: CollapseReading, subject: number): Sample {
  const noise = randomStream(SEED, 'force-noise', subject);
  const measured = (found: MaximalPinch): number[] =>
    [found.forceN, found.longitudinalN, found.transverseN].map((force) => force + NOISE_N * noise.normal());
  if (reading === 'virtual-people') {
    const person = drawVirtualPerson(SEED, subject);
    // The stream by which variedHand draws the muscles' own factors: its scores give the class.
    const own = randomStream(SEED, 'muscle-max-force', subject);
    const classes = PINCH_MUSCLES.map(() => {
      const score = own.normal();
      return QUINTILES.filter((cut) => score > cut).length;
    });
    return { classes, force: measured(maximalPinch(person.hand)) };
  }
  const levels = randomStream(SEED, 'levels', subject);
  const hand = genericHand(1.25);
  const varied: readonly PinchMuscle[] =
    reading === 'all-sixteen' ? PINCH_MUSCLES : [reading === 'fpl-alone' ? 'FPL' : 'APL'];
  const classes = PINCH_MUSCLES.map(() => levels.integer(LEVELS.length));
  PINCH_MUSCLES.forEach((muscle, index) => {
    if (varied.includes(muscle)) hand.maxForceN[index]! *= LEVELS[classes[index]!]!;
  });
  return { classes, force: measured(maximalPinch(hand)) };
}

/**
 * Whether a nearest-neighbour classifier puts the level of each of the sixteen muscles into the right class; the vote is
 * over one neighbour in a hundred.
 * @returns [test hand][muscle], 1 for right, muscles in the order of PINCH_MUSCLES.
 */
export function rightClasses(
  reading: CollapseReading,
  trainingCount: number,
  testCount: number,
): Uint8Array[] {
  const neighbourCount = Math.max(1, Math.round(trainingCount / 100));
  const samples = Array.from({ length: trainingCount + testCount }, (_, subject) =>
    drawSample(reading, subject),
  );
  const training = samples.slice(0, trainingCount);
  const [palmarN, longitudinalN, transverseN] = [0, 1, 2].map((axis) =>
    Float64Array.from(training, ({ force }) => force[axis]!),
  );
  const distances = new Float64Array(trainingCount);
  return samples.slice(trainingCount).map(({ classes, force }) => {
    const [palmar, longitudinal, transverse] = force;
    for (let index = 0; index < trainingCount; index += 1) {
      distances[index] =
        (palmarN![index]! - palmar!) ** 2 +
        (longitudinalN![index]! - longitudinal!) ** 2 +
        (transverseN![index]! - transverse!) ** 2;
    }
    const farthest = Float64Array.from(distances).sort()[neighbourCount - 1]!;
    const nearest = training.filter((_, index) => distances[index]! <= farthest);
    return Uint8Array.from(PINCH_MUSCLES, (_, muscle) => {
      const votes = LEVELS.map(() => 0);
      for (const neighbour of nearest) votes[neighbour.classes[muscle]!]! += 1;
      return votes.indexOf(Math.max(...votes)) === classes[muscle] ? 1 : 0;
    });
  });
}

const INDEX_OF = (muscle: PinchMuscle): number => PINCH_MUSCLES.indexOf(muscle);
const PERCENT = (share: number): number => Math.round(1000 * share) / 10;
const KEARNEY =
  'Kearney et al. 2021, PLoS ONE 16:e0255103: more than 80 % when FPL or APL vary alone, less than 30 % once redundant muscles vary';

type Interval = { value: number; low: number; high: number };

/** Bar of "found" and of "collapsed" in the source, shares. */
const FOUND = 0.8;
const COLLAPSED = 0.3;

/** What the mean over the sixteen muscles says of a named one, shares. */
export function collapseWords({ low, high }: Interval): string {
  if (high < COLLAPSED) {
    return 'On average a named muscle can hardly be told from one maximal pinch (below 30 %, as in the source): one reason for the verdict "not identifiable".';
  }
  return low > COLLAPSED
    ? 'On average a named muscle is told more often than in the source (above 30 %): the collapse does not show.'
    : 'The interval holds 30 %, the bar of the source: whether the collapse shows cannot be told.';
}

/** APL varying alone, which the source finds. */
export function aplWords({ low, high }: Interval): string {
  if (low > CHANCE) {
    return low > FOUND
      ? 'APL is found when it varies alone, as in the source.'
      : 'APL is told more often than by chance when it varies alone.';
  }
  return high < CHANCE
    ? 'APL is told less often than by chance when it varies alone. A departure from the source.'
    : 'APL is not told from chance even alone: its elasticity is 0 in this contact model. A departure from the source.';
}

/**
 * The collapse as checks and findings, all sixteen muscles in a table.
 * @param trainingCount - hands of the classifier; test hands are half as many, and half of both where one muscle varies
 * alone. Fewer for a quick look.
 */
export function collapseFigures(trainingCount = 4000): Figures {
  const right = Object.fromEntries(
    COLLAPSE_READINGS.map((reading) => {
      // One muscle alone is an easy question, or one at chance: fewer hands answer it.
      const count = reading.endsWith('alone') ? Math.ceil(trainingCount / 2) : trainingCount;
      return [reading, rightClasses(reading, count, Math.ceil(count / 2))];
    }),
  ) as Record<CollapseReading, Uint8Array[]>;
  const share = (reading: CollapseReading, muscle: PinchMuscle) => {
    const successes = right[reading].reduce((sum, hand) => sum + hand[INDEX_OF(muscle)]!, 0);
    const testCount = right[reading].length;
    const [low, high] = wilsonInterval(successes, testCount);
    return { value: successes / testCount, low, high, n: testCount };
  };
  // The sixteen answers about one hand are not independent: hands are resampled, not answers.
  const meanOf = (reading: CollapseReading) =>
    meanWithInterval(
      right[reading].map((hand) => mean([...hand])),
      `collapse-${reading}`,
    );
  const alone = share('fpl-alone', 'FPL');
  const among = share('all-sixteen', 'FPL');
  const all = meanOf('all-sixteen');
  const strong = (reading: CollapseReading): string => {
    const above = PINCH_MUSCLES.filter((muscle) => share(reading, muscle).low > CHANCE);
    const named = above.map((muscle) => `${muscle} ${PERCENT(share(reading, muscle).value)} %`).join(', ');
    const expected = (0.025 * PINCH_MUSCLES.length).toFixed(1);
    return `Intervals above chance: ${named === '' ? 'none' : named} (about ${expected} of ${PINCH_MUSCLES.length} would be by luck alone)`;
  };
  const amongPeople = meanOf('virtual-people');
  const aplAlone = share('apl-alone', 'APL');
  const best = PINCH_MUSCLES.reduce((a, b) =>
    share('all-sixteen', b).value > share('all-sixteen', a).value ? b : a,
  );
  return {
    checks: [
      {
        name: 'known collapse: FPL alone varying, its level is found',
        ...alone,
        bar: '> 80 % (chance 20 %)',
        ok: alone.value > 0.8,
      },
      {
        name: 'known collapse: all sixteen varying, mean over the sixteen named muscles',
        ...all,
        bar: '< 30 % (chance 20 %)',
        ok: all.value < 0.3,
      },
      {
        name: 'known collapse: all sixteen varying, FPL',
        ...among,
        bar: '< 30 % (chance 20 %); weaker than generic FPL limits this pinch (ADR 9), so that more than of others may be left',
        ok: among.value < 0.3,
      },
    ],
    findings: [
      {
        name: 'known collapse: FPL among virtual people',
        ...share('virtual-people', 'FPL'),
        literature: KEARNEY,
        sentence: `Another reading of the same result: quintiles of a muscle's own factor (15 %) among people who also differ in sex, size, strength, lengths and arms. ${strong('virtual-people')}.`,
      },
      {
        name: 'known collapse: mean over the sixteen among virtual people',
        ...amongPeople,
        literature: KEARNEY,
        sentence: collapseWords(amongPeople),
      },
      {
        name: 'known collapse: ECU, all sixteen varying',
        ...share('all-sixteen', 'ECU'),
        literature: KEARNEY,
        sentence: `${best === 'ECU' ? 'The wrist muscle that limits this pinch (ADR 9) is the best known of the sixteen' : `The best known of the sixteen is ${best}, not this wrist muscle`}. ${strong('all-sixteen')}.`,
      },
      {
        name: 'known collapse: APL alone varying',
        ...aplAlone,
        literature: KEARNEY,
        sentence: aplWords(aplAlone),
      },
    ],
    plots: [],
    tables: [
      {
        title: 'F0 level of a named muscle, found from one maximal pinch with three force components, %',
        columns: ['Muscle', 'Varied alone', 'All sixteen vary', '95 %', 'Among virtual people', '95 %'],
        rows: PINCH_MUSCLES.map((muscle) => {
          const [own, people] = [share('all-sixteen', muscle), share('virtual-people', muscle)];
          const range = ({ low, high }: { low: number; high: number }) =>
            `${PERCENT(low)} to ${PERCENT(high)}`;
          const single =
            muscle === 'FPL' ? PERCENT(alone.value) : muscle === 'APL' ? PERCENT(aplAlone.value) : '-';
          return [muscle, single, PERCENT(own.value), range(own), PERCENT(people.value), range(people)];
        }),
        caption: `Five classes, chance 20 %, ${right['all-sixteen'].length} test hands, nearest neighbours of ${trainingCount} others.`,
      },
    ],
  };
}
