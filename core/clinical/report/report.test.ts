import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Patient, TrialEntry } from '../../contract/schemas/clinical.ts';
import type { WristStatePrediction } from '../../contract/schemas/judgement.ts';
import type { TrendPoint } from '../../contract/schemas/trend.ts';
import { measuredValues } from '../measured-values.ts';
import { MEASURES, measureOf } from '../measures.ts';
import { RECALLED_WORDS } from '../norms/norm-label.ts';
import { type NormTable, NormTableFile, readNormTable } from '../norms/norm-table.ts';
import { storedUnitOf } from '../stored-value.ts';
import { RESEARCH_WORDS } from './model-words.ts';
import { BEYOND_ERROR_WORDS, BEYOND_LIMIT_WORDS, patientPage, USUALLY_WORDS } from './patient-page.ts';
import { type ReportSource, reportContent, SAMPLE_CLINIC_WORDS } from './report-content.ts';
import { REPORT_PARTS, type ReportPart, reportPartsFrom } from './report-parts.ts';
import { REPORT_TEXT_LIMIT, reportText } from './report-text.ts';
import { id, PATIENT, PREDICTION, point, trial, VISIT } from './testing/report-source.ts';

const TABLES: NormTable[] = readdirSync('resources/norms')
  .filter((name) => name.endsWith('.json') && name !== 'published-checks.json')
  .map((name) =>
    readNormTable(NormTableFile.parse(JSON.parse(readFileSync(`resources/norms/${name}`, 'utf8')))),
  );
const date = (at: string) => at.slice(0, 10);
const ALL: ReadonlySet<ReportPart> = new Set(REPORT_PARTS.map((part) => part.id));

const sourceOf = (change: Partial<ReportSource> = {}): ReportSource => ({
  patient: PATIENT,
  session: {
    id: id(502),
    startedAt: '2026-11-25T08:00:00.000Z',
    userName: 'Dr A. Lindgren',
    summaryRule: 'mean-of-three',
    deviceId: id(701),
    judgedSide: 'left',
  },
  ...VISIT,
  tables: TABLES,
  prediction: PREDICTION,
  conclusion: 'Go on with strengthening.',
  isSample: false,
  ...change,
});

