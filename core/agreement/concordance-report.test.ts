import { describe, expect, it } from 'vitest';
import type { ConcordanceRow } from '../contract/schemas/concordance.ts';
import { FEATURE_IDS } from '../signals/feature-ids.ts';
import { bandsAgreement } from './bands-agreement.ts';
import { filterConcordance, NO_FILTER } from './concordance-filter.ts';
import { concordanceReport, concordanceRun, inSetFigure, switchFigures } from './concordance-report.ts';
import { confidenceAgreement } from './confidence-agreement.ts';
import { figureSentence } from './figure-words.ts';
import { reasonsAgreement } from './reasons-agreement.ts';
import type { ShownFigure } from './shown-figure.ts';
import { guessedJudgements, inventedId, inventedJudgement } from './testing/invented-judgements.ts';

type Report = typeof concordanceReport;
const shown = (figure: ShownFigure) => {
  if (figure.kind !== 'figure') throw new Error(`not shown: ${figure.kind}`);
  return figure;
};
const CLASSES = ['nonimpaired', 'four-corner-fusion', 'proximal-row-carpectomy'] as const;
const perfect = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    inventedJudgement(i, { answer: CLASSES[i % 3]!, modelAnswer: CLASSES[i % 3]! }),
  );

describe('concordance', () => {
  type Guessed = Pick<ReturnType<Report>, 'answers' | 'reasons'>;
  /** 600 judgements: three standard errors of the coefficients are about 0.09. */
  const guessesAreWorthNothing = ({ answers, reasons }: Guessed) => {
    for (const figure of [answers.gwetAc1, answers.kappa]) {
      const { value, chance } = shown(figure);
      expect(Math.abs(value - chance!)).toBeLessThan(0.1);
    }
    for (const figure of [answers.same, reasons.shared, reasons.sameSign, reasons.ranking]) {
      const { value, chance } = shown(figure);
      expect(Math.abs(value - chance!)).toBeLessThan(0.07);
    }
  };
  it('law: a clinician who guesses stands at chance, in answers and in reasons', () => {
    const { answers, reasons } = concordanceReport(guessedJudgements(600, 'law'));
    guessesAreWorthNothing({ answers, reasons });
    // Broken twin: raw agreement in the place of kappa, as if chance gave nothing.
    const raw = { ...shown(answers.same), chance: shown(answers.kappa).chance };
    const withoutChance = { reasons, answers: { ...answers, kappa: raw } };
    expect(() => guessesAreWorthNothing(withoutChance)).toThrow();
    // Broken twin: the agreement by chance, which the coefficient takes out, printed as its own chance level.
    const printed = { ...shown(answers.kappa), chance: shown(answers.same).chance };
    expect(() => guessesAreWorthNothing({ reasons, answers: { ...answers, kappa: printed } })).toThrow();
    // Broken twin: a chance level that forgets how many reasons were named.
    const shared = { ...shown(reasons.shared), chance: 1 / FEATURE_IDS.length };
    expect(() => guessesAreWorthNothing({ answers, reasons: { ...reasons, shared } })).toThrow();
  });

  it('law: perfect agreement is 1 of everything, without a claim of certainty', () => {
    const { answers } = concordanceReport(perfect(30));
    expect(shown(answers.same)).toMatchObject({ value: 1, n: 30, isWide: false });
    expect(shown(answers.same).interval?.[0]).toBeLessThan(0.9);
    for (const figure of [answers.gwetAc1, answers.kappa]) {
      expect(shown(figure)).toMatchObject({ value: 1, interval: null });
      expect(shown(figure).noInterval).not.toBe('');
    }
  });

  it('shows no figure below n = 10, calls it wide below 30, and counts patients beside', () => {
    expect(concordanceReport(perfect(9)).answers.same).toEqual({ kind: 'too-few', n: 9, patients: 9 });
    expect(concordanceReport(perfect(9)).answers.kappa).toEqual({ kind: 'too-few', n: 9, patients: 9 });
    expect(shown(concordanceReport(perfect(10)).answers.same).isWide).toBe(true);
    expect(shown(concordanceReport(perfect(30)).answers.same).isWide).toBe(false);
    // "Cannot tell" is no class: 12 judgements, 9 with one.
    const rows = perfect(12).map((row, i) => (i < 3 ? { ...row, answer: 'cannot-tell' as const } : row));
    const { answers } = concordanceReport(rows);
    expect(answers.same).toEqual({ kind: 'too-few', n: 9, patients: 9 });
    expect(answers.comparison.clinicianOnlyCannotTell).toBe(3);
  });

  it('shows no figure of fewer than 5 patients, and calls it wide below 20 of them', () => {
    const figuresOf = (count: number, patients: number) => {
      const rows = guessedJudgements(count, 'few patients').map((row, i) => ({
        ...row,
        patientId: inventedId(10_000 + (i % patients)),
      }));
      const { answers, reasons, inSet, switches, confidence } = concordanceReport(rows);
      return [answers.same, answers.gwetAc1, answers.kappa, reasons.shared, inSet, switches.switched].concat(
        confidence.flatMap(({ n, same }) => (n === 0 ? [] : [same])),
      );
    };
    for (const figure of figuresOf(60, 4)) {
      expect(figure).toEqual({ kind: 'too-few', n: 60, patients: 4 });
      expect(figureSentence(figure, 'share')).toBe('too few patients to say: n = 60 of 4 patients');
    }
    for (const figure of figuresOf(60, 19))
      expect(shown(figure)).toMatchObject({ isWide: true, patients: 19 });
    for (const figure of figuresOf(60, 20)) expect(shown(figure)).toMatchObject({ isWide: false, n: 60 });
    expect(figureSentence(figuresOf(60, 20)[0]!, 'share')).toMatch(/^n = 60 of 20 patients: /);
  });

  it('counts judgements, not the drivers that were named in them', () => {
    // Of four judgements all three drivers are shared: twelve drivers are no twelve judgements.
    const contributions = FEATURE_IDS.map((feature, i) => ({ feature, value: 9 - i }));
    const drivers = FEATURE_IDS.slice(0, 3).map((feature) => ({ feature, direction: 'for' as const }));
    const explanation = {
      predictedClass: 'nonimpaired' as const,
      againstClass: 'four-corner-fusion' as const,
      contributions,
    };
    const rows = Array.from({ length: 4 }, (_, i) => inventedJudgement(i, { drivers, explanation }));
    expect(reasonsAgreement(rows).sameSign).toEqual({ kind: 'too-few', n: 4, patients: 4 });
    const twelve = Array.from({ length: 12 }, (_, i) => inventedJudgement(i, { drivers, explanation }));
    expect(reasonsAgreement(twelve).sameSign).toMatchObject({ kind: 'figure', n: 12 });
  });

  it('keeps blinded sessions and "operation known" apart, and flagged locks countable', () => {
    const rows = [
      ...perfect(20),
      ...perfect(15).map((row) => ({ ...row, isBlinded: false })),
      ...perfect(5).map((row) => ({ ...row, flags: ['under-3-seconds' as const] })),
    ];
    const counts = concordanceReport(rows).summaries.map(({ knowledge, flags, answers }) => [
      knowledge,
      flags,
      answers.n,
    ]);
    expect(counts).toEqual([
      ['blinded', 'all', 25],
      ['blinded', 'without-flagged', 20],
      ['operation-known', 'all', 15],
      ['operation-known', 'without-flagged', 15],
    ]);
    const known = concordanceReport(rows, { knowledge: 'operation-known', flags: 'all' });
    expect(known.answers.n).toBe(15);
  });

  it('knows no operation: the same answers give the same figures whatever the diagnosis', () => {
    const rows = guessedJudgements(40, 'truth');
    const other = rows.map((row) => ({ ...row, diagnosis: 'another diagnosis' }));
    expect(concordanceReport(other)).toEqual(concordanceReport(rows));
  });

  it('intervals rest on patients, not sessions: one patient judged many times is one patient', () => {
    const spread = guessedJudgements(80, 'clusters');
    const copies = spread.flatMap((row) => [row, row, row, row]);
    const asIfOthers = copies.map((row, i) => ({ ...row, patientId: inventedId(20_000 + i) }));
    const widths = (rows: ConcordanceRow[]) => {
      const { answers, reasons, inSet, switches, confidence } = concordanceReport(rows);
      const shares = [answers.same, inSet, switches.switched, switches.towardsModel, confidence[2]!.same];
      return [...shares, answers.gwetAc1, answers.kappa, reasons.shared, reasons.sameSign].map((figure) => {
        const [low, high] = shown(figure).interval!;
        return high - low;
      });
    };
    const [once, fourTimes, others] = [widths(spread), widths(copies), widths(asIfOthers)];
    for (const [place, width] of once.entries()) {
      // Four copies of each session say nothing new.
      expect(fourTimes[place]).toBeCloseTo(width, 9);
      expect(others[place]).toBeLessThan(0.75 * width);
    }
    const one = perfect(20).map((row) => ({ ...row, patientId: inventedId(1) }));
    expect(concordanceReport(one).answers.same).toEqual({ kind: 'too-few', n: 20, patients: 1 });
  });

  it('lists clinicians and pairs of readers, whoever came first', () => {
    const reader = (answer: ConcordanceRow['answer']) => [
      { readerId: inventedId(902) as never, readerName: 'M. Rossi', answer, hasSeenPatient: false },
    ];
    const rows = perfect(12).map((row) => ({ ...row, readings: reader(row.answer) }));
    const turned = perfect(8).map((row) => ({
      ...row,
      clinicianId: inventedId(902) as never,
      clinicianName: 'M. Rossi',
      readings: reader(row.answer).map((each) => ({
        ...each,
        readerId: inventedId(901) as never,
        readerName: 'Dr A. Lindgren',
      })),
    }));
    const report = concordanceReport([...rows, ...turned]);
    expect(report.clinicians.map(({ name, answers }) => [name, answers.n])).toEqual([
      ['Dr A. Lindgren', 12],
      ['M. Rossi', 8],
    ]);
    expect(report.readerPairs).toHaveLength(1);
    expect(report.readerPairs[0]?.answers.n).toBe(20);
    expect(shown(report.readerPairs[0]!.answers.same).value).toBe(1);
  });

  it('keeps readers who had seen the patient apart from blinded ones', () => {
    const reading = (number: number, hasSeenPatient: boolean) => ({
      readerId: inventedId(number) as never,
      readerName: `Reader ${number}`,
      answer: 'nonimpaired' as const,
      hasSeenPatient,
    });
    const report = concordanceReport([
      inventedJudgement(1, { readings: [reading(902, false)] }),
      inventedJudgement(2, { readings: [reading(902, true)] }),
      inventedJudgement(3, { readings: [reading(902, false), reading(903, true)] }),
    ]);
    const counts = (pairs: typeof report.readerPairs) => pairs.map(({ name, answers }) => [name, answers.n]);
    expect(counts(report.readerPairs)).toEqual([['Dr A. Lindgren and Reader 902', 2]]);
    expect(counts(report.knowingReaderPairs)).toEqual([
      ['Dr A. Lindgren and Reader 902', 1],
      ['Dr A. Lindgren and Reader 903', 1],
      ['Reader 902 and Reader 903', 1],
    ]);
  });

  it('gives the same report step by step, and says how far it is', () => {
    const rows = guessedJudgements(40, 'steps');
    const run = concordanceRun(rows, { knowledge: 'blinded', flags: 'all' });
    let last = { done: 0, total: 1 };
    for (;;) {
      const step = run.next();
      if (step.done) {
        expect(step.value).toEqual(concordanceReport(rows));
        break;
      }
      expect(step.value.done).toBe(last.done + 1);
      last = step.value;
    }
    expect(last.done).toBe(last.total);
  });

  it('says nothing of no judgement', () => {
    const report = concordanceReport([]);
    expect(report.answers).toMatchObject({ n: 0, same: { kind: 'too-few', n: 0, patients: 0 } });
    expect(report.bands.mass).toEqual({ kind: 'too-few', n: 0, patients: 0 });
    expect(report.clinicians).toEqual([]);
  });
});

