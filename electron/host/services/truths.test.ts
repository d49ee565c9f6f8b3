import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JudgementFields } from '../../../core/contract/schemas/judgement.ts';
import type { TruthFields } from '../../../core/contract/schemas/reading.ts';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  savedSession,
  startTestClinic,
  type TestClinic,
} from '../app/test-clinic.ts';

const JUDGEMENT: JudgementFields = {
  answer: 'nonimpaired',
  confidencePercent: 70,
  drivers: [],
  isBlinded: false,
  durationMs: 9_000,
};
const NOTE: TruthFields = {
  kind: 'operation-note',
  knownOn: '2026-05-12',
  answer: 'four-corner-fusion',
  text: 'Fusion of lunate, triquetrum, capitate, hamate.',
  supersedesId: null,
};

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic({ knownBundles: new Map() });
});
afterEach(() => clinic.remove());

async function locked(change: Partial<JudgementFields> = {}) {
  const view = await savedSession(clinic);
  const sessionId = view.session.id;
  const judgement = { ...JUDGEMENT, ...change };
  expectOk(await clinic.api['sessions.lockJudgement']({ sessionId, judgedSide: 'left', judgement }));
  return { sessionId, patientId: view.patient.id };
}

describe('what became known later', () => {
  it('is appended after the lock; a newer entry replaces an earlier one, and both stay', async () => {
    const { sessionId } = await locked();
    const { api } = clinic;
    const [first] = expectOk(await api['truths.add']({ sessionId, truth: NOTE }));
    expect(first).toMatchObject({ ...NOTE, userName: 'Dr Test', supersededById: null });
    const supersedesId = first?.id ?? '';
    const newer: TruthFields = {
      ...NOTE,
      kind: 'imaging',
      answer: null,
      text: 'X-ray: fused.',
      supersedesId,
    };
    const [second, replaced] = expectOk(await api['truths.add']({ sessionId, truth: newer }));
    expect([second?.text, replaced?.text, replaced?.supersededById]).toEqual([
      'X-ray: fused.',
      NOTE.text,
      second?.id,
    ]);
    // Replacing what was replaced would make two that stand.
    expect(codeOf(await api['truths.add']({ sessionId, truth: newer }))).toBe('truth.replaced');
    const other = await locked();
    expect(codeOf(await api['truths.add']({ sessionId: other.sessionId, truth: newer }))).toBe(
      'truth.replaced',
    );
    expect(expectOk(await api['truths.list']({ sessionId }))).toHaveLength(2);
    expect(() => clinic.host.clinic.opened?.db.raw.prepare("UPDATE truth SET content = '{}'").run()).toThrow(
      'is evidence',
    );
  });

  it('is refused before the lock, and hidden while a blinded judgement of the patient is open', async () => {
    const { api } = clinic;
    const saved = await savedSession(clinic);
    const early = await api['truths.add']({ sessionId: saved.session.id, truth: NOTE });
    expect(codeOf(early)).toBe('judgement.not_locked');
    const { sessionId, patientId } = await locked();
    expectOk(await api['truths.add']({ sessionId, truth: NOTE }));
    const draft = { ...EMPTY_DRAFT, isBlinded: true };
    const open = expectOk(await api['sessions.start']({ patientId, draft }));
    expect(expectOk(await api['truths.list']({ sessionId }))).toEqual([]);
    expect(codeOf(await api['truths.add']({ sessionId, truth: NOTE }))).toBe('judgement.not_locked');
    expectOk(await api['sessions.discard']({ sessionId: open.session.id }));
    expect(expectOk(await api['truths.list']({ sessionId }))).toHaveLength(1);
  });

  it('needs a class or words', async () => {
    const { sessionId } = await locked();
    const truth = { ...NOTE, answer: null, text: '  ' };
    expect(codeOf(await clinic.api['truths.add']({ sessionId, truth }))).toBe('input.invalid');
  });
});

describe('flags of a lock', () => {
  const flagsOf = async (change: Partial<JudgementFields>) => {
    const { sessionId } = await locked(change);
    return expectOk(await clinic.api['judgements.flags']({ sessionId })).flags;
  };
  it('knows nothing before the lock, flags a fast one, and the sixth of a row alike', async () => {
    const { session } = await savedSession(clinic);
    expect(codeOf(await clinic.api['judgements.flags']({ sessionId: session.id }))).toBe(
      'judgement.not_locked',
    );
    expect(await flagsOf({ durationMs: 2_999 })).toEqual(['under-3-seconds']);
    for (let place = 1; place < 5; place += 1) expect(await flagsOf({})).toEqual([]);
    expect(await flagsOf({})).toEqual(['repeated-pattern']);
    // A lock is flagged by what came before it: a later one changes nothing.
    expect(await flagsOf({ answer: 'cannot-tell', confidencePercent: null })).toEqual([]);
  });
});
