// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { concordanceReport } from '../../../core/agreement/concordance-report.ts';
import { guessedJudgements, inventedJudgement } from '../../../core/agreement/testing/invented-judgements.ts';
import type { Output } from '../../../core/contract/contract.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { ConcordanceRow, MuscleConcordanceRow } from '../../../core/contract/schemas/concordance.ts';
import type { ForecastRow } from '../../../core/contract/schemas/forecast.ts';
import type { TrainingResult } from '../../../core/contract/schemas/training.ts';
import { startMemoryHost, testId } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { figuresCsv, judgementsCsv } from './concordance-csv.ts';
import { ConcordanceScreen } from './concordance-screen.tsx';

const NOTHING_LEFT_OUT = { heldBack: 0, changedAfterLock: 0, withoutResult: 0 };
const agreeing = (count: number, change: Partial<ConcordanceRow> = {}) =>
  Array.from({ length: count }, (_, i) => inventedJudgement(i, change));

async function open(
  rows: ConcordanceRow[],
  options: {
    leftOut?: Output<'concordance.rows'>['leftOut'];
    forecasts?: ForecastRow[];
    training?: TrainingResult[];
    muscles?: MuscleConcordanceRow[];
  } = {},
) {
  const host = startMemoryHost({
    'concordance.rows': ({ limit, offset }) => ({
      rows: rows.slice(offset, offset + limit),
      leftOut: offset === 0 ? (options.leftOut ?? NOTHING_LEFT_OUT) : NOTHING_LEFT_OUT,
      total: rows.length,
    }),
    'concordance.analyses': () => ({
      muscles: options.muscles ?? [],
      elbow: [],
      leftOut: { ...NOTHING_LEFT_OUT, endKnown: 0 },
    }),
    'forecasts.scoreboard': () => ({ rows: options.forecasts ?? [], heldBack: 0 }),
    'training.results': () => options.training ?? [],
  });
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <ConcordanceScreen isSample={false} onTraining={() => {}} onReadings={() => {}} />
      </ApiProvider>
    </MantineProvider>,
  );
  await screen.findByText('Over- and under-reliance');
  return { user, host };
}

/** Cells of the first row whose head begins so. By role the same takes seconds in a page of tables. */
async function cellsOf(head: RegExp): Promise<string[]> {
  return waitFor(() => {
    const row = [...document.querySelectorAll('tbody tr')].find((each) =>
      head.test(each.querySelector('th')?.textContent ?? ''),
    );
    if (!row) throw new Error(`no row ${head}`);
    return [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '');
  });
}

