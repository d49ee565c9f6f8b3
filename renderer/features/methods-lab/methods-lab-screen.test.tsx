// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import { AppError } from '../../../core/contract/errors.ts';
import {
  FEATURE_IDS,
  type ModelInput,
  type WristStatePrediction,
} from '../../../core/contract/schemas/judgement.ts';
import {
  startMemoryHost,
  type TestHandlers,
  testPatient,
  testSession,
} from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { MethodsLabScreen } from './methods-lab-screen.tsx';
import { comparedOf, handInference, labOf, rowOf } from './testing/specimen-lab.ts';

const BUNDLE = 'c0ffee12'.repeat(8);
const PREDICTION: WristStatePrediction = {
  modelId: 'wrist-state',
  modelVersion: '0.2.0',
  bundleHash: BUNDLE,
  inputPattern: 'B',
  probabilities: [0.03, 0.64, 0.33],
  nonimpairedBand: [0.01, 0.08],
  predictionSet: ['four-corner-fusion', 'proximal-row-carpectomy'],
  coverage: 0.9,
  refusals: [],
  widthReasons: [],
  inRangeP: 0.5,
  features: FEATURE_IDS.map((id) => ({
    id,
    value: 40,
    unit: '%',
    referenceValue: 100,
    measured: 2.1,
    measuredReference: 5.8,
    measuredUnit: id.startsWith('wrist-') ? 'N.m' : 'N',
  })),
  durationMs: 20,
};
const VIEW: SessionView = { ...testSession(testPatient(1)), prediction: PREDICTION };
const INPUT: ModelInput = {
  sessionId: VIEW.session.id,
  sex: 'female',
  ageYears: 58,
  heightM: 1.66,
  weightKg: 68,
  side: 'left',
  affectedSide: 'left',
  pinchTrialsN: [40],
  pinchPeakN: 40,
  otherHandPinchPeakN: 70,
  wristExtensionNm: 2.1,
  wristFlexionNm: 4,
  wristRadialNm: 3.1,
  wristUlnarNm: 3.4,
  typedUnits: ['kg'],
};

function open(
  options: { view?: SessionView; input?: ModelInput; bundle?: string; handlers?: TestHandlers } = {},
) {
  const host = startMemoryHost({
    'sessions.get': () => options.view ?? VIEW,
    'predictions.shownInput': () => ({ modelInput: options.input ?? INPUT }),
    ...options.handlers,
  });
  const { client, started } = handInference(options.bundle ?? BUNDLE);
  const events: string[] = [];
  const user = userEvent.setup();
  const { unmount } = render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <MethodsLabScreen
          sessionId={VIEW.session.id}
          inference={client}
          onResult={() => events.push('result')}
        />
      </ApiProvider>
    </MantineProvider>,
  );
  const run = async (place: number) => {
    await expect.poll(() => started.length).toBe(place + 1);
    return started[place]!;
  };
  return { ...host, user, started, run, events, unmount };
}

async function openFinished(options: Parameters<typeof open>[0] = {}, compared = comparedOf()) {
  const opened = open(options);
  const run = await opened.run(0);
  await act(async () => run.finish(compared));
  await screen.findByRole('table', { name: /^Values/ });
  return opened;
}
/** As it is read: a no-break space is a space. */
const textOf = ({ textContent }: Element) => textContent?.replaceAll('\u00a0', ' ');
const rowNamed = (name: RegExp) =>
  within(screen.getByRole('table', { name: /^Values/ })).getByRole('row', { name });

describe('methods lab', () => {
  it('says how far it is, and a cancel ends the work and can be taken back', async () => {
    const { run, user, started } = open();
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
    const { run, unmount } = open();
    const first = await run(0);
    unmount();
    expect(first.isCancelled).toBe(true);
  });

  it('shows signed values with their unit, the strongest of each row, and sizes where there is no direction', async () => {
    await openFinished();
    expect(
      screen.getByText(
        /^What speaks for four-corner fusion rather than proximal row carpectomy, compared with nonimpaired people .*in logits/,
      ),
    ).toBeTruthy();
    const cells = (name: RegExp) => within(rowNamed(name)).getAllByRole('cell').map(textOf);
    expect(cells(/^Exact Shapley/)).toEqual([
      '−0.50',
      '+1.50 strongest',
      'nothing',
      'nogain +0.40; 1 of 2 orders as good',
      '100 %',
      'by up to 25 %',
    ]);
    expect(cells(/^Integrated gradients/).slice(0, 3)).toEqual(['−1.70 strongest', '+1.20', '3 %']);
    expect(cells(/^Saliency/)).toEqual([
      '0.20 strongest',
      '0.10',
      'not meant to add up',
      'nogain +0.40; 1 of 2 orders as good',
      'sizes only',
      'by up to 25 %',
    ]);
    expect(rowNamed(/^Saliency/).textContent).toContain('sizes only, logit per unit of the input');
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
      ['0.50100 %', ''],
      ['−1.00', 'cannot say'],
    ]);
  });

  it('says what would change the call in the unit of the measurement, and what would not', async () => {
    await openFinished();
    const table = screen.getByRole('table', { name: 'Smallest change first' });
    expect(within(table).getAllByRole('row')[1]?.textContent).toBe(
      'wrist extension strength2.10 N·m3.15 N·m or more+50.0 %nonimpaired',
    );
    expect(screen.getByText('No change within that range: key pinch.')).toBeTruthy();
  });

  it('says that no single change does', async () => {
    const steady = { increase: null, decrease: null };
    await openFinished(
      {},
      comparedOf({
        flips: {
          predictedClass: 1,
          perFeature: [
            { column: 0, ...steady },
            { column: 5, ...steady },
          ],
          smallest: null,
        },
      }),
    );
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
    expect(screen.getByRole('columnheader', { name: '−0.3 to 0.0 s' })).toBeTruthy();
    expect(screen.getByText(/change the call: 0\.0 to 0\.6 s from the start of the pull/)).toBeTruthy();
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
      'logit',
      '-1.7',
      '1.2',
      '0.034',
    ]);
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
    const { started, inputsOf, user, events } = open({ view: { ...VIEW, prediction: null } });
    expect(await screen.findByText('There is no answer to explain here.')).toBeTruthy();
    expect(inputsOf('predictions.shownInput')).toEqual([]);
    expect(started).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Back to the result' }));
    expect(events).toEqual(['result']);
  });

  it('does not explain the answer of one version with the networks of another', async () => {
    const { started } = open({ bundle: 'ab'.repeat(32) });
    expect(await screen.findByText('This result was made by another version of the model.')).toBeTruthy();
    expect(started).toEqual([]);
  });

  it('says what failed in the store and in the worker, and tries again', async () => {
    let isFailing = true;
    const { user, run } = open({
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
