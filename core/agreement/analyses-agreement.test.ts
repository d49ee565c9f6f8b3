import { describe, expect, it } from 'vitest';
import { MUSCLE_GROUPS } from '../clinical/muscle-groups.ts';
import type { ElbowConcordanceRow, MuscleConcordanceRow } from '../contract/schemas/concordance.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { elbowAgreement, muscleAgreement } from './analyses-agreement.ts';
import type { ShownFigure } from './shown-figure.ts';
import { inventedId } from './testing/invented-judgements.ts';

const shownValue = (figure: ShownFigure) => (figure.kind === 'figure' ? figure.value : Number.NaN);
const common = (i: number) => ({
  sessionId: inventedId(i) as MuscleConcordanceRow['sessionId'],
  patientId: inventedId(10_000 + i),
  clinicianId: inventedId(901) as MuscleConcordanceRow['clinicianId'],
  clinicianName: 'Dr A. Lindgren',
  lockedAt: '2026-06-01T09:00:00.000Z',
  isBlinded: true,
  flags: [],
});
const PERCENTS = [60, 100, 140];
const ANSWERS = ['weaker', 'as-expected', 'stronger'] as const;
const muscles = (count: number, answerOf: (place: number, i: number) => (typeof ANSWERS)[number]) =>
  Array.from(
    { length: count },
    (_, i): MuscleConcordanceRow => ({
      ...common(i),
      groups: MUSCLE_GROUPS.map((group, g) => ({
        group,
        answer: answerOf((i + g) % 3, i),
        modelPercent: PERCENTS[(i + g) % 3]!,
      })),
    }),
  );

describe('agreement on muscle groups', () => {
  it('is 1 for equal answers, near 0 for guesses, and worse for opposite than for neighbouring ones', () => {
    expect(shownValue(muscleAgreement(muscles(12, (place) => ANSWERS[place]!))[0]!.answers.kappa)).toBe(1);
    const guessed = muscles(
      200,
      (place, i) => ANSWERS[randomStream('muscle guess', `${place}`, i).integer(3)]!,
    );
    expect(Math.abs(shownValue(muscleAgreement(guessed)[0]!.answers.kappa))).toBeLessThan(0.1);
    const near = muscleAgreement(muscles(12, (place) => ANSWERS[place === 0 ? 1 : place]!))[0]!.answers;
    const far = muscleAgreement(muscles(12, (place) => ANSWERS[place === 0 ? 2 : place]!))[0]!.answers;
    expect(shownValue(near.same)).toBe(shownValue(far.same));
    expect(shownValue(near.gwetAc1)).toBeGreaterThan(shownValue(far.gwetAc1));
  });

  it('counts sessions, not their four groups: three sessions of one patient are three of one', () => {
    const three = muscles(3, (place) => ANSWERS[place]!).map((row) => ({
      ...row,
      patientId: inventedId(10_000),
    }));
    const [all] = muscleAgreement(three);
    expect(all?.answers).toMatchObject({ n: 3, patientCount: 1 });
    for (const figure of [all!.answers.same, all!.answers.gwetAc1, all!.answers.kappa]) {
      expect(figure).toEqual({ kind: 'too-few', n: 3, patients: 1 });
    }
    const twelve = muscleAgreement(muscles(12, (place) => ANSWERS[place === 0 ? 1 : place]!))[0]!.answers;
    expect(twelve.same).toMatchObject({
      kind: 'figure',
      n: 12,
      patients: 12,
      method: 'Wilson over patients',
    });
  });

  it('counts a group that is not identifiable as no answer, and lists each group', () => {
    const rows = muscles(12, (place) => ANSWERS[place]!).map((row) => ({
      ...row,
      groups: row.groups.map((each) => (each.group === 'abductors' ? { ...each, modelPercent: null } : each)),
    }));
    const found = muscleAgreement(rows);
    expect(found.map(({ id }) => id)).toEqual(['all', ...MUSCLE_GROUPS]);
    expect(found[3]?.answers.same).toEqual({ kind: 'too-few', n: 0, patients: 0 });
    expect(found[0]?.answers.comparison.modelOnlyCannotTell).toBe(12);
  });
});

const hold = (i: number, change: Partial<ElbowConcordanceRow> = {}): ElbowConcordanceRow => ({
  ...common(i),
  failureFromS: 40 + i,
  failureToS: 60 + i,
  model: { middleS: 45 + i, lowS: 35 + i, highS: 58 + i, coverage: 0.9 },
  heldS: 55 + i,
  isStoppedEarly: false,
  ...change,
});