describe('concordance', () => {
  it('says how many there are and no percentage below ten', async () => {
    await open(agreeing(7));
    const cells = await cellsOf(/^blinded/);
    expect(cells[0]).toMatch(/^7of 7 patients/);
    expect(cells.slice(1, 4)).toEqual(Array(3).fill('too few to say: n = 7 of 7 patients'));
    // Values of figures are strong; of these seven none may stand anywhere.
    expect(document.querySelectorAll('td strong')).toHaveLength(0);
  });

  it('puts n first, calls a small one wide, and names chance and what agreement is not', async () => {
    await open(guessedJudgements(20, 'screen'));
    const [, same, , kappa] = await cellsOf(/^blinded/);
    expect(same).toMatch(/^n = 20 of 5 patients: \d+\s%\d+ to \d+\s%, wideby chance \d+\s%$/);
    // Of a coefficient the agreement by chance is taken out: by chance it is 0.
    expect(kappa).toMatch(/^n = 20 of 5 patients: .*by chance 0\.00$/);
    expect(screen.getByText(/High agreement is no proof that either is right/)).toBeTruthy();
    expect(screen.getAllByText(/not a medical device/).length).toBeGreaterThan(0);
  });

  it('counts with and without flagged locks, and keeps "operation known" apart', async () => {
    const rows = [
      ...agreeing(12),
      ...agreeing(3, { flags: ['under-3-seconds'] }),
      ...agreeing(11, { isBlinded: false }),
    ];
    const { user } = await open(rows);
    expect((await cellsOf(/^blinded(?!, without)/))[0]).toMatch(/^15/);
    expect((await cellsOf(/^blinded, without/))[0]).toMatch(/^12/);
    expect((await cellsOf(/^operation known(?!, without)/))[0]).toMatch(/^11/);
    await user.click(screen.getByLabelText('operation known'));
    expect((await cellsOf(/^operation knownlooked at closer/))[0]).toMatch(/^11/);
  });

  it('filters, and says how many of all are left', async () => {
    const { user } = await open([...agreeing(4), ...agreeing(3, { diagnosis: 'Kienböck' })]);
    await user.selectOptions(await screen.findByLabelText('Diagnosis'), 'Kienböck');
    expect(await screen.findByText('3 of 7 judgements')).toBeTruthy();
    await user.click(screen.getByText('Show all of them'));
    expect(await screen.findByText('7 of 7 judgements')).toBeTruthy();
  });

  it('filters what stands below too, and says which filter does not act there', async () => {
    const group = { group: 'thumb-flexor', answer: 'weaker', modelPercent: 70 } as const;
    const muscles = (i: number, lockedAt: string): MuscleConcordanceRow => ({
      sessionId: testId(400 + i),
      patientId: testId(450 + i),
      clinicianId: testId(901),
      clinicianName: 'Dr A. Lindgren',
      lockedAt,
      isBlinded: true,
      flags: [],
      groups: [group],
    });
    const { user } = await open([...agreeing(4), ...agreeing(3, { diagnosis: 'Kienböck' })], {
      muscles: [muscles(1, '2026-05-01T08:00:00.000Z'), muscles(2, '2026-06-02T08:00:00.000Z')],
    });
    expect((await cellsOf(/^thumb flexor$/))[0]).toMatch(/^2/);
    await user.type(screen.getByLabelText('Locked from'), '2026-06-01');
    expect((await cellsOf(/^thumb flexor$/))[0]).toMatch(/^1/);
    expect(screen.queryByText(/do not act on this section/)).toBeNull();
    expect(screen.getByText(/Of the filters only the clinician acts on this section/)).toBeTruthy();
    await user.selectOptions(screen.getByLabelText('Diagnosis'), 'Kienböck');
    // Muscle groups and forecasts, each in its section.
    expect(await screen.findAllByText(/diagnosis and what was measured do not act/)).toHaveLength(2);
    expect((await cellsOf(/^thumb flexor$/))[0]).toMatch(/^1/);
  });

  it('keeps readings of who knew the patient apart, and says so', async () => {
    const readings = [
      {
        readerId: testId(902) as never,
        readerName: 'M. Rossi',
        answer: 'nonimpaired' as const,
        hasSeenPatient: true,
      },
    ];
    await open(agreeing(3, { readings }));
    expect(await screen.findByText(/could know diagnosis and operation/)).toBeTruthy();
    expect(screen.getByText('pair of readers, not blinded')).toBeTruthy();
    expect(screen.queryByText('pair of readers')).toBeNull();
  });

  it('counts those not decided at the second look apart', async () => {
    await open([...agreeing(11), ...agreeing(2, { finalAnswer: null, isUndecided: true })]);
    expect(
      await screen.findByText(/^11 judgements with an answer.*2 not decided at the second look/),
    ).toBeTruthy();
  });

  it('teaches when it is empty, and says why sessions are in no figure', async () => {
    await open([], { leftOut: { heldBack: 2, changedAfterLock: 1, withoutResult: 0 } });
    expect(screen.getByText('Nothing to compare yet')).toBeTruthy();
    expect(screen.getByText(/In no figure: 2 held back.*; 1 with a value corrected/)).toBeTruthy();
  });

  it('reads more judgements than one page holds', async () => {
    const { host } = await open(agreeing(501, { patientId: testId(1) }));
    expect(await screen.findByText('501 of 501 judgements')).toBeTruthy();
    expect(host.inputsOf('concordance.rows')).toEqual([
      { limit: 500, offset: 0 },
      { limit: 500, offset: 500 },
    ]);
  });

  it('scores forecasts of both, and counts those that wait', async () => {
    const forecast = (i: number, outcome: ForecastRow['outcome']): ForecastRow => ({
      sessionId: testId(100 + i),
      patientId: testId(200 + i),
      clinician: {
        id: testId(300 + i),
        userId: testId(901),
        userName: 'Dr A. Lindgren',
        side: 'left',
        lowN: 40,
        highN: 50,
        typedLow: '40',
        typedHigh: '50',
        unit: 'N',
        plannedOn: '2026-08-01',
        lastN: 42,
        lockedAt: '2026-07-01T08:00:00.000Z',
      },
      model: null,
      outcome,
    });
    const scored = {
      kind: 'scored',
      sessionId: testId<SessionId>(9),
      at: '2026-08-01T08:00:00.000Z',
      pinchPeakN: 45,
      isFarFromPlan: false,
    } as const;
    await open([], {
      forecasts: [
        ...Array.from({ length: 12 }, (_, i) => forecast(i, scored)),
        forecast(20, { kind: 'waiting' }),
        forecast(21, { kind: 'other-device', at: scored.at }),
      ],
    });
    expect(await screen.findByText(/^12 scored, 1 waiting for the next visit, 1 not scored/)).toBeTruthy();
    expect((await cellsOf(/^Dr A. Lindgren$/))[1]).toMatch(/^n = 12 of 12 patients: 100\s%.*promised 50\s%$/);
  });

  it('takes reliance from training cases only', async () => {
    const training = Array.from(
      { length: 10 },
      (_, i): TrainingResult => ({
        userId: testId(901),
        userName: 'Dr A. Lindgren',
        caseId: `case-${i}`,
        answer: 'nonimpaired',
        confidencePercent: 80,
        modelAnswer: 'four-corner-fusion',
        finalAnswer: i < 5 ? 'four-corner-fusion' : 'nonimpaired',
        truth: 'nonimpaired',
      }),
    );
    await open(agreeing(12), { training });
    expect((await cellsOf(/^the whole team$/))[4]).toMatch(/^5 of 10: 50\s%/);
    expect(screen.getByText(/the operation is no truth/)).toBeTruthy();
  });
});

