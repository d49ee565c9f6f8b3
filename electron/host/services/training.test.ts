import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TrainingCases, type TrainingJudgement } from '../../../core/contract/schemas/training.ts';
import { codeOf, expectOk, startTestClinic, TEST_PASSPHRASE, type TestClinic } from '../app/test-clinic.ts';

const SHIPPED = TrainingCases.parse(JSON.parse(readFileSync('resources/training/cases.json', 'utf8')));
const FIRST = SHIPPED.cases[0]!;
const JUDGEMENT: TrainingJudgement = {
  answer: 'nonimpaired',
  confidencePercent: 70,
  drivers: [],
  durationMs: 8_000,
};

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic();
  expectOk(await clinic.api['app.createUser']({ name: 'Dr Test', passphrase: TEST_PASSPHRASE }));
});
afterEach(() => clinic.remove());
const caseNow = async () => expectOk(await clinic.api['training.cases']({})).cases[0]!;

describe('training cases', () => {
  it('show no model before the lock and no truth before the final answer, on the wire either', async () => {
    expect(await caseNow()).toMatchObject({ judgement: null, model: null, finalAnswer: null, truth: null });
    const frame = await clinic.request(JSON.stringify({ name: 'training.cases', input: {} }));
    expect(frame).not.toMatch(/probabilities|predictionSet|four-corner-fusion|proximal-row/);
    const locked = expectOk(await clinic.api['training.lock']({ caseId: FIRST.id, judgement: JUDGEMENT }));
    expect(locked).toMatchObject({ judgement: JUDGEMENT, model: FIRST.model, truth: null });
    expect((await caseNow()).truth).toBeNull();
    const finished = expectOk(
      await clinic.api['training.finish']({ caseId: FIRST.id, finalAnswer: 'cannot-tell' }),
    );
    expect(finished).toMatchObject({ finalAnswer: 'cannot-tell', truth: FIRST.truth });
  });

  it('are answered once, in order, and answers cannot be changed', async () => {
    const { api } = clinic;
    const finish = () => api['training.finish']({ caseId: FIRST.id, finalAnswer: 'nonimpaired' });
    expect(codeOf(await finish())).toBe('session.wrong_state');
    expectOk(await api['training.lock']({ caseId: FIRST.id, judgement: JUDGEMENT }));
    expect(codeOf(await api['training.lock']({ caseId: FIRST.id, judgement: JUDGEMENT }))).toBe(
      'session.wrong_state',
    );
    expectOk(await finish());
    expect(codeOf(await finish())).toBe('session.wrong_state');
    expect(codeOf(await api['training.lock']({ caseId: 'case-99', judgement: JUDGEMENT }))).toBe(
      'training.missing',
    );
    const { db } = clinic.host.clinic.opened!;
    expect(() => db.raw.prepare("UPDATE training_answer SET content = '{}'").run()).toThrow('is evidence');
  });

  it('give results of everybody, of cases the caller has finished only, each answer of its own user', async () => {
    const { api } = clinic;
    expectOk(await api['training.lock']({ caseId: FIRST.id, judgement: JUDGEMENT }));
    expect(expectOk(await api['training.results']({}))).toEqual([]);
    expectOk(await api['training.finish']({ caseId: FIRST.id, finalAnswer: 'nonimpaired' }));
    expectOk(await api['app.createUser']({ name: 'M. Zweit', passphrase: TEST_PASSPHRASE }));
    const { users } = expectOk(await api['app.lock']({}));
    const userId = users.find(({ name }) => name === 'M. Zweit')!.id;
    expectOk(await api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }));
    expect((await caseNow()).judgement).toBeNull();
    // What a colleague finished would tell model and truth before the own answer.
    expect(expectOk(await api['training.results']({}))).toEqual([]);
    expectOk(await api['training.lock']({ caseId: FIRST.id, judgement: JUDGEMENT }));
    expect(expectOk(await api['training.results']({}))).toEqual([]);
    expectOk(await api['training.finish']({ caseId: FIRST.id, finalAnswer: 'cannot-tell' }));
    expect(expectOk(await api['training.results']({}))).toEqual([
      expect.objectContaining({
        userName: 'Dr Test',
        caseId: FIRST.id,
        answer: 'nonimpaired',
        finalAnswer: 'nonimpaired',
        truth: FIRST.truth,
      }),
      expect.objectContaining({ userName: 'M. Zweit', finalAnswer: 'cannot-tell' }),
    ]);
  });

  it('say so when the file is missing or damaged', async () => {
    const bare = await startTestClinic({ resourcesFolder: 'docs' });
    expectOk(await bare.api['app.createUser']({ name: 'Dr Test', passphrase: TEST_PASSPHRASE }));
    expect(codeOf(await bare.api['training.cases']({}))).toBe('training.missing');
    await bare.remove();
  });
});
