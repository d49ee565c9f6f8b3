// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import { toNewtons } from '../../../core/units/quantities.ts';
import { isResultOutdated } from './result-freshness.ts';
import { openResult as open } from './testing/open-result.tsx';
import {
  explanationOf,
  lockedSession,
  PINCH,
  predictionOf,
  trialsOf,
  WRIST,
} from './testing/specimen-results.ts';

const kg = (value: number) => toNewtons(value, 'kg');

/** What the model read of a session: the largest trial of each measure of the left hand. */
function predictionFor(
  pinchKg: number,
  otherKg: number,
  refusals: ('mixed-units' | 'too-few-trials')[] = [],
) {
  const made = predictionOf({ refusals });
  const nm: Record<string, number> = {
    'wrist-extension-percent-expected': 2.1,
    'wrist-flexion-percent-expected': 4,
    'wrist-radial-percent-expected': 3.1,
    'wrist-ulnar-percent-expected': 3.4,
  };
  return {
    ...made,
    features: made.features.map((feature) => {
      if (feature.id === 'pinch-percent-expected') return { ...feature, measured: kg(pinchKg) };
      if (feature.id === 'pinch-ratio-other-hand')
        return { ...feature, value: pinchKg / otherKg, measured: null };
      return feature.id in nm ? { ...feature, measured: nm[feature.id] ?? null } : feature;
    }),
  };
}

const TWO = { ...PINCH, 'lateral-pinch/left/2': '4.0' };

/** The left trial 1 was 14.1 kg when the judgement was locked at 08:02, and is 4.1 kg since 08:06. */
function corrected(change: Partial<SessionView> = {}): SessionView {
  const trials = trialsOf({ ...TWO, ...WRIST });
  const isIt = (t: (typeof trials)[number]) =>
    t.measure === 'lateral-pinch' && t.side === 'left' && t.trialNumber === 1;
  return {
    ...lockedSession({ state: 'revealed' }),
    trials: trials.map((t) =>
      isIt(t)
        ? { ...t, version: 2, createdAt: '2026-11-25T08:06:00.000Z', correctionReason: 'typing slip' }
        : t,
    ),
    history: trials.filter(isIt).map((t) => ({ ...t, typedText: '14.1', valueSi: kg(14.1) })),
    prediction: predictionFor(14.1, 7.2, ['mixed-units']),
    explanation: explanationOf(),
    ...change,
  };
}

describe('a result after a correction', () => {
  it('marks the judgement and asks the model again with a new receipt, only when told to', async () => {
    const { user, steps } = await open({
      view: corrected(),
      prediction: predictionFor(4.1, 7.2, ['too-few-trials']),
    });
    expect(await screen.findByText('made on version 1')).toBeTruthy();
    expect(screen.getByText(/out of the figures/)).toBeTruthy();
    expect(steps).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Ask the model again' }));
    await expect
      .poll(() => steps)
      .toEqual(['receipt', 'input', 'predict', 'store', 'explain', 'store explanation']);
  });

  it('offers it no more once the answer belongs to the present values', async () => {
    const fresh = { ...predictionFor(4.1, 7.2), refusals: [] };
    const { user } = await open({ view: corrected(), prediction: fresh });
    await user.click(await screen.findByRole('button', { name: 'Ask the model again' }));
    await expect.poll(() => screen.queryByRole('button', { name: 'Ask the model again' })).toBeNull();
    expect(screen.getByText('made on version 1')).toBeTruthy();
  });

  it('does so in a closed session too, and explains the new number', async () => {
    const view = corrected();
    const { user, steps } = await open({
      view: { ...view, session: { ...view.session, state: 'closed' } },
      prediction: predictionFor(4.1, 7.2),
    });
    await user.click(await screen.findByRole('button', { name: 'Ask the model again' }));
    await expect.poll(() => steps).toContain('store explanation');
  });

  it('explains nothing with the present values for a number that was made from the earlier ones', async () => {
    const { steps } = await open({ view: corrected({ explanation: null }) });
    await screen.findByRole('button', { name: 'Ask the model again' });
    expect(steps).toEqual([]);
  });

  it('is outdated only by what the model reads', () => {
    const trial = (view: SessionView, place: string, change: object): SessionView => ({
      ...view,
      trials: view.trials.map((t) =>
        `${t.measure}/${t.side}/${t.trialNumber}` === place ? { ...t, ...change } : t,
      ),
    });
    const now = corrected({ prediction: predictionFor(4.1, 7.2) });
    expect(isResultOutdated(now)).toBe(false);
    expect(isResultOutdated(trial(now, 'lateral-pinch/left/2', { valueSi: kg(3.9) }))).toBe(false);
    expect(isResultOutdated(trial(now, 'lateral-pinch/left/2', { valueSi: kg(4.4) }))).toBe(true);
    expect(isResultOutdated(trial(now, 'lateral-pinch/right/1', { valueSi: kg(8) }))).toBe(true);
    expect(isResultOutdated(trial(now, 'wrist-flexion/left/1', { valueSi: 5 }))).toBe(true);
    expect(isResultOutdated(trial(now, 'wrist-flexion/left/1', { valueSi: null }))).toBe(true);
    expect(isResultOutdated(trial(now, 'lateral-pinch/left/2', { typedUnit: 'lb' }))).toBe(true);
    expect(isResultOutdated(trial(now, 'lateral-pinch/left/2', { valueSi: null }))).toBe(true);
    // Without a correction after the lock nothing is outdated, whatever the specimen holds.
    expect(isResultOutdated({ ...trial(now, 'wrist-flexion/left/1', { valueSi: 5 }), history: [] })).toBe(
      false,
    );
  });
});