describe('agreement on time to failure', () => {
  it('gives the bias of the middles, and both against how long it was held', () => {
    const found = elbowAgreement(Array.from({ length: 12 }, (_, i) => hold(i)));
    expect(found.bias?.value).toBeCloseTo(5, 9);
    expect(found).toMatchObject({ n: 12, compared: { n: 12, patients: 12 }, isWide: true, method: 'exact' });
    expect(shownValue(found.insideOwn)).toBe(1);
    expect(found.insideModel).toMatchObject({ kind: 'figure', value: 1, chance: 0.9 });
    // A constant shift is no agreement, however straight the line.
    expect(shownValue(found.lin)).toBeLessThan(0.9);
  });

  it('leaves out patients where one gave several holds: four copies of each narrow nothing', () => {
    const spread = Array.from({ length: 24 }, (_, i) => {
      const stream = randomStream('elbow', 'spread', i);
      return hold(i, {
        patientId: inventedId(10_000 + Math.floor(i / 2)),
        model: { middleS: 45 + i + 8 * stream.normal(), lowS: 40 + i, highS: 58 + i, coverage: 0.9 },
        heldS: 50 + i + 9 * stream.normal(),
      });
    });
    const widths = (rows: ElbowConcordanceRow[]) => {
      const { bias, lower, upper, lin, insideModel, insideOwn, method } = elbowAgreement(rows);
      expect(method).toBe('jackknife over patients');
      return [bias, lower, upper, lin, insideModel, insideOwn].map((each) => {
        const { interval } = each as { interval: [number, number] };
        return interval[1] - interval[0];
      });
    };
    const once = widths(spread);
    const copies = widths(spread.flatMap((row) => [row, row, row, row]));
    for (const [place, width] of once.entries()) {
      // The divisor n - 1 of the standard deviation knows of the copies: 24 of 23 against 96 of 95.
      expect(Math.abs(copies[place]! / width - 1)).toBeLessThan(0.03);
    }
    // Twin: the same copies as holds of other people do narrow them.
    const others = spread
      .flatMap((row) => [row, row, row, row])
      .map((row, i) => ({ ...row, patientId: inventedId(20_000 + 100 * (i % 4) + Math.floor(i / 8)) }));
    for (const [place, width] of widths(others).entries()) expect(width).toBeLessThan(0.8 * once[place]!);
  });

  it('leaves out what lies beyond the recording, was refused or not held, and says nothing below ten', () => {
    const rows = [
      hold(0, { failureToS: null }),
      hold(1, { model: null }),
      hold(2, { heldS: null }),
      ...Array.from({ length: 7 }, (_, i) => hold(3 + i)),
    ];
    const found = elbowAgreement(rows);
    expect(found).toMatchObject({
      n: 10,
      compared: { n: 8, patients: 8 },
      bias: null,
      lin: { kind: 'too-few' },
    });
    // The clinician's "beyond" holds whatever is longer.
    expect(found.insideOwn).toEqual({ kind: 'too-few', n: 9, patients: 9 });
    expect(found.insideModel).toEqual({ kind: 'too-few', n: 8, patients: 8 });
  });

  it('counts the certain misses of the model among the holds stopped early, as those of the clinician', () => {
    const finished = Array.from({ length: 12 }, (_, i) => hold(i));
    const outlasted = Array.from({ length: 12 }, (_, i) =>
      hold(20 + i, { heldS: 240, isStoppedEarly: true }),
    );
    const found = elbowAgreement([...finished, ...outlasted]);
    expect(found).toMatchObject({ stoppedEarly: 12, outlastedOwn: 12, outlastedModel: 12 });
    expect(found.insideModel).toMatchObject({ n: 12, value: 1 });
    expect(found.insideModelWithMisses).toMatchObject({ n: 24, value: 0.5, chance: 0.9 });
    // Held less long than the upper end, or against one without an end: that it missed is not known.
    const open = outlasted.map((row, i) => ({
      ...row,
      ...(i % 2 === 0 ? { heldS: 50 } : { model: { ...row.model!, highS: null } }),
    }));
    expect(elbowAgreement([...finished, ...open])).toMatchObject({
      outlastedModel: 0,
      insideModelWithMisses: { n: 12, value: 1 },
    });
  });

  it('law: a hold that was stopped early is no miss of a range that it had not reached', () => {
    const counts = (agreementOf: typeof elbowAgreement) => {
      const whole = Array.from({ length: 12 }, (_, i) => hold(i));
      const stopped = [
        // Stopped before the range began, and held beyond its end.
        hold(20, { heldS: 5, isStoppedEarly: true }),
        hold(21, { heldS: 140, isStoppedEarly: true }),
      ];
      const found = agreementOf([...whole, ...stopped]);
      expect(found).toMatchObject({ n: 14, stoppedEarly: 2, outlastedOwn: 1 });
      expect(found.insideOwn).toEqual(agreementOf(whole).insideOwn);
      expect(found.insideModel).toEqual(agreementOf(whole).insideModel);
    };
    counts(elbowAgreement);
    // Broken twin: the time as if the hold had failed then.
    expect(() =>
      counts((rows) => elbowAgreement(rows.map((row) => ({ ...row, isStoppedEarly: false })))),
    ).toThrow();
  });
});
