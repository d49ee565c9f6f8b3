import '../../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect } from 'vitest';
import type { SessionView } from '../../../../core/contract/channels/sessions.ts';
import {
  FEATURE_IDS,
  type ModelInput,
  type WristStatePrediction,
} from '../../../../core/contract/schemas/judgement.ts';
import {
  startMemoryHost,
  type TestHandlers,
  testPatient,
  testSession,
} from '../../../app/testing/memory-host.ts';
import { ApiProvider } from '../../../platform/api.tsx';
import { MethodsLabScreen } from '../methods-lab-screen.tsx';
import { comparedOf, handInference } from './specimen-lab.ts';

export const BUNDLE = 'c0ffee12'.repeat(8);
export const PREDICTION: WristStatePrediction = {
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
export const VIEW: SessionView = { ...testSession(testPatient(1)), prediction: PREDICTION };
export const INPUT: ModelInput = {
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

/** The screen of one result over the memory host, with comparisons that the test ends by hand. */
export function openLab(
  options: {
    view?: SessionView;
    input?: ModelInput;
    bundle?: string;
    isOutdated?: boolean;
    handlers?: TestHandlers;
  } = {},
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
          isOutdated={options.isOutdated ?? false}
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

/** The same with a finished comparison. */
export async function openFinished(options: Parameters<typeof openLab>[0] = {}, compared = comparedOf()) {
  const opened = openLab(options);
  const run = await opened.run(0);
  await act(async () => run.finish(compared));
  await screen.findByRole('table', { name: /^Values/ });
  return opened;
}
/** As it is read: a no-break space is a space. */
export const textOf = ({ textContent }: Element) => textContent?.replaceAll('\u00a0', ' ');
export const valuesTable = () => screen.getByRole('table', { name: /^Values/ });
export const rowNamed = (name: RegExp) => within(valuesTable()).getByRole('row', { name });
