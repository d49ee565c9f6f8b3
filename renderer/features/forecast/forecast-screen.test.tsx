// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type {
  ForecastHand,
  ForecastQuestion,
  ForecastView,
  ModelForecast,
} from '../../../core/contract/schemas/forecast.ts';
import { toNewtons } from '../../../core/units/quantities.ts';
import { startMemoryHost, TEST_USERS, testId, testPatient } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { ForecastScreen } from './forecast-screen.tsx';
import { readForecast } from './read-forecast.ts';

const N = (kg: number) => toNewtons(kg, 'kg');
const HAND: ForecastHand = {
  side: 'left',
  isAffected: true,
  lastN: N(4.4),
  unit: 'kg',
  deviceName: 'B&L pinch gauge',
  visits: [{ at: '2026-11-25T08:00:00.000Z', pinchPeakN: N(4.4) }],
  isTooLate: false,
  clinician: null,
  modelState: 'forecast-not-locked',
  model: null,
  outcome: { kind: 'waiting' },
};
const MODEL: ModelForecast = {
  modelId: 'next-visit',
  modelVersion: '0.1.0',
  bundleHash: 'c0ffee12'.repeat(8),
  refusal: null,
  quantilesN: [N(4), N(4.5), N(4.9), N(5.3), N(6)],
  intervalN: [N(3.8), N(6.2)],
  inRangeP: 0.5,
  reasons: ['one-visit'],
};
const QUESTION: ForecastQuestion = {
  sex: 'female',
  ageYears: 58,
  heightM: 1.66,
  weightKg: 68,
  side: 'left',
  visits: [{ weeks: 12, pinchPeakN: N(4.4) }],
  otherHandPinchPeakN: null,
  weeksToNextVisit: 4,
};

function open(
  change: Partial<ForecastHand> = {},
  options: { isJudgementOpen?: boolean; answer?: ModelForecast } = {},
) {
  const steps: string[] = [];
  let hand: ForecastHand = { ...HAND, ...change };
  const view = (): ForecastView => ({
    sessionId: testId(501),
    startedAt: '2026-11-25T08:00:00.000Z',
    patient: testPatient(1),
    isJudgementOpen: options.isJudgementOpen ?? false,
    hands: [hand],
    earlier: [],
  });
  const note = (step: string) => {
    steps.push(step);
  };
  const host = startMemoryHost({
    'forecasts.get': view,
    'forecasts.lock': ({ forecast }) => {
      note('lock');
      const clinician = {
        ...forecast,
        id: testId<string>(801),
        userId: TEST_USERS[0]!.id,
        userName: 'Dr A. Lindgren',
        lastN: hand.lastN,
        lockedAt: '2026-11-25T08:05:00.000Z',
      };
      hand = { ...hand, clinician, modelState: options.isJudgementOpen ? 'judgement-open' : 'ready' };
      return view();
    },
    'forecasts.takeQuestion': () => {
      note('question');
      return { question: QUESTION };
    },
    'forecasts.storeModel': ({ forecast }) => {
      note('store');
      hand = { ...hand, model: forecast, modelState: 'answered' };
      return view();
    },
  });
  const inference = {
    forecast: async (question: ForecastQuestion) => {
      note(`network ${question.weeksToNextVisit}`);
      return options.answer ?? MODEL;
    },
  };
  const user = userEvent.setup();
  const { unmount } = render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <ForecastScreen sessionId={testId(501)} inference={inference} onDone={() => {}} />
      </ApiProvider>
    </MantineProvider>,
  );
  return { user, steps, host, unmount };
}

const lockByKeys = async (user: ReturnType<typeof userEvent.setup>) => {
  await screen.findByLabelText('From, kg');
  await user.keyboard('4.4{Enter}5.2{Enter}2026-12-23{Enter}');
};

