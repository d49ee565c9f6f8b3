// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { TrainingCaseView } from '../../../core/contract/schemas/training.ts';
import { startMemoryHost } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { TrainingScreen } from './training-screen.tsx';

const MODEL: NonNullable<TrainingCaseView['model']> = {
  modelId: 'wrist-state',
  modelVersion: '0.2.0',
  bundleHash: 'ab'.repeat(32),
  inputPattern: 'B',
  probabilities: [0.1, 0.7, 0.2],
  nonimpairedBand: [0.05, 0.2],
  predictionSet: ['four-corner-fusion'],
  coverage: 0.9,
  refusals: [],
  widthReasons: [],
  inRangeP: 0.4,
  durationMs: 0,
};
const fresh = (id: string): TrainingCaseView => ({
  id,
  input: {
    sex: 'female',
    ageYears: 58,
    heightM: 1.66,
    weightKg: 68,
    side: 'left',
    affectedSide: 'left',
    pinchTrialsN: [40, 42],
    pinchPeakN: 42,
    otherHandPinchPeakN: 70,
    wristExtensionNm: 2.1,
    wristFlexionNm: 4,
    wristRadialNm: 3.1,
    wristUlnarNm: 3.4,
    typedUnits: ['kg'],
  },
  judgement: null,
  model: null,
  finalAnswer: null,
  truth: null,
});

function open() {
  let cases = [fresh('case-01'), fresh('case-02')];
  const put = (id: string, change: Partial<TrainingCaseView>) => {
    cases = cases.map((each) => (each.id === id ? { ...each, ...change } : each));
    return cases.find((each) => each.id === id)!;
  };
  const host = startMemoryHost({
    'training.cases': () => ({ modelVersion: '0.2.0', bundleHash: MODEL.bundleHash, cases }),
    'training.lock': ({ caseId, judgement }) => put(caseId, { judgement, model: MODEL }),
    'training.finish': ({ caseId, finalAnswer }) =>
      put(caseId, { finalAnswer, truth: 'proximal-row-carpectomy' }),
  });
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <TrainingScreen onDone={() => {}} />
      </ApiProvider>
    </MantineProvider>,
  );
  return { user, host };
}

it('a case: judged and locked by keys, then the model, then a final answer, then the truth', async () => {
  const { user, host } = open();
  await user.click(await screen.findByText('Begin'));
  await screen.findByText('Case 1 of 2');
  expect(screen.queryByText(/70 %/)).toBeNull();
  await user.keyboard('3{Enter}');
  await user.keyboard(' {Control>}{Enter}{/Control}');
  expect(await screen.findByText(/70 %/)).toBeTruthy();
  expect(host.inputsOf('training.lock')[0]).toMatchObject({
    caseId: 'case-01',
    judgement: { answer: 'proximal-row-carpectomy', confidencePercent: 50 },
  });
  expect(screen.queryByText(/Simulated as/)).toBeNull();
  await user.click(screen.getByText('Answer and see the truth'));
  expect(await screen.findByText(/Choose an answer/)).toBeTruthy();
  await user.click(screen.getByLabelText('four-corner fusion'));
  await user.click(screen.getByText('Answer and see the truth'));
  expect(await screen.findByText('Simulated as: proximal row carpectomy.')).toBeTruthy();
  expect(screen.getByText(/the model was wrong, and you left your answer/)).toBeTruthy();
  await user.click(screen.getByText('All cases'));
  expect(await screen.findByText('1 of 2 cases done')).toBeTruthy();
  expect(screen.getAllByText(/too few to say: n = 1/).length).toBeGreaterThan(0);
});