describe('the report', () => {
  it('says trials, mean, spread with its formula, share, change and all of the model', () => {
    const content = reportContent(sourceOf(), ALL, date);
    const left = content.rows.find((row) => row.side === 'left');
    expect(left).toMatchObject({
      hand: 'left (affected)',
      value: '4.2 kg',
      rule: 'mean of 3 trials',
      trials: '4.1 kg; 4.4 kg; 4.2 kg',
      spread: '2.9 %',
      otherHand: '57 % of the right hand',
      otherValue: '7.4 kg',
      device: 'with Gauge',
      // The visit before was the first one: one change says it all.
      sinceFirst: null,
    });
    expect(left?.change).toMatch(/^\+1\.13 kg since 2026-10-25; beyond measurement error/);
    expect(content.notes).toEqual(['Spread: population SD ÷ mean.']);
    // Once for both hands, with the population and what is assumed; in the text as well.
    expect(content.errorNotes).toEqual([
      'Measurement error of key pinch: MDC95 15 % of the value (assumed), at least 0.41 kg (the hand opposite the affected one, which has 0.37 kg): thumb base osteoarthritis, Villafañe 2014.',
    ]);
    expect(reportText(content).split('15 % of the value (assumed)')).toHaveLength(2);
    expect(content.history).toBe(
      'left hand affected; SNAC wrist II; four-corner fusion, 2026-05-12 (28 weeks before)',
    );
    expect(content.model?.answer).toBe('Resembles nonimpaired 64 % (its five networks 58 % to 71 %)');
    expect(content.model?.probabilities).toMatch(/nonimpaired 64 %.*fusion 33 %.*carpectomy 3 %/);
    expect(content.model?.facts).toMatch(/^wrist-state 0\.2\.0, abababab; trained on simulated people/);
  });

  it('tells completed weeks since surgery, as every other page does', () => {
    const session = { ...sourceOf().session, startedAt: '2026-05-29T11:00:00.000Z' };
    expect(reportContent(sourceOf({ session }), ALL, date).history).toContain('(2 weeks before)');
  });

  it('each part can be ticked off and leaves nothing behind', () => {
    const source = sourceOf();
    const whole = JSON.stringify(reportContent(source, ALL, date));
    const marks: Partial<Record<ReportPart, string>> = {
      trials: '4.1 kg; 4.4 kg',
      spread: 'Spread: population SD',
      'other-hand': '% of the right hand',
      change: 'since 2026-10-25',
      model: 'wrist-state',
      conclusion: 'strengthening',
    };
    for (const [part, mark] of Object.entries(marks)) {
      expect(whole, part).toContain(mark);
      const without = new Set([...ALL].filter((one) => one !== part));
      expect(JSON.stringify(reportContent(source, without, date)), part).not.toContain(mark);
    }
  });

  it('names whoever measured, and who began where that was somebody else', () => {
    const { session } = sourceOf();
    const visitOf = (change: Partial<ReportSource['session']>) =>
      reportContent(sourceOf({ session: { ...session, ...change } }), ALL, date).visit;
    expect(visitOf({})).toMatch(/ by Dr A\. Lindgren$/);
    expect(visitOf({ begunByName: 'M. Rossi' })).toMatch(/ by Dr A\. Lindgren \(begun by M\. Rossi\)$/);
  });

  it('has no model result where the host shows none', () => {
    expect(reportContent(sourceOf({ prediction: null }), ALL, date).model).toBeNull();
  });

  it('says the change since the first visit with the same device as well, and none over another device', () => {
    const course = (first: number) => [
      point(499, '2026-08-25', 'left', 2, { device: first }),
      ...sourceOf().points,
    ];
    const left = (points: TrendPoint[]) =>
      reportContent(sourceOf({ points }), ALL, date).rows.find(({ side }) => side === 'left');
    expect(left(course(701))?.change).toMatch(/^\+1\.13 kg since 2026-10-25;/);
    expect(left(course(701))?.sinceFirst).toMatch(
      /^\+2\.23 kg since 2026-08-25, the first visit with this device; beyond measurement error/,
    );
    expect(reportText(reportContent(sourceOf({ points: course(701) }), ALL, date))).toContain(
      'since 2026-08-25',
    );
    expect(left(course(702))?.sinceFirst).toBeNull();
  });

  it('says why a ticked part leaves nothing: no judgement, an open one, no norm that was read', () => {
    const notes = (change: Partial<ReportSource>) =>
      reportContent(sourceOf({ prediction: null, ...change }), ALL, date).notes.join(' ');
    const { session } = sourceOf();
    expect(notes({ session: { ...session, judgedSide: null } })).toContain('this visit was not judged');
    expect(notes({})).toContain('none was computed at this visit');
    expect(notes({ isJudgementOpen: true })).toContain('No model result: a judgement is open.');
    expect(notes({ isWaitingForYou: true })).toContain('your own reading');
    expect(notes({ prediction: PREDICTION })).not.toContain('No model result');
    const usual = reportPartsFrom(null);
    const norms = (tables: NormTable[], parts = usual) =>
      reportContent(sourceOf({ tables }), parts, date).notes.join(' ');
    const recalled = TABLES.filter(({ reading }) => reading === 'recalled');
    const forPinch = recalled.filter(({ measure }) => measure === 'lateral-pinch');
    expect(norms([])).toContain('No published norm was found for these measures.');
    if (forPinch.length > 0) expect(norms(forPinch)).toContain('none was read in its source');
    expect(norms([], new Set([...usual].filter((part) => part !== 'norm')))).not.toContain('published norm');
  });

  it('names several devices, and a device that nobody noted', () => {
    const { session, trials } = sourceOf();
    const left = (change: Partial<ReportSource>) =>
      reportContent(sourceOf(change), ALL, date).rows.find(({ side }) => side === 'left')?.device;
    const mixed = trials.map((one, index) => ({
      ...one,
      deviceId: index === 5 ? id<never>(702) : one.deviceId,
    }));
    expect(left({ trials: mixed as TrialEntry[] })).toBe('with several devices');
    const none = { session: { ...session, deviceId: null }, points: [] };
    expect(left(none)).toBe('device not named');
  });

  it('sums up a measure with one value as the session does: the latest, never the largest', () => {
    const trials = [
      trial('score-quickdash', 'right', 1, 60, 'points'),
      trial('score-quickdash', 'right', 2, 30, 'points'),
    ];
    const [row] = reportContent(sourceOf({ trials: trials.toReversed(), points: [] }), ALL, date).rows;
    const [shown] = measuredValues(trials, 'mean-of-three');
    expect([row?.value, row?.rule]).toEqual([shown?.text, shown?.formula]);
    expect([row?.value, row?.rule]).toEqual(['30.0 points', 'the latest of 2 values']);
  });

  it('holds a norm of means of three against the mean of three, also in a session of largest trials, and says so', () => {
    const table = TABLES.find(({ id }) => id === 'mathiowetz-1985-key-pinch')!;
    // Largest 9.0 kg, mean 5.0 kg.
    const trials = [3, 9, 3].map((kg, i) => trial('lateral-pinch', 'left', i + 1, kg, 'kg'));
    const norm = (summaryRule: 'maximum' | 'mean-of-three', few = trials) =>
      reportContent(
        sourceOf({ trials: few, tables: [table], session: { ...sourceOf().session, summaryRule } }),
        ALL,
        date,
      ).rows[0]?.norm;
    const place = (text: string | undefined) => /below|inside|above/.exec(text ?? '')?.[0];
    expect(norm('maximum')?.text).toMatch(/^mean of 3 trials 5\.0 kg is (below|inside)/);
    expect(norm('mean-of-three')?.text).toMatch(/^(below|inside)/);
    expect(place(norm('maximum')?.text)).toBe(place(norm('mean-of-three')?.text));
    // Broken twin: the largest trial as three equal ones lies elsewhere.
    const largest = [9, 9, 9].map((kg, i) => trial('lateral-pinch', 'left', i + 1, kg, 'kg'));
    expect(place(norm('mean-of-three', largest)?.text)).not.toBe(place(norm('maximum')?.text));
    expect(norm('mean-of-three', trials.slice(0, 2))?.text).toMatch(/^mean of 2 trials 6\.0 kg is/);
    expect(norm('maximum')?.label).toMatch(/score: mean of three trials$/);
  });

  it('an empty set fits no class, a full one rules none out, and the patient is told that it could not tell', () => {
    const answered = (change: Partial<WristStatePrediction>) => {
      const source = sourceOf({ prediction: { ...PREDICTION, ...change } });
      return [
        reportContent(source, ALL, date).model?.probabilities ?? '',
        patientPage(source, ALL, date).model ?? '',
      ];
    };
    const [empty, emptyPage] = answered({ predictionSet: [], refusals: ['empty-set'] });
    expect(empty).toMatch(/; no class fits$/);
    const all = ['nonimpaired', 'four-corner-fusion', 'proximal-row-carpectomy'] as const;
    const [full, fullPage] = answered({ predictionSet: [...all], refusals: ['full-set'] });
    expect(full).toMatch(/; no class can be ruled out$/);
    for (const page of [emptyPage, fullPage]) {
      expect(page).toMatch(/It could not tell\.$/);
      expect(page).not.toContain('%');
    }
    // The range of five networks is no interval, and stands on no page for a patient.
    expect(answered({})[1]).toMatch(/with 64 %\.$/);
  });

  it('says why there is no percentage when both hands are affected', () => {
    const both = sourceOf({ patient: { ...PATIENT, affectedSide: 'both' } });
    const content = reportContent(both, ALL, date);
    for (const row of content.rows) expect(row.otherHand).toBeNull();
    expect(content.notes.join(' ')).toMatch(/No percentage of the other hand: both hands are affected/);
    expect(reportText(content)).toMatch(/both hands are affected, so neither/);
  });

  it('law: a recalled norm is on no report unless ticked on, and then says so', () => {
    const usual = reportPartsFrom(null);
    const recalled = TABLES.filter(({ reading }) => reading === 'recalled');
    expect(recalled.length).toBeGreaterThan(2);
    for (const table of recalled) {
      const trials = [1, 2, 3].map((n) => trial(table.measure, 'left', n, 5, 'kg'));
      const points = [point(502, '2026-11-25', 'left', 5, { measure: table.measure })];
      const source = sourceOf({ trials, points, tables: [table] });
      expect(reportContent(source, usual, date).rows[0]?.norm).toBeNull();
      const on = reportContent(source, new Set([...usual, 'unverified-norm'] as const), date);
      expect(on.rows[0]?.norm?.label).toContain(RECALLED_WORDS);
      expect(reportText(on)).toContain(RECALLED_WORDS);
    }
  });
});

