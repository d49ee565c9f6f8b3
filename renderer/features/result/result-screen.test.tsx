// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../core/contract/errors.ts';
import { NO_RELIABLE_EXPLANATION } from '../../../core/explain/gate.ts';
import { testId } from '../../app/testing/memory-host.ts';
import { openResult as open } from './testing/open-result.tsx';
import {
  explanationOf,
  lockedSession,
  PINCH,
  predictionOf,
  REFUSED,
  trialsOf,
} from './testing/specimen-results.ts';

const openDrivers = () => screen.findByRole('button', { name: /What drove/ });

describe('result', () => {
  it('asks in order, stores before it shows, and explains after the number', async () => {
    const { steps, state } = await open();
    expect(await screen.findByText('Resembles nonimpaired')).toBeTruthy();
    expect(screen.getAllByText('3 %').length).toBeGreaterThan(0);
    await expect
      .poll(() => steps)
      .toEqual(['receipt', 'input', 'predict', 'store', 'explain', 'store explanation']);
    expect(screen.getByText(/the five networks 1 % to 8 %/)).toBeTruthy();
    expect(screen.getByText('four-corner fusion or proximal row carpectomy')).toBeTruthy();
    expect(screen.getByText(/hold the right class for 9 of 10 simulated people/)).toBeTruthy();
    expect(screen.getByText(/c0ffee12/)).toBeTruthy();
    expect(screen.getByText(/trained on simulated people, research use; not a medical device/)).toBeTruthy();
    expect(screen.getByText(/four-corner fusion, 60 %/)).toBeTruthy();
    expect(state.view.overlap).toMatchObject({ named: 2, overlap: 1, sameSign: 1 });
  });

  it('shows no number that the store refused, says that the judgement is safe, and can ask again', async () => {
    let isFull = true;
    const { user, steps } = await open({
      handlers: {
        'predictions.store': ({ prediction }) => {
          if (isFull) throw new AppError('store.full');
          return { ...lockedSession({ state: 'revealed' }), prediction };
        },
      },
    });
    expect(await screen.findByText(/Your judgement is locked and safe/)).toBeTruthy();
    expect(screen.queryByText('Resembles nonimpaired')).toBeNull();
    expect(steps).not.toContain('explain');
    isFull = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Resembles nonimpaired')).toBeTruthy();
  });

  it('asks nothing of the model before the lock', async () => {
    const view = { ...lockedSession({ state: 'saved', judgedSide: null }), judgements: [] };
    const { steps } = await open({ view });
    expect(await screen.findByText('The model opens after you lock your judgement.')).toBeTruthy();
    expect(steps).toEqual([]);
  });

  it('does not run again for a result that is stored', async () => {
    const view = {
      ...lockedSession({ state: 'revealed' }),
      prediction: predictionOf(),
      explanation: explanationOf(),
    };
    const { steps } = await open({ view });
    expect(await screen.findByText('Resembles nonimpaired')).toBeTruthy();
    expect(steps).toEqual([]);
  });

  it('runs again when wrist strength was added after a result from pinch alone', async () => {
    const view = {
      ...lockedSession({ state: 'revealed' }),
      prediction: predictionOf({ inputPattern: 'A' }),
      explanation: explanationOf(),
    };
    const { steps } = await open({ view });
    expect(await screen.findByText('Resembles nonimpaired')).toBeTruthy();
    await expect.poll(() => steps).toContain('store explanation');
    expect(steps.slice(0, 4)).toEqual(['receipt', 'input', 'predict', 'store']);
    expect(screen.queryByText(/Needs wrist strength/)).toBeNull();
  });

  it('offers wrist strength when only pinch was there, and does not ask again by itself', async () => {
    const view = { ...lockedSession(), trials: trialsOf(PINCH) };
    const { user, events, steps } = await open({
      view,
      prediction: predictionOf({
        inputPattern: 'A',
        predictionSet: ['nonimpaired', 'four-corner-fusion', 'proximal-row-carpectomy'],
        refusals: ['full-set'],
        widthReasons: ['missing-wrist-strength'],
      }),
    });
    expect(await screen.findByText('Cannot tell')).toBeTruthy();
    expect(screen.getByText(/No class can be ruled out/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Add wrist strength' }));
    expect(events).toEqual(['add wrist']);
    expect(steps.filter((step) => step === 'predict')).toHaveLength(1);
  });

  it('shows a refusal as a result: reason and what to do, no class, no percentage, no drivers', async () => {
    const { steps } = await open({ prediction: predictionOf(REFUSED) });
    const refusal = (await screen.findByText('Out of range: cannot tell')).closest('div');
    expect(refusal?.textContent).toMatch(/unlike those of the simulated people.*Check each value/);
    expect(screen.queryByText('Resembles nonimpaired')).toBeNull();
    expect(screen.queryByRole('button', { name: /What drove/ })).toBeNull();
    expect(steps).not.toContain('explain');
    expect(screen.getByText(/research use; not a medical device/)).toBeTruthy();
  });

  it('keeps the drivers closed until asked, logs the first opening once, and names the reference', async () => {
    const { user, steps } = await open();
    const opener = await openDrivers();
    await expect.poll(() => steps).toContain('store explanation');
    expect(screen.queryByText(/Compared with/)).toBeNull();
    expect(steps).not.toContain('opened');
    await user.click(opener);
    const table = screen.getByRole('table', { name: /Compared with nonimpaired people of her sex/ });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map((row) => row.getAttribute('data-driver'))).toEqual([
      'wrist-extension-percent-expected',
      'wrist-radial-percent-expected',
      'pinch-percent-expected',
    ]);
    expect(rows[0]?.textContent).toMatch(/\+.*speaks for four-corner fusion.*2\.1 N·m \(ref 5\.8 N·m\)/);
    expect(rows[1]?.textContent).toMatch(/−.*speaks for PRC/);
    expect(screen.getByText('overlap 1 of 2 named')).toBeTruthy();
    expect(screen.getByText(/\(chance \d\.\d of 2\)/)).toBeTruthy();
    await user.click(opener);
    await user.click(opener);
    expect(steps.filter((step) => step === 'opened')).toHaveLength(1);
  });

  it('leads from the drivers to the methods and back: panel, note and focus are kept', async () => {
    const { user, steps } = await open();
    await expect.poll(() => steps).toContain('store explanation');
    const toMethods = { name: 'Compare methods (for researchers)' };
    expect(screen.queryByRole('button', toMethods)).toBeNull();
    await user.click(await openDrivers());
    await user.type(screen.getByLabelText('Note'), 'painful at first');
    expect(steps).not.toContain('methods compared');
    await user.click(screen.getByRole('button', toMethods));
    expect(steps).toContain('methods compared');
    expect(screen.queryByRole('button', toMethods)).toBeNull();
    expect(screen.queryByRole('heading', { name: 'Result' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Back from the methods' }));
    expect(document.activeElement).toBe(screen.getByRole('button', toMethods));
    expect((screen.getByLabelText('Note') as HTMLTextAreaElement).value).toBe('painful at first');
    expect(screen.queryByRole('button', { name: 'Back from the methods' })).toBeNull();
  });

  it('withholds the picture when a check fails and says once why', async () => {
    const { user, state } = await open({
      explanation: explanationOf({
        isShown: false,
        sentence: NO_RELIABLE_EXPLANATION,
        gate: [{ name: 'noise-stability', value: 0.5, limit: 0.8, ok: false }],
        repeated: { draws: 20, sameAnswer: 10, sameDriver: 10, otherAnswers: ['proximal-row-carpectomy'] },
      }),
    });
    await user.click(await openDrivers());
    expect(await screen.findAllByText(/no reliable explanation/i)).toHaveLength(1);
    expect(screen.getByText(/Read it as four-corner fusion or PRC, not as one of them/)).toBeTruthy();
    expect(screen.queryByText(/The number above stands/)).toBeNull();
    expect(screen.queryByRole('table', { name: /Compared with/ })).toBeNull();
    expect(state.view.overlap).toBeNull();
  });

  it('says the sentence above the bars', async () => {
    const { user } = await open({
      explanation: explanationOf({ sentence: 'For four-corner fusion: this.' }),
    });
    await user.click(await openDrivers());
    const sentence = await screen.findByText('For four-corner fusion: this.');
    const table = screen.getByRole('table', { name: /Compared with/ });
    expect(sentence.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  });

  it('compares and closes in one step', async () => {
    const { user, events, inputsOf } = await open();
    await user.click(await screen.findByLabelText('agree'));
    await user.click(screen.getByRole('button', { name: 'Save and close the session' }));
    await expect.poll(() => events).toEqual(['done']);
    expect(inputsOf('sessions.compare')).toMatchObject([
      { comparison: { verdict: 'agree', note: '', secondLook: null } },
    ]);
    expect(inputsOf('sessions.close')).toHaveLength(1);
  });

  it('gives a second look after a disagreement and keeps both answers', async () => {
    const { user, inputsOf } = await open();
    await screen.findByLabelText('disagree');
    expect(screen.queryByText('A second look')).toBeNull();
    await user.click(screen.getByLabelText('disagree'));
    await user.type(screen.getByLabelText('What would change your mind?'), 'a radiograph');
    await user.click(screen.getByLabelText('Ask a colleague'));
    await user.selectOptions(screen.getByLabelText('Your answer after the second look'), 'cannot-tell');
    await user.click(screen.getByRole('button', { name: 'Save, keep the session open' }));
    expect(await screen.findByText(/what would change it: a radiograph; a colleague is asked/)).toBeTruthy();
    expect(inputsOf('sessions.compare')).toMatchObject([
      {
        comparison: {
          verdict: 'disagree',
          secondLook: { wouldChangeMind: 'a radiograph', askColleague: true, finalAnswer: 'cannot-tell' },
        },
      },
    ]);
    expect(screen.getByText(/four-corner fusion, 60 %/)).toBeTruthy();
  });

  it('does not save a comparison without a choice', async () => {
    const { user, inputsOf } = await open();
    await user.click(await screen.findByRole('button', { name: 'Save and close the session' }));
    expect(screen.getByText(/Choose one first/)).toBeTruthy();
    expect(inputsOf('sessions.compare')).toEqual([]);
  });

  it('names the earlier result of the same hand with the time between', async () => {
    const { patient: _patient, ...row } = lockedSession({
      id: testId(502),
      state: 'closed',
      startedAt: '2026-09-02T08:00:00.000Z',
    });
    const earlier = { ...row, prediction: predictionOf({ probabilities: [0.12, 0.5, 0.38] }) };
    await open({ handlers: { 'sessions.listForPatient': () => ({ rows: [earlier], total: 1 }) } });
    expect(await screen.findByText(/12 weeks ago 12 %/)).toBeTruthy();
  });

  it('says that a result is hidden while another judgement is open', async () => {
    await open({ view: lockedSession({ state: 'revealed' }) });
    expect(await screen.findByText(/hidden while a judgement of this patient is open/)).toBeTruthy();
  });
});