describe('forecast of the next visit', () => {
  it('starts empty, is locked by keys alone, and the network is asked only then', async () => {
    const { user, steps, host } = open();
    const low = (await screen.findByLabelText('From, kg')) as HTMLInputElement;
    expect([low.value, document.activeElement === low]).toEqual(['', true]);
    expect(steps).toEqual([]);
    await lockByKeys(user);
    expect(await screen.findByText(/next-visit 0\.1\.0/)).toBeTruthy();
    expect(steps).toEqual(['lock', 'question', 'network 4', 'store']);
    expect(host.inputsOf('forecasts.lock')[0]).toMatchObject({
      forecast: {
        side: 'left',
        lowN: N(4.4),
        highN: N(5.2),
        typedLow: '4.4',
        unit: 'kg',
        plannedOn: '2026-12-23',
      },
    });
    expect(screen.getByText(/only one visit to go by/)).toBeTruthy();
    expect(screen.getByText(/not a medical device/)).toBeTruthy();
    expect(screen.getByText('4.5 to 5.3 kg')).toBeTruthy();
  });

  it('says before the lock what cannot be scored: a device without a name, the hand that is not affected', async () => {
    const first = open({ deviceName: '' });
    expect(await screen.findByText(/No device is named at this visit.*nothing will be scored/)).toBeTruthy();
    first.unmount();
    open({ isAffected: false });
    expect(await screen.findByText(/not the affected hand: the model is not asked/)).toBeTruthy();
    expect(screen.queryByText(/No device is named/)).toBeNull();
  });

  it('says of the hand that is not affected that the model has no forecast, and asks it nothing', async () => {
    const locked = { side: 'left', lowN: 40, highN: 50, typedLow: '40', typedHigh: '50', unit: 'N' } as const;
    const { steps } = open({
      isAffected: false,
      clinician: {
        ...locked,
        plannedOn: '2026-12-23',
        id: testId<string>(801),
        userId: TEST_USERS[0]!.id,
        userName: 'Dr A. Lindgren',
        lastN: 43,
        lockedAt: '2026-11-25T08:05:00.000Z',
      },
      modelState: 'not-the-affected-hand',
      outcome: { kind: 'not-three-trials', at: '2026-12-23T08:00:00.000Z', trials: [3, 1] },
    });
    expect(await screen.findByText('The model gives no forecast of this hand.')).toBeTruthy();
    expect(screen.getByText(/not scored: best of 3 and of 1 trials on 23 Dec 2026/)).toBeTruthy();
    expect(steps).toEqual([]);
  });

  it('keeps the network closed while a judgement of the patient is open', async () => {
    const { user, steps } = open({}, { isJudgementOpen: true });
    await lockByKeys(user);
    expect(await screen.findByText(/stays closed while a judgement of this patient is open/)).toBeTruthy();
    expect(steps).toEqual(['lock']);
    // The broken twin left the cursor on the page itself: the next Tab began at its top.
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Both forecasts' }));
  });

  it('says out of range as a result, and that a later visit leaves nothing to foretell', async () => {
    const refused: ModelForecast = {
      ...MODEL,
      refusal: 'out-of-range',
      quantilesN: null,
      intervalN: null,
      inRangeP: null,
      reasons: [],
    };
    const { user } = open({}, { answer: refused });
    await lockByKeys(user);
    expect(await screen.findByText('Out of range: the model gives no forecast.')).toBeTruthy();
    open({ isTooLate: true });
    expect(await screen.findByText(/there is nothing left to foretell here/)).toBeTruthy();
  });

  it('asks about 60.0 kg before it locks, and takes a yes', async () => {
    const { user, steps, host } = open();
    await screen.findByLabelText('From, kg');
    await user.keyboard('5.8{Enter}60.0{Enter}2026-12-23{Enter}');
    expect(screen.getByText('60.0 kg is more than a hand usually gives. Is it right?')).toBeTruthy();
    expect(document.activeElement?.getAttribute('name')).toBe('high');
    expect(steps).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Yes, lock it' }));
    expect(host.inputsOf('forecasts.lock')[0]).toMatchObject({ forecast: { typedHigh: '60.0' } });
  });

  it('says what is missing at the field, and locks nothing', async () => {
    const { user, steps } = open();
    await screen.findByLabelText('From, kg');
    await user.keyboard('5{Enter}4{Enter}2026-11-20{Enter}');
    expect(await screen.findByText(/The upper end lies below the lower one/)).toBeTruthy();
    expect(screen.getByText('The next visit lies after this one.')).toBeTruthy();
    expect(steps).toEqual([]);
  });
});

describe('reading a forecast', () => {
  const context = {
    side: 'left' as const,
    lastN: N(4.4),
    visitOn: '2026-11-25',
    readDate: (text: string) => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : null),
  };
  const read = (change: object) =>
    readForecast({ low: '4,4', high: '5.2', unit: 'kg', plannedOn: '2026-12-23', ...change }, context);
  it('takes comma and point, and asks when the unit must be wrong', () => {
    expect(read({}).fields?.lowN).toBeCloseTo(N(4.4), 9);
    // Kilograms typed as newtons: far below today's value.
    expect(read({ unit: 'N' }).problems?.high).toMatch(/Is the unit right/);
    expect(read({ low: '43', high: '51' }).problems?.high).toMatch(/Is the unit right/);
    expect(read({ low: '0.58' }).question?.sentence).toMatch(/^0.58 kg is less than one part in 3/);
    expect(read({ high: '13.5' }).question).toMatchObject({ name: 'high' });
    expect(read({ high: '13' })).toMatchObject({ question: null, problems: null });
    expect(read({ low: '-1' }).problems?.low).toMatch(/below zero/);
    expect(read({ plannedOn: '2036-12-23' }).problems?.plannedOn).toMatch(/two years/);
  });
});
