// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../core/contract/errors.ts';
import type { Explanation, ModelInput } from '../../../core/contract/schemas/judgement.ts';
import {
  INPUT,
  openFinished,
  openLab,
  PREDICTION,
  rowNamed,
  textOf,
  VIEW,
  valuesTable,
} from './testing/open-lab.tsx';
import { comparedOf, labOf, rowOf } from './testing/specimen-lab.ts';

describe('methods lab', () => {
  it('says how far it is, and a cancel ends the work and can be taken back', async () => {
    const { run, user, started } = openLab();
    const first = await run(0);
    expect(first.question).toMatchObject({ input: INPUT, level: 'measurements', layerWiseRelevance: 'off' });
    await act(async () => first.say({ done: 3, total: 10 }));
    expect(screen.getByText(/Method 4 of 10/)).toBeTruthy();
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('3');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(first.isCancelled).toBe(true);
    expect(screen.getByText('The comparison was stopped.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Compare again' }));
    expect(await run(1)).toMatchObject({ isCancelled: false });
    expect(started).toHaveLength(2);
  });

  it('ends the work when the screen is left', async () => {
    const { run, unmount } = openLab();
    const first = await run(0);
    unmount();
    expect(first.isCancelled).toBe(true);
  });

  it('shows signed values with their unit, the strongest of each row, and sizes where there is no direction', async () => {
    await openFinished();
    expect(
      screen.getByText(
        /^What speaks for four-corner fusion rather than proximal row carpectomy, compared with nonimpaired people .*The values: strength of the push \(log odds\)\.$/,
      ),
    ).toBeTruthy();
    const cells = (name: RegExp) => within(rowNamed(name)).getAllByRole('cell').map(textOf);
    expect(cells(/^Exact Shapley/)).toEqual([
      '−0.50',
      '+1.50 strongest',
      'nothing',
      'not better than chance: 1 of 2 orders as good',
      '5 of 5',
      'values shift by up to 25 %',
    ]);
    expect(cells(/^Integrated gradients/).slice(0, 3)).toEqual(['−1.70 strongest', '+1.20', '3 %']);
    // Sizes are on another scale: a table of their own, without a bar or a frame.
    expect(within(valuesTable()).queryByRole('row', { name: /^Saliency/ })).toBeNull();
    const sizes = screen.getByRole('table', {
      name: /^Sizes only, on another scale: strength of the push \(log odds\) per unit of the input/,
    });
    expect(within(sizes).getAllByRole('cell').map(textOf)).toEqual([
      '0.20',
      '0.10',
      'values shift by up to 25 %',
    ]);
    expect(document.body.textContent).not.toMatch(/logit|left over|100\s%|devices' noise/);
    expect(
      screen.getByText(/DeepLIFT \(rescale rule\): the layer "lstm-0" has no rescale rule/),
    ).toBeTruthy();
    // Twin of the rules for words: neither a bare p value nor a claim of cause.
    expect(document.body.textContent).not.toMatch(/because|p\s*[=<]/i);
  });

  it('shows how alike every two methods are, once', async () => {
    await openFinished();
    const table = screen.getByRole('table', { name: /^Rank correlation/ });
    const rows = within(table).getAllByRole('row').slice(1);
    const texts = rows.map((row) => within(row).getAllByRole('cell').map(textOf));
    expect(texts).toEqual([
      ['', ''],
      ['0.502 of 2 same directionchance 1.0', ''],
      ['−1.00', 'cannot say'],
    ]);
  });

  it('says what would change the call in the unit of the measurement, and what would not', async () => {
    await openFinished();
    const table = screen.getByRole('table', { name: /^Smallest change first; .*pinch 5\s%, wrist 6\s%/ });
    expect(within(table).getAllByRole('row')[1]?.textContent).toBe(
      'wrist extension strength2.10 N·m3.15 N·m or more+50.0 %nononimpaired',
    );
    expect(screen.getByText('No change within that range: key pinch.')).toBeTruthy();
    expect(screen.getByText(/no treatment goals/)).toBeTruthy();
    expect(screen.queryByText(/hangs by a thread/)).toBeNull();
  });

  it('says first that a call hangs by a thread, and that key pinch is of the best trial', async () => {
    await openFinished(
      {},
      comparedOf(
        {},
        {
          call: 'four-corner-fusion',
          changes: [
            {
              feature: 'pinch-percent-expected',
              value: 38.4,
              delta: -1.6,
              newClass: 'proximal-row-carpectomy',
              isToLimit: true,
            },
            {
              feature: 'wrist-extension-percent-expected',
              value: 60,
              delta: 20,
              newClass: 'nonimpaired',
              isToLimit: false,
            },
          ],
          steady: [],
        },
      ),
    );
    expect(screen.getByText(/^1 of 2 changes is smaller than the scatter of one measurement/)).toBeTruthy();
    const first = within(screen.getByRole('table', { name: /^Smallest change/ })).getAllByRole('row')[1];
    expect(first?.textContent).toBe(
      'key pinch2.1 N, best trial2.0 N or less, best trial−4.0 %yesproximal row carpectomy',
    );
  });

  it('says at all times that nothing here shows the answer to be right, and why the result shows no explanation', async () => {
    const explanation: Explanation = {
      method: 'exact-shapley',
      predictedClass: 'four-corner-fusion',
      againstClass: 'proximal-row-carpectomy',
      referenceName: 'nonimpaired people',
      referenceOutput: 0,
      output: 1,
      residual: 0,
      contributions: [],
      gate: [{ name: 'sign-agreement', value: 0.6, limit: 0.8, ok: false }],
      isShown: false,
      sentence: 'There is no reliable explanation for these measurements.',
      durationMs: 3,
    };
    const { run, unmount } = openLab({ view: { ...VIEW, explanation } });
    expect(
      screen.getByText(/Nothing here shows that the answer is right, or says anything about/),
    ).toBeTruthy();
    const withheld =
      'The result screen shows no explanation here: the networks do not agree on the direction of the strongest driver.';
    const first = await run(0);
    await act(async () => first.finish(comparedOf()));
    const notice = await screen.findByText(withheld);
    expect(
      screen.getByText(/Methods that agree do not repair that; they ask the same networks/),
    ).toBeTruthy();
    expect(notice.compareDocumentPosition(valuesTable())).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    unmount();
    await openFinished({ view: { ...VIEW, explanation: { ...explanation, isShown: true } } });
    expect(screen.queryByText(/The result screen shows no explanation/)).toBeNull();
  });

  it('goes back from its end and with Escape, but not with the Escape that closes a dialogue', async () => {
    const { user, events } = await openFinished();
    const [, atEnd] = screen.getAllByRole('button', { name: 'Back to the result' });
    const more = screen.getByRole('heading', { name: 'More methods' });
    expect(more.compareDocumentPosition(atEnd!)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    await user.click(atEnd!);
    expect(events).toEqual(['result']);
    const dialog = document.body.appendChild(document.createElement('div'));
    dialog.setAttribute('role', 'dialog');
    const inside = dialog.appendChild(document.createElement('button'));
    inside.focus();
    // Closed by a listener that came first: gone when the key arrives, and still the dialogue's.
    const close = () => dialog.remove();
    window.addEventListener('keydown', close, { capture: true, once: true });
    await user.keyboard('{Escape}');
    expect([dialog.isConnected, events]).toEqual([false, ['result']]);
    await user.keyboard('{Escape}');
    expect(events).toEqual(['result', 'result']);
  });

  it('says that no single change does', async () => {
    const steady = ['pinch-percent-expected', 'wrist-extension-percent-expected'] as const;
    await openFinished({}, comparedOf({}, { call: 'four-corner-fusion', changes: [], steady: [...steady] }));
    expect(
      screen.getByText('No single change within the range of the training people changes the call.'),
    ).toBeTruthy();
  });

  it('includes layer-wise relevance only after its switch, with the note on patents, and keeps what it knew', async () => {
    const { user, run, started } = await openFinished();
    const relevance = screen.getByRole('switch', { name: 'Include layer-wise relevance' });
    expect((relevance as HTMLInputElement).checked).toBe(false);
    expect(screen.getByText(/granted patents.*Ask for a legal opinion/)).toBeTruthy();
    await user.click(relevance);
    const second = await run(1);
    expect(second.question.layerWiseRelevance).toBe('on');
    const { rows } = labOf();
    const own = rowOf(
      {
        method: 'layer-wise-relevance',
        title: 'Layer-wise relevance',
        completenessGap: null,
        biasShare: 0.95,
      },
      [-0.1, 0.3],
    );
    await act(async () => second.finish(comparedOf({ rows: [...rows, own] })));
    expect(textOf(rowNamed(/^Layer-wise relevance/))).toContain('biases took 95 %');
    await user.click(relevance);
    expect(screen.queryByText('biases took 95 %')).toBeNull();
    expect(started).toHaveLength(2);
  });

  it('offers time bands where a trace was read, and names those that flip the call', async () => {
    const input: ModelInput = {
      ...INPUT,
      pinchTraceN: Array.from({ length: 60 }, () => [1, 0, 0] as [number, number, number]),
    };
    const view = { ...VIEW, prediction: { ...PREDICTION, inputPattern: 'C' as const } };
    const { user, run } = await openFinished({ view, input });
    await user.click(screen.getByRole('radio', { name: 'time bands of the trace' }));
    const second = await run(1);
    expect(second.question.level).toBe('time-bands');
    const bandFlips = {
      scores: Float64Array.of(0, 1, 0),
      predictedClass: 1,
      referenceName: 'nonimpaired people',
      replacements: [],
      flipping: ['steps 4-10'],
    };
    await act(async () => second.finish(comparedOf({ units: ['steps 0-3', 'steps 4-10'], bandFlips })));
    expect(within(valuesTable()).getByRole('columnheader', { name: '−0.3 to 0.0 s' })).toBeTruthy();
    expect(screen.getByText(/change the call: 0\.0 to 0\.6 s from the start of the pull/)).toBeTruthy();
  });

  it('says that an answer to a corrected value is explained, and nothing of it otherwise', async () => {
    const outdated = await openFinished({ isOutdated: true });
    expect(screen.getByText('A value was corrected after this answer.')).toBeTruthy();
    outdated.unmount();
    await openFinished();
    expect(screen.queryByText('A value was corrected after this answer.')).toBeNull();
  });

  it('says what one measurement means', async () => {
    const rows = [rowOf({ method: 'exact-shapley', title: 'Exact Shapley values', deletion: null }, [1])];
    await openFinished({}, comparedOf({ units: ['pinch-percent-expected'], rows, agreements: [] }));
    expect(screen.getByText('The model read one measurement only.')).toBeTruthy();
    expect(rowNamed(/^Exact/).textContent).toContain('one measurement has one order');
    expect(screen.queryByRole('switch', { name: /relevance/ })).toBeTruthy();
    expect(screen.queryByRole('radio')).toBeNull();
  });

  it('copies both tables with tabs and full precision, with the origin and no name', async () => {
    const { user } = await openFinished();
    await user.click(screen.getByRole('button', { name: 'Copy as text' }));
    expect(await screen.findByText(/^Copied/)).toBeTruthy();
    const lines = (await navigator.clipboard.readText()).split('\r\n').map((line) => line.split('\t'));
    const rowOfText = (name: string) => lines.find(([first]) => first === name);
    expect(rowOfText('Integrated gradients')?.slice(1, 6)).toEqual([
      'signed',
      'strength of the push (log odds)',
      '-1.7',
      '1.2',
      '0.034',
    ]);
    // Full digits, and counts as on the screen.
    expect(rowOfText('Integrated gradients')?.slice(6)).toEqual([
      '',
      '0.4',
      '0.5',
      'not better than chance: 1 of 2 orders as good',
      '5 of 5',
      '0.25',
    ]);
    const pairs = lines.slice(lines.findIndex(([, second]) => second === 'against'));
    expect(pairs[0]?.slice(2)).toEqual(['rank correlation', 'same direction', 'of values', 'by chance']);
    expect(pairs[1]?.slice(2)).toEqual(['0.5', '2', '2', '1']);
    expect(pairs[2]?.slice(2)).toEqual(['-1', '', '', '']);
    expect(lines.flat()).toContain(
      "Nothing here shows that the answer is right, or says anything about the patient's hand.",
    );
    expect(rowOfText('DeepLIFT (rescale rule)')).toEqual([
      'DeepLIFT (rescale rule)',
      'refused',
      'the layer "lstm-0" has no rescale rule',
    ]);
    expect(lines.flat().join(' ')).toMatch(
      /wrist-state 0\.2\.0 c0ffee12.*trained on simulated people; research use/,
    );
    expect(lines.flat().join(' ')).not.toContain(VIEW.patient.displayName);
  });

  it('compares nothing where no answer is shown', async () => {
    const { started, inputsOf, user, events } = openLab({ view: { ...VIEW, prediction: null } });
    expect(await screen.findByText('There is no answer to explain here.')).toBeTruthy();
    expect(inputsOf('predictions.shownInput')).toEqual([]);
    expect(started).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Back to the result' }));
    expect(events).toEqual(['result']);
  });

  it('does not explain the answer of one version with the networks of another', async () => {
    const { started } = openLab({ bundle: 'ab'.repeat(32) });
    expect(await screen.findByText('This result was made by another version of the model.')).toBeTruthy();
    expect(started).toEqual([]);
  });

  it('says what failed in the store and in the worker, and tries again', async () => {
    let isFailing = true;
    const { user, run } = openLab({
      handlers: {
        'predictions.shownInput': () => {
          if (isFailing) throw new AppError('session.not_found');
          return { modelInput: INPUT };
        },
      },
    });
    expect(await screen.findByText('This session is not in the records that are open.')).toBeTruthy();
    isFailing = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    const first = await run(0);
    await act(async () => first.fail({ code: 'engine', path: '' }));
    expect(await screen.findByText('The model could not be run on this computer.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await act(async () => (await run(1)).finish(comparedOf()));
    expect(await screen.findByRole('table', { name: /^Values/ })).toBeTruthy();
  });
});
