// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../core/contract/errors.ts';
import type { RefusalReason } from '../../../core/contract/schemas/judgement.ts';
import type { InferenceFailure } from '../../workers/inference-protocol.ts';
import { openResult as open } from './testing/open-result.tsx';
import { explanationOf, lockedSession, predictionOf, REFUSED } from './testing/specimen-results.ts';

type Refusal = (typeof RefusalReason)['options'][number];

/** As the worker's client throws it. */
const broken = (code: InferenceFailure, path: string) => Object.assign(new Error(code), { code, path });

describe('a refusal', () => {
  it.each<[Refusal, RegExp, RegExp]>([
    ['out-of-range', /unlike those of the simulated people/, /Check each value and its unit/],
    ['too-few-trials', /too few trials of the judged hand/, /Measure three trials in a new session/],
    ['mixed-units', /more than one unit, or one is almost twice/, /correct the wrong one with a reason/],
    ['missing-required-input', /key pinch of the judged hand/, /Measure it in a new session/],
  ])('%s: what happened, what to do, the values, and the way to them', async (reason, what, todo) => {
    const { user, events } = await open({ prediction: predictionOf({ ...REFUSED, refusals: [reason] }) });
    const box = (await screen.findByText(what)).closest<HTMLElement>('[data-result="cannot-tell"]');
    expect(box?.textContent).toMatch(todo);
    expect(screen.queryByText('Resembles nonimpaired')).toBeNull();
    expect(screen.getByText('4.1 kg')).toBeTruthy();
    // Adding wrist strength cannot mend any of these: it is not offered.
    expect(screen.queryByRole('button', { name: 'Add wrist strength' })).toBeNull();
    await user.click(within(box!).getByRole('button', { name: 'Look at the measured values' }));
    expect(events).toEqual(['measurements']);
  });

  it('can be compared and closed like any result', async () => {
    const { user, events, inputsOf } = await open({ prediction: predictionOf(REFUSED) });
    await user.click(await screen.findByLabelText('cannot tell'));
    await user.click(screen.getByRole('button', { name: 'Save and close the session' }));
    await expect.poll(() => events).toEqual(['done']);
    expect(inputsOf('sessions.compare')).toMatchObject([{ comparison: { verdict: 'cannot-tell' } }]);
  });
});

describe('a model that cannot be used', () => {
  it.each<[InferenceFailure, string, RegExp]>([
    ['hash-mismatch', 'member-2/weights.bin', /“member-2\/weights.bin” of the model is not the one/],
    ['missing-file', 'calibration.json', /“calibration.json” of the model is missing/],
    ['not-understood', 'current.json', /“current.json” of the model cannot be read/],
    ['engine', '', /could not be run on this computer/],
  ])('%s: names the file, keeps judgement and values, computes nothing', async (code, path, title) => {
    const { steps, inputsOf } = await open({ workerFailures: 9, workerError: broken(code, path) });
    expect(await screen.findByText(title)).toBeTruthy();
    expect(screen.getByText(/judgement is locked and safe.*nothing was lost/)).toBeTruthy();
    expect(screen.getByText(/four-corner fusion, 60 %/)).toBeTruthy();
    expect(screen.getByText('4.1 kg')).toBeTruthy();
    expect(screen.queryByText('Resembles nonimpaired')).toBeNull();
    expect(steps).toEqual(['receipt', 'input', 'predict']);
    expect(inputsOf('predictions.store')).toEqual([]);
    expect(document.body.textContent).not.toMatch(/Incident (model|null|undefined)/);
  });

  it('lets the session be closed without a result, and asked again', async () => {
    const { user, events, inputsOf } = await open({
      workerFailures: 1,
      workerError: broken('missing-file', 'golden.json'),
    });
    await user.click(await screen.findByRole('button', { name: 'Close the session' }));
    await expect.poll(() => events).toEqual(['done']);
    expect(inputsOf('sessions.close')).toHaveLength(1);
  });

  it('says that it stays open, not that something is wrong, when the host will not close it yet', async () => {
    const { user, events } = await open({
      workerFailures: 1,
      workerError: broken('missing-file', 'golden.json'),
      handlers: {
        'sessions.close': () => {
          throw new AppError('session.wrong_state');
        },
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Close the session' }));
    expect(await screen.findByText('This session stays open for now.')).toBeTruthy();
    expect(events).toEqual([]);
  });

  it('compares a stored number although its drivers cannot be worked out', async () => {
    const view = { ...lockedSession({ state: 'revealed' }), prediction: predictionOf() };
    const { user, inputsOf } = await open({
      view,
      explanation: explanationOf(),
      explainError: broken('hash-mismatch', 'member-0/weights.bin'),
    });
    await user.click(await screen.findByRole('button', { name: /What drove/ }));
    expect(await screen.findByText(/“member-0\/weights.bin” of the model is not the one/)).toBeTruthy();
    expect(screen.getByText(/The number above stands/)).toBeTruthy();
    await user.click(screen.getByLabelText('agree'));
    await user.click(screen.getByRole('button', { name: 'Save, keep the session open' }));
    await expect.poll(() => inputsOf('sessions.compare')).toHaveLength(1);
  });

  it('says of a closed session without a result that it has none, and not that one is hidden', async () => {
    await open({ view: lockedSession({ state: 'closed' }) });
    expect(await screen.findByText(/closed without a model result/)).toBeTruthy();
    expect(screen.queryByText(/hidden while a judgement/)).toBeNull();
  });

  it('says hidden when another session of the patient waits for its judgement', async () => {
    const { patient: _patient, ...newer } = lockedSession({
      state: 'saved',
      startedAt: '2026-11-26T08:00:00.000Z',
    });
    await open({
      view: lockedSession({ state: 'closed' }),
      handlers: { 'sessions.listForPatient': () => ({ rows: [newer], total: 1 }) },
    });
    expect(await screen.findByText(/hidden while a judgement/)).toBeTruthy();
  });
});