describe('judging again after the reveal', () => {
  const disagree = async (change: Partial<SessionView> = {}) => {
    const view = {
      ...lockedSession({ state: 'revealed' }),
      prediction: predictionOf(),
      explanation: explanationOf(),
      ...change,
    };
    const opened = await open({ view });
    await opened.user.click(await screen.findByLabelText('disagree'));
    return opened;
  };

  it('is offered in the second look, kept beside the first, marked and not counted', async () => {
    const { user, inputsOf } = await disagree();
    await user.click(screen.getByRole('button', { name: 'Judge again' }));
    const form = within(screen.getByRole('form', { name: 'Judge again' }));
    await user.click(form.getByLabelText('nonimpaired'));
    await user.type(form.getByLabelText('How sure, 0 to 100 %'), '70');
    await user.click(form.getByRole('button', { name: 'Lock the second judgement' }));
    expect(await screen.findByText('nonimpaired, 70 %')).toBeTruthy();
    expect(screen.getByText(/marked after the reveal, not counted/)).toBeTruthy();
    expect(screen.getByText('four-corner fusion, 60 %')).toBeTruthy();
    expect(inputsOf('sessions.judgeAgain')).toMatchObject([
      { judgement: { answer: 'nonimpaired', confidencePercent: 70, drivers: [] } },
    ]);
    expect(screen.getByLabelText<HTMLSelectElement>('Your answer after the second look').value).toBe(
      'nonimpaired',
    );
    expect(screen.queryByRole('form', { name: 'Judge again' })).toBeNull();
  });

  it.each(['', '101', '1e2', 'sure', '-5'])(
    'does not lock a class with the confidence "%s"',
    async (text) => {
      const { user, inputsOf } = await disagree();
      await user.click(screen.getByRole('button', { name: 'Judge again' }));
      const form = within(screen.getByRole('form', { name: 'Judge again' }));
      await user.click(form.getByLabelText('nonimpaired'));
      if (text !== '') await user.type(form.getByLabelText('How sure, 0 to 100 %'), text);
      await user.click(form.getByRole('button', { name: 'Lock the second judgement' }));
      expect(form.getByText('Type a whole number from 0 to 100.')).toBeTruthy();
      expect(inputsOf('sessions.judgeAgain')).toEqual([]);
    },
  );

  it('is not offered to somebody who agrees', async () => {
    const { user } = await disagree();
    await user.click(screen.getByLabelText('agree'));
    expect(screen.queryByRole('button', { name: 'Judge again' })).toBeNull();
  });
});

describe('overlap of reasons', () => {
  const opened = async (answer: 'four-corner-fusion' | 'nonimpaired') => {
    const view = lockedSession();
    const first = view.judgements[0]!;
    const { user, state } = await open({ view: { ...view, judgements: [{ ...first, answer }] } });
    await user.click(await screen.findByRole('button', { name: /What drove/ }));
    await screen.findByText('overlap 1 of 2 named');
    return state;
  };

  it('counts the drivers that point the same way for the answer given', async () => {
    const state = await opened('four-corner-fusion');
    expect(state.view.overlap).toMatchObject({ overlap: 1, sameSign: 1 });
    expect(screen.getByText(/same direction 1 of 1/)).toBeTruthy();
  });

  it('says that directions are not compared when the answer is neither class of the bars', async () => {
    const state = await opened('nonimpaired');
    expect(state.view.overlap).toMatchObject({ overlap: 1, sameSign: null });
    expect(screen.queryByText(/same direction/)).toBeNull();
    expect(screen.getByText(/your answer is neither four-corner fusion nor PRC/)).toBeTruthy();
  });
});
