import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  pinchTrial,
  savedSession,
  sixTrials,
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

  it('takes up the session that is being measured, unless it is to be left as it is', async () => {
    const { api } = clinic;
    const { patient } = await savedSession(clinic);
    const start = async (leaves?: SessionId[]) =>
      expectOk(
        await api['sessions.start']({ patientId: patient.id, draft: EMPTY_DRAFT, ...(leaves && { leaves }) }),
      ).session.id;
    const earlier = await start();
    expect(await start()).toBe(earlier);
    const today = await start([earlier]);
    expect(today).not.toBe(earlier);
    expect(await start([earlier])).toBe(today);
    expect(expectOk(await api['sessions.get']({ sessionId: earlier })).session.state).toBe('measuring');
  });

  it('keeps what is typed to be added until it is added; the saved session itself stays as it was', async () => {
    const { api } = clinic;
    const { session } = await savedSession(clinic);
    const before = expectOk(await api['sessions.get']({ sessionId: session.id }));
    const draft = {
      ...EMPTY_DRAFT,
      cells: { 'wrist-flexion/left/1': '4,2' },
      summaryRule: 'maximum' as const,
      protocol: 'grip' as const,
    };
    expectOk(await api['sessions.saveDraft']({ sessionId: session.id, draft }));
    expect(expectOk(await api['sessions.get']({ sessionId: session.id }))).toEqual({ ...before, draft });
    expectOk(await api['sessions.saveDraft']({ sessionId: session.id, draft: EMPTY_DRAFT }));
    expect(expectOk(await api['sessions.get']({ sessionId: session.id })).draft).toBeNull();
    expectOk(await api['sessions.saveDraft']({ sessionId: session.id, draft }));
    const added = await api['sessions.addTrials']({
      sessionId: session.id,
      trials: [pinchTrial('left', 4, '4.2')],
    });
    expect(expectOk(added).draft).toBeNull();
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

  it('corrects the device of a measure: new versions with the reason, and the trend breaks there', async () => {
    const { api } = clinic;
    const { session, patient } = await savedSession(clinic);
    const device = { serial: '1', kind: 'pinch-gauge', unit: 'kg', calibratedOn: null } as const;
    const right = expectOk(await api['devices.create']({ ...device, name: 'Jamar' }));
    const answer = await api['sessions.correctTrial']({
      sessionId: session.id,
      trial: { ...pinchTrial('right', 1, '7.2'), deviceId: right.id },
      reason: 'the other gauge',
      isDeviceOfAll: true,
    });
    const view = expectOk(answer);
    expect(view.trials.map((t) => [t.version, t.deviceId, t.correctionReason])).toEqual(
      Array.from({ length: 6 }, () => [2, right.id, 'the other gauge']),
    );
    expect(view.trials.map((t) => t.typedText)).toEqual(sixTrials().map((t) => t.typedText));
    // No device was named at first: the session itself stays without one, its trials carry theirs.
    expect([view.history.length, view.session.deviceId]).toEqual([6, null]);
    const trend = expectOk(await api['sessions.trend']({ patientId: patient.id, measure: 'lateral-pinch' }));
    expect(trend.map(({ deviceName }) => deviceName)).toEqual(['Jamar', 'Jamar']);
  });

  it('swaps the hands of a measure in one step, also where one hand has more trials, and back again', async () => {
    const trials = [...sixTrials().slice(0, 4), pinchTrial('right', 4, '7.9')];
    const { session } = await savedSession(clinic, { trials });
    const swap = async () => {
      const view = expectOk(
        await clinic.api['sessions.swapHands']({
          sessionId: session.id,
          measure: 'lateral-pinch',
          reason: 'hands mixed up',
        }),
      );
      return view.trials
        .filter(({ valueSi }) => valueSi !== null)
        .map((t) => `${t.side} ${t.trialNumber} ${t.typedText}`)
        .sort();
    };
    const before = trials.map((t) => `${t.side} ${t.trialNumber} ${t.typedText}`).sort();
    const exchanged = before.map((text) =>
      text.startsWith('right') ? text.replace('right', 'left') : text.replace('left', 'right'),
    );
    expect(await swap()).toEqual(exchanged.sort());
    expect(await swap()).toEqual(before);
    expect(
      codeOf(
        await clinic.api['sessions.swapHands']({ sessionId: session.id, measure: 'grip-2', reason: 'x' }),
      ),
    ).toBe('session.not_found');
  });

  it('a complete session needs no judgement: saved, in the trend, and closable', async () => {
    const { session, patient } = await savedSession(clinic);
    const trend = expectOk(
      await clinic.api['sessions.trend']({ patientId: patient.id, measure: 'lateral-pinch' }),
    );
    expect(trend.map((p) => [p.side, p.trialCount])).toEqual([
      ['right', 3],
      ['left', 3],
    ]);
    expect(trend[1]?.valueSi).toBeCloseTo(((4.1 + 4.4 + 4.2) / 3) * 9.80665, 9);
    expect(expectOk(await clinic.api['sessions.close']({ sessionId: session.id })).session.state).toBe(
      'closed',
    );
  });

  it('stores every trial with the device of its role, and keeps it through a correction', async () => {
    const { api } = clinic;
    const { patient } = await savedSession(clinic);
    const device = async (name: string, kind: 'pinch-gauge' | 'dynamometer') =>
      expectOk(await api['devices.create']({ name, serial: '1', kind, unit: 'kg', calibratedOn: null }));
    const gauge = await device('gauge', 'pinch-gauge');
    const handle = await device('handle', 'dynamometer');
    const gone = '00000000-0000-4000-8000-000000000000' as typeof gauge.id;
    const draft = { ...EMPTY_DRAFT, deviceId: gauge.id, devices: { pinch: gauge.id, grip: handle.id } };
    const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft }));
    const trials = [
      pinchTrial('left', 1, '4.1'),
      { ...pinchTrial('left', 1, '31'), measure: 'grip-2' as const },
      { ...pinchTrial('left', 1, '3'), measure: 'tip-pinch' as const, deviceId: gone },
    ];
    const saved = expectOk(await api['sessions.saveMeasurements']({ sessionId: session.id, trials, draft }));
    const devices = Object.fromEntries(saved.trials.map((t) => [t.measure, t.deviceId]));
    expect(devices).toEqual({ 'lateral-pinch': gauge.id, 'grip-2': handle.id, 'tip-pinch': null });
    const { deviceId: _, ...grip } = { ...trials[1]!, deviceId: null };
    const corrected = expectOk(
      await api['sessions.correctTrial']({
        sessionId: session.id,
        trial: { ...grip, typedText: '32', valueSi: 32 * 9.80665 },
        reason: 'misread',
      }),
    );
    expect(corrected.trials.find((t) => t.measure === 'grip-2')).toMatchObject({
      typedText: '32',
      deviceId: handle.id,
    });
  });

  it('refuses a score beyond its scale', async () => {
    const { api } = clinic;
    const { patient } = await savedSession(clinic);
    const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft: EMPTY_DRAFT }));
    const score = (typedText: string) => ({
      ...pinchTrial('right', 1, typedText),
      ...({ measure: 'score-quickdash', typedUnit: 'points', valueSi: Number(typedText) } as const),
    });
    const save = (typedText: string) =>
      api['sessions.saveMeasurements']({
        sessionId: session.id,
        trials: [score(typedText)],
        draft: EMPTY_DRAFT,
      });
    expect(codeOf(await save('101'))).toBe('input.invalid');
    expect(codeOf(await save('100'))).toBe('ok');
  });

  it('ends no session that began later: yesterday’s, finished today, leaves today’s to be judged', async () => {
    const { api } = clinic;
    const { patient } = await savedSession(clinic);
    const start = async (leaves: SessionId[] = []) =>
      expectOk(await api['sessions.start']({ patientId: patient.id, draft: EMPTY_DRAFT, leaves })).session.id;
    const save = async (sessionId: SessionId) =>
      expectOk(
        await api['sessions.saveMeasurements']({ sessionId, trials: sixTrials(), draft: EMPTY_DRAFT }),
      );
    const stateOf = async (sessionId: SessionId) =>
      expectOk(await api['sessions.get']({ sessionId })).session.state;
    const yesterday = await start();
    const today = await start([yesterday]);
    await save(today);
    await save(yesterday);
    expect([await stateOf(yesterday), await stateOf(today)]).toEqual(['saved', 'saved']);
    // A later one ends both.
    await save(await start());
    expect([await stateOf(yesterday), await stateOf(today)]).toEqual(['closed', 'closed']);
  });

  it('keeps what was typed for a session that is closed meanwhile, and takes it; nothing else is added to it', async () => {
    const { api } = clinic;
    const { session } = await savedSession(clinic);
    const sessionId = session.id;
    const draft = { ...EMPTY_DRAFT, cells: { 'lateral-pinch/left/4': '4.3' } };
    expectOk(await api['sessions.saveDraft']({ sessionId, draft }));
    expectOk(await api['sessions.close']({ sessionId }));
    expect(expectOk(await api['sessions.get']({ sessionId })).draft?.cells).toEqual(draft.cells);
    const added = (text: string, number: number) =>
      api['sessions.addTrials']({ sessionId, trials: [pinchTrial('left', number, text)] });
    expect(codeOf(await added('4.3', 4))).toBe('ok');
    expect(expectOk(await api['sessions.get']({ sessionId })).draft).toBeNull();
    expect(codeOf(await added('4.4', 5))).toBe('session.wrong_state');
    expect(codeOf(await api['sessions.saveDraft']({ sessionId, draft }))).toBe('session.wrong_state');
  });

  it('lets nobody write over a draft that is hidden from them', async () => {
    const { api } = clinic;
    const { patient, session: earlier } = await savedSession(clinic);
    const draft = { ...EMPTY_DRAFT, cells: { 'lateral-pinch/left/4': '4.3' } };
    expectOk(await api['sessions.saveDraft']({ sessionId: earlier.id, draft }));
    expectOk(await api['sessions.close']({ sessionId: earlier.id }));
    const blinded = { ...EMPTY_DRAFT, isBlinded: true };
    const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft: blinded }));
    expectOk(
      await api['sessions.saveMeasurements']({ sessionId: session.id, trials: sixTrials(), draft: blinded }),
    );
    expect(expectOk(await api['sessions.get']({ sessionId: earlier.id })).draft).toBeNull();
    const cleared = { ...EMPTY_DRAFT, cells: {} };
    expect(codeOf(await api['sessions.saveDraft']({ sessionId: earlier.id, draft: cleared }))).toBe(
      'session.wrong_state',
    );
    expectOk(await api['sessions.close']({ sessionId: session.id }));
    expect(expectOk(await api['sessions.get']({ sessionId: earlier.id })).draft?.cells).toEqual(draft.cells);
  });
});