describe('the report as text', () => {
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== '…');
  const long = fc.string({ minLength: 1, maxLength: 200 }).filter((text) => text.trim() !== '');
  const person = fc.record({
    displayName: long.map((text) => text.trim()),
    clinicNumber: fc.string({ maxLength: 60 }),
    diagnosis: fc.lorem({ maxCount: 40 }).map((text) => text.slice(0, 300)),
    operationNote: fc.lorem({ maxCount: 40 }).map((text) => text.slice(0, 300)),
    conclusion: fc.lorem({ maxCount: 80 }).map((text) => text.slice(0, 600)),
    measures: fc.subarray([...MEASURES], { minLength: 1 }),
    isSample: fc.boolean(),
    affectedSide: fc.constantFrom('right', 'left', 'both', 'none' as const),
    summaryRule: fc.constantFrom('mean-of-three', 'maximum' as const),
  });

  it('law: at most 1,200 characters with the longest names and every measure; no word is torn; its marks stay', () => {
    let twinTears = 0;
    fc.assert(
      fc.property(person, ({ measures, conclusion, isSample, summaryRule, ...patient }) => {
        const taken = measures.flatMap((measure) =>
          (measureOf(measure).isSided ? (['right', 'left'] as const) : (['right'] as const)).flatMap((side) =>
            [1, 2, 3].map((n) => trial(measure, side, n, 100.5 + n, storedUnitOf(measure))),
          ),
        );
        const before = measures.map((measure) =>
          point(501, '2026-10-25', 'left', 90, { measure, unit: storedUnitOf(measure) }),
        );
        const now = measures.map((measure) =>
          point(502, '2026-11-25', 'left', 101, { measure, unit: storedUnitOf(measure) }),
        );
        const content = reportContent(
          sourceOf({
            patient: { ...PATIENT, ...patient, operation: 'other' },
            session: {
              ...sourceOf().session,
              userName: 'W'.repeat(80),
              begunByName: 'M'.repeat(80),
              summaryRule,
            },
            trials: taken,
            points: [...before, ...now],
            conclusion,
            isSample,
          }),
          ALL,
          date,
        );
        const text = reportText(content);
        expect(text.length).toBeLessThanOrEqual(REPORT_TEXT_LIMIT);
        expect(text.includes(SAMPLE_CLINIC_WORDS)).toBe(isSample);
        expect(text).toContain(RESEARCH_WORDS);
        // Never a class without its probabilities, nor a percentage without the value it is a percentage of.
        expect(text).toContain('four-corner fusion 33 %');
        for (const line of text.split('\n').filter((row) => / % of the (left|right) hand/.test(row)))
          expect(line).toMatch(/ % of the (left|right) hand \([^)]+\d/);
        // Every word of the diagnosis and the conclusion is a whole one.
        const whole = new Set(
          words(`${content.history}. ${conclusion}`).map((word) => word.replace(/\.$/, '')),
        );
        const last = text.split('\n').at(-1) ?? '';
        if (conclusion.trim() !== '') {
          for (const word of words(last).slice(1))
            expect(whole.has(word.replace(/\.$/, '')), word).toBe(true);
        }
        // Broken twin: everything joined and cut off at the limit.
        const all = [content.person, content.history, ...content.rows.map(({ value }) => value), conclusion];
        const cut = all.join('\n').slice(0, REPORT_TEXT_LIMIT);
        const twinLast = words(cut).at(-1) ?? '';
        if (!cut.includes(RESEARCH_WORDS) || !words(all.join('\n')).includes(twinLast)) twinTears += 1;
      }),
      { numRuns: 200 },
    );
    expect(twinTears).toBeGreaterThan(0);
  });

  it('counts what it leaves out, the affected hand first', () => {
    const trials = MEASURES.flatMap((measure) =>
      (['right', 'left'] as const).flatMap((side) =>
        [1, 2, 3].map((n) => trial(measure, side, n, 10 + n, storedUnitOf(measure))),
      ),
    );
    const text = reportText(reportContent(sourceOf({ trials, points: [] }), ALL, date));
    expect(text).toMatch(/\n\d+ more values are on the page\.\n/);
    const lines = text.split('\n').filter((line) => line.startsWith('key pinch,'));
    expect(lines[0]).toMatch(/^key pinch, left \(affected\): 12\.0|^key pinch, left \(affected\): 12/);
  });
});