describe('tables that leave the app', () => {
  const rows = guessedJudgements(12, 'csv').map((row, i) => ({ ...row, patientId: testId(500 + i) }));
  it('hold every figure with n and chance, and no share below ten', () => {
    const text = figuresCsv(concordanceReport(rows), { decimalMark: '.', isSample: true });
    expect(text.split('\r\n')[0]).toBe('invented people: sample clinic of Prehensa');
    expect(text).toMatch(/^blinded,clinician and model,same answer,12,12,0\.\d+,/m);
    const few = figuresCsv(concordanceReport(rows.slice(0, 9)), { decimalMark: '.', isSample: false });
    expect(few).toMatch(/^blinded,clinician and model,same answer,9,9,,,,,,too few to say$/m);
  });

  it('call an interval wide only where there is one, and say how it was made', () => {
    const same = rows.map((row) => ({ ...row, modelAnswer: row.answer as 'nonimpaired' }));
    const lines = figuresCsv(concordanceReport(same), { decimalMark: '.', isSample: false }).split('\r\n');
    const line = (name: string) =>
      lines.find((each) => each.startsWith(`blinded,clinician and model,${name},`));
    expect(line('same answer')).toMatch(/,12,12,1,0\.\d+,1,Wilson,0\.\d+,wide interval$/);
    // Perfect agreement gives the coefficient no interval: nothing of it is wide.
    expect(line('AC1')).toMatch(/,12,12,1,,,,0,no interval: the same figure whichever patient is left out$/);
    const width = lines[1]!.split(',').length;
    for (const each of lines.slice(2)) {
      if (!each.includes('"')) expect(each.split(',')).toHaveLength(width);
    }
  });

  it('number patients, name none, run nothing, and keep a decimal comma apart from the separator', () => {
    const own = rows.map((row) => ({ ...row, clinicianName: '=HYPERLINK("x")', durationMs: 1500 }));
    const text = judgementsCsv(own, { decimalMark: ',', isSample: false });
    expect(text).not.toContain(rows[0]!.patientId);
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    expect(text.split('\r\n')[1]?.split(';')[5]).toBe('1,5');
  });
});