describe('parts of concordance', () => {
  it('counts changes only where the session was compared', () => {
    const rows = [
      ...Array.from({ length: 10 }, (_, i) =>
        inventedJudgement(i, {
          answer: 'nonimpaired',
          modelAnswer: 'four-corner-fusion',
          finalAnswer: 'four-corner-fusion',
        }),
      ),
      ...Array.from({ length: 10 }, (_, i) => inventedJudgement(i, { finalAnswer: null })),
    ];
    const found = switchFigures(rows);
    expect(found.n).toBe(10);
    expect(shown(found.switched).value).toBe(1);
    expect(shown(found.towardsModel).value).toBe(1);
    expect(found.awayFromModel).toEqual({ kind: 'too-few', n: 0, patients: 0 });
  });

  it('counts who has not decided after the reveal apart: neither kept nor changed', () => {
    const compared = (i: number, change: Partial<ConcordanceRow>) =>
      inventedJudgement(i, { modelAnswer: 'four-corner-fusion', ...change });
    const rows = [
      ...Array.from({ length: 10 }, (_, i) => compared(i, { finalAnswer: 'four-corner-fusion' })),
      ...Array.from({ length: 5 }, (_, i) => compared(20 + i, { finalAnswer: null, isUndecided: true })),
    ];
    expect(switchFigures(rows)).toMatchObject({ n: 10, undecided: 5, switched: { n: 10, value: 1 } });
    // Broken twin: the first answer in the place of none makes ten of fifteen of it.
    const asKept = rows.map((row) => ({ ...row, finalAnswer: row.finalAnswer ?? row.answer }));
    expect(shown(switchFigures(asKept).switched).value).toBeCloseTo(2 / 3, 9);
  });

  it('a set of two holds a class named blindly two times in three', () => {
    const rows = guessedJudgements(600, 'set').map((row) => ({
      ...row,
      predictionSet: [CLASSES[0], CLASSES[1]] as ConcordanceRow['predictionSet'],
    }));
    const { value, chance } = shown(inSetFigure(rows));
    expect(chance).toBeCloseTo(2 / 3, 12);
    expect(Math.abs(value - 2 / 3)).toBeLessThan(0.06);
  });

  it('puts every confidence into one band', () => {
    const rows = Array.from({ length: 101 }, (_, percent) =>
      inventedJudgement(percent, { confidencePercent: percent }),
    );
    const bands = confidenceAgreement(rows);
    expect(bands.map(({ n }) => n)).toEqual([50, 20, 20, 11]);
    expect(bands.at(-1)?.said).toBeCloseTo(0.95, 12);
  });

  it('compares directions towards the class that was explained', () => {
    const explanation = {
      predictedClass: 'nonimpaired' as const,
      againstClass: 'four-corner-fusion' as const,
      contributions: FEATURE_IDS.map((feature, i) => ({ feature, value: i === 0 ? 3 : 0.1 })),
    };
    const drivers = [{ feature: FEATURE_IDS[0], direction: 'for' as const }];
    const signOf = (answer: ConcordanceRow['answer']) =>
      reasonsAgreement(
        Array.from({ length: 10 }, (_, i) => inventedJudgement(i, { answer, drivers, explanation })),
      ).sameSign;
    expect(shown(signOf('nonimpaired')).value).toBe(1);
    expect(shown(signOf('four-corner-fusion')).value).toBe(0);
    // The third class was not explained: its direction has no meaning there.
    expect(signOf('proximal-row-carpectomy')).toEqual({ kind: 'too-few', n: 0, patients: 0 });
  });

  it('brushed bands: on the relevance 1, and marks anywhere at chance', () => {
    const relevance = Array.from({ length: 60 }, (_, step) =>
      step >= 20 && step < 30 ? 1 : 0.001 * (step % 7),
    );
    const rows = (start: (i: number) => number) =>
      Array.from({ length: 51 }, (_, i) =>
        inventedJudgement(i, {
          markedTrace: { relevance, marks: [{ start: start(i), end: start(i) + 10 }] },
        }),
      );
    const there = bandsAgreement(rows(() => 20));
    expect(shown(there.equalArea).value).toBe(1);
    expect(shown(there.pointing).value).toBe(1);
    // All 51 places of such a mark once: the chance level itself.
    const anywhere = bandsAgreement(rows((i) => i));
    for (const figure of [anywhere.equalArea, anywhere.pointing, anywhere.mass]) {
      expect(shown(figure).value).toBeCloseTo(shown(figure).chance!, 9);
    }
  });

  it('filters by clinician, both dates, diagnosis and pattern', () => {
    const rows = [
      inventedJudgement(1, { lockedAt: '2026-05-31T23:59:59.000Z' }),
      inventedJudgement(2),
      inventedJudgement(3, { inputPattern: 'A' }),
      inventedJudgement(4, { diagnosis: 'other' }),
      inventedJudgement(5, { clinicianId: inventedId(902) as never }),
    ];
    const left = (change: Partial<typeof NO_FILTER>) =>
      filterConcordance(rows, { ...NO_FILTER, ...change }).map(({ sessionId }) =>
        Number(sessionId.slice(-3)),
      );
    expect(left({})).toEqual([1, 2, 3, 4, 5]);
    expect(left({ from: '2026-06-01', to: '2026-06-01' })).toEqual([2, 3, 4, 5]);
    expect(left({ inputPattern: 'A' })).toEqual([3]);
    expect(left({ diagnosis: 'other' })).toEqual([4]);
    expect(left({ clinicianId: inventedId(901) })).toEqual([1, 2, 3, 4]);
  });
});
