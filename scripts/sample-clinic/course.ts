/**
 * Courses of strength for invented people: a share of what is expected that rises after an operation, with the scatter of
 * trials and of days. Chosen to show the app; no patient was described, and no figure of a publication is used.
 */
import type { PatientFields, Side } from '../../core/contract/schemas/clinical.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { expectedStrength } from '../../core/signals/expected-strength.ts';
import { fromNewtons } from '../../core/units/quantities.ts';
import type { ReaderKey, SampleJudgement, SampleVisit } from './sample-person.ts';

const WEEK_MS = 7 * 86_400_000;

export interface CoursePlan {
  /** First visit, UTC instant. */
  firstAt: string;
  everyWeeks: number;
  count: number;
  /** Key pinch of the affected hand as a share of expected: at the first visit, and where it ends. */
  fromShare: number;
  toShare: number;
  /** Weeks in which half of the gain comes. */
  halfWeeks: number;
  /** Share of expected of the other hand. */
  otherShare: number;
  /** Wrist strength of the affected hand as shares of expected (extension, flexion, radial, ulnar) at the end; none: not measured. */
  wristShares?: readonly [number, number, number, number];
  /** Standard deviation of trials and of days, shares of the value. */
  trialScatter?: number;
  dayScatter?: number;
  /** Pain at the first visit; it falls with the gain. */
  pain?: number;
  device?: (visit: number) => SampleVisit['device'];
}

/** A course without judgements; the same numbers in every build. @param subject names the person's random streams. */
export function courseVisits(fields: PatientFields, subject: number, plan: CoursePlan): SampleVisit[] {
  const affected: Side = fields.affectedSide === 'left' ? 'left' : 'right';
  const other: Side = affected === 'left' ? 'right' : 'left';
  const { trialScatter = 0.025, dayScatter = 0.03 } = plan;
  return Array.from({ length: plan.count }, (_, index): SampleVisit => {
    const at = new Date(Date.parse(plan.firstAt) + index * plan.everyWeeks * WEEK_MS).toISOString();
    const gained = 1 - 0.5 ** ((index * plan.everyWeeks) / plan.halfWeeks);
    const share = plan.fromShare + (plan.toShare - plan.fromShare) * gained;
    const person = { ...fields, ageYears: ageAt(fields.birthDate, at) };
    const stream = (name: string) => randomStream('sample clinic', `${name} ${index}`, subject);
    const hand = (side: Side, of: number): readonly [string, string, string] => {
      const random = stream(`pinch ${side}`);
      const levelKg =
        fromNewtons(expectedStrength(person, side).pinchN, 'kg') * of * (1 + dayScatter * random.normal());
      const trial = () => kilograms(levelKg * (1 + trialScatter * random.normal()));
      return [trial(), trial(), trial()];
    };
    const isBoth = fields.affectedSide === 'both';
    const affectedHand = hand(affected, share);
    const otherHand = hand(other, isBoth ? share * 0.9 : plan.otherShare);
    const torques = plan.wristShares && torquesOf(person, affected, plan, share, stream('torque'));
    return {
      at,
      right: affected === 'right' ? affectedHand : otherHand,
      left: affected === 'left' ? affectedHand : otherHand,
      device: plan.device?.(index) ?? 'gauge',
      ...(torques ? { torquesNm: { [affected]: torques } } : {}),
      ...(plan.pain === undefined ? {} : { pain: Math.max(0, Math.round(plan.pain * (1 - 0.9 * gained))) }),
    };
  });
}

/** Wrist strength follows the gain of the pinch: at the plan's shares where the pinch is at its end. */
function torquesOf(
  person: Parameters<typeof expectedStrength>[0],
  side: Side,
  plan: CoursePlan,
  share: number,
  random: { normal(): number },
): readonly [string, string, string, string] {
  const expected = expectedStrength(person, side);
  const whole = [
    expected.wristExtensionNm,
    expected.wristFlexionNm,
    expected.wristRadialNm,
    expected.wristUlnarNm,
  ];
  const progress = (0.5 + share / plan.toShare) / 1.5;
  const text = (index: 0 | 1 | 2 | 3) =>
    Math.max(0.1, whole[index]! * plan.wristShares![index] * progress * (1 + 0.04 * random.normal())).toFixed(
      1,
    );
  return [text(0), text(1), text(2), text(3)];
}

/** As a gauge shows it. */
export const kilograms = (value: number): string => Math.max(0.1, value).toFixed(1);

export const meanKg = (trials: readonly string[]): number =>
  trials.reduce((sum, text) => sum + Number(text), 0) / trials.length;

const ageAt = (birthDate: string, at: string): number =>
  (Date.parse(at) - Date.parse(`${birthDate}T00:00:00Z`)) / (365.25 * 86_400_000);

/**
 * A clinician's 50 % range of the next visit's key pinch: today's mean, the gain they hope for, and how sure they are.
 * @param visits the course; a forecast is added to each visit but the last.
 * @param gainKg hoped for, by visit; @param halfWidthShare half of the range as a share of today's value.
 */
export function withForecasts(
  visits: readonly SampleVisit[],
  side: Side,
  gainKg: (visit: number) => number,
  halfWidthShare: number,
): SampleVisit[] {
  return visits.map((visit, index) => {
    const next = visits[index + 1];
    if (next === undefined) return visit;
    const todayKg = meanKg(visit[side]);
    const middleKg = Math.max(0.2, todayKg + gainKg(index));
    const halfKg = Math.max(0.1, halfWidthShare * todayKg);
    const round = (value: number) => Math.round(10 * value) / 10;
    return {
      ...visit,
      forecast: {
        side,
        lowKg: Math.max(0.1, round(middleKg - halfKg)),
        highKg: round(middleKg + halfKg),
        nextOn: next.at.slice(0, 10),
      },
    };
  });
}

/** The visits with changes at some places; a place beyond the course is a mistake. */
export function changed(
  visits: readonly SampleVisit[],
  changes: Readonly<Record<number, Partial<SampleVisit>>>,
): SampleVisit[] {
  for (const place of Object.keys(changes)) {
    if (visits[Number(place)] === undefined) throw new RangeError(`the course has no visit ${place}`);
  }
  return visits.map((visit, index) => ({ ...visit, ...changes[index] }));
}

/** The same judgement at several visits, each blinded, with its own confidence and reader in turn. */
export function judgedAt(
  visits: readonly SampleVisit[],
  places: readonly number[],
  judgement: Pick<SampleJudgement, 'answer' | 'drivers' | 'verdict'>,
  readers: readonly ReaderKey[],
): SampleVisit[] {
  return changed(
    visits,
    Object.fromEntries(
      places.map((place, k) => [
        place,
        {
          reader: readers[k % readers.length]!,
          judgement: {
            ...judgement,
            confidencePercent: judgement.answer === 'cannot-tell' ? null : 60 + 5 * ((k * 3) % 5),
            isBlinded: true,
            durationMs: 8_000 + 1_700 * ((k * 5) % 7),
          },
        },
      ]),
    ),
  );
}
