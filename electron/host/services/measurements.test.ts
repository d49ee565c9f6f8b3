import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  pinchTrial,
  savedSession,
  startTestClinic,
  type TestClinic,
} from '../app/test-clinic.ts';

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic();
});
afterEach(() => clinic.remove());

describe('measurements', () => {
  it('refuses a value that is not what was typed: the page is not trusted with conversion', async () => {
    const { api } = clinic;
    const { patient } = await savedSession(clinic);
    const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft: EMPTY_DRAFT }));
    const save = (trial: object) =>
      api['sessions.saveMeasurements']({
        sessionId: session.id,
        trials: [{ ...pinchTrial('left', 1, '4.1'), ...trial }],
        draft: EMPTY_DRAFT,
      });
    for (const wrong of [
      { valueSi: 4.1 },
      { typedUnit: 'lb' },
      { typedUnit: 'N.m' },
      { typedText: '1e999' },
      { typedText: 'four' },
      { typedText: '4.1x' },
    ]) {
      expect(codeOf(await save(wrong)), JSON.stringify(wrong)).toBe('input.invalid');
    }
    const twice = [pinchTrial('left', 1, '4.1'), pinchTrial('left', 1, '4.2')];
    expect(
      codeOf(
        await api['sessions.saveMeasurements']({ sessionId: session.id, trials: twice, draft: EMPTY_DRAFT }),
      ),
    ).toBe('input.invalid');
    expect(codeOf(await save({}))).toBe('ok');
  });

  it('keeps both versions of a corrected trial with the reason', async () => {
    const { session } = await savedSession(clinic);
    const view = expectOk(
      await clinic.api['sessions.correctTrial']({
        sessionId: session.id,
        trial: pinchTrial('left', 2, '4.6'),
        reason: 'misread the gauge',
      }),
    );
    expect(view.trials.find((t) => t.side === 'left' && t.trialNumber === 2)?.typedText).toBe('4.6');
    expect(view.history.map((t) => t.typedText)).toEqual(['4.4']);
  });

  it('a complete session needs no judgement: saved, in the trend, and closable', async () => {
    const { session, patient } = await savedSession(clinic);
    const trend = expectOk(await clinic.api['sessions.trend']({ patientId: patient.id }));
    expect(trend.map((p) => [p.side, p.trialCount])).toEqual([
      ['right', 3],
      ['left', 3],
    ]);
    expect(trend[1]?.pinchN).toBeCloseTo(((4.1 + 4.4 + 4.2) / 3) * 9.80665, 9);
    expect(expectOk(await clinic.api['sessions.close']({ sessionId: session.id })).session.state).toBe(
      'closed',
    );
  });
});