describe('the page for the patient', () => {
  it('is plain: own values, no class name, and no model unless it was ticked on', () => {
    const usual = patientPage(sourceOf(), reportPartsFrom(null), date);
    expect(usual.model).toBeNull();
    const page = patientPage(sourceOf(), ALL, date);
    expect(page.sections[0]?.sentences).toEqual([
      'Your left hand: 4.2 kg.',
      'That is 57 % of your other hand.',
      'That is 1.13 kg more than on 2026-10-25.',
      BEYOND_ERROR_WORDS,
    ]);
    expect(page.model).toContain('64 %');
    // 3.1 kg: above 2.73 kg the limit is assumed. Two weak hands have the published one, a first value has none.
    expect(page.limits).toBe(`${USUALLY_WORDS} How much can come from the measuring alone is assumed.`);
    const limits = (points: TrendPoint[]) => patientPage(sourceOf({ points }), ALL, date).limits;
    const now = point(502, '2026-11-25', 'left', 2.1);
    expect(limits([point(501, '2026-10-25', 'left', 2), now])).toBe(
      'How much can come from the measuring alone was found in other people’s hands.',
    );
    expect(limits([now])).toBeNull();
    const few = { ...point(501, '2026-10-25', 'left', 2), trialCount: 1 };
    expect([
      limits([few, now]),
      patientPage(sourceOf({ points: [few, now] }), ALL, date).sections[0]?.sentences.at(-1),
    ]).toEqual([null, 'It was measured too few times to say whether measuring alone explains this.']);
    for (const word of ['nonimpaired', 'fusion', 'carpectomy', 'PRC', 'normal']) {
      expect(JSON.stringify(page).includes(word), word).toBe(false);
    }
  });

  it('says “usually” only where it was worked out how many unchanged hands show as much', () => {
    const pageOf = (from: number, to: number) =>
      patientPage(
        sourceOf({
          points: [
            point(501, '2026-10-25', 'left', from, { measure: 'grip-2' }),
            point(502, '2026-11-25', 'left', to, { measure: 'grip-2' }),
          ],
        }),
        ALL,
        date,
      );
    // 5.2 kg are more than the one figure that was read, and less than 15 % of a strong hand.
    expect(pageOf(55, 60.2).sections[0]?.sentences.at(-1)).toMatch(/^So small a difference/);
    expect(pageOf(55, 65).sections[0]?.sentences.at(-1)).toBe(BEYOND_ERROR_WORDS);
    expect(pageOf(55, 65).limits).toContain(USUALLY_WORDS);
    const beyondAll = pageOf(95, 120);
    expect(beyondAll.sections[0]?.sentences.at(-1)).toBe(BEYOND_LIMIT_WORDS);
    expect(beyondAll.limits).toBe('How much can come from the measuring alone is assumed.');
  });

  it('is short enough for one sheet: fewer measures with both hands, or with the model', () => {
    const sides = ['right', 'left'] as const;
    const measures = ['lateral-pinch', 'grip-2', 'range-flexion', 'tip-pinch'] as const;
    const points = measures.flatMap((measure) =>
      sides.map((side) => point(502, '2026-11-25', side, 20, { measure, unit: storedUnitOf(measure) })),
    );
    const told = (parts: typeof ALL, affectedSide: Patient['affectedSide']) =>
      patientPage(sourceOf({ points, patient: { ...PATIENT, affectedSide } }), parts, date).sections.length;
    const usual = reportPartsFrom(null);
    expect([told(usual, 'left'), told(ALL, 'left'), told(usual, 'both'), told(ALL, 'both')]).toEqual([
      3, 2, 1, 1,
    ]);
  });

  it('does not compare over a change of device, and says so', () => {
    const points = [
      point(501, '2026-10-25', 'left', 3.1, { device: 702 }),
      point(502, '2026-11-25', 'left', 4.2),
    ];
    const page = patientPage(sourceOf({ points }), ALL, date);
    expect(page.sections[0]?.sentences.at(-1)).toMatch(/another device than on 2026-10-25/);
  });
});
