// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { toStored } from '../../../core/clinical/stored-value.ts';
import { PREFERENCE_DEFAULTS, type Preferences } from '../../../core/contract/channels/preferences.ts';
import type { Conclusion } from '../../../core/contract/channels/reports.ts';
import type { SessionTrial, SessionView } from '../../../core/contract/channels/sessions.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { Patient, Side } from '../../../core/contract/schemas/clinical.ts';
import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import { PreferencesProvider } from '../../app/preferences.tsx';
import {
  startMemoryHost,
  type TestHandlers,
  testId,
  testPatient,
  testSession,
} from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { ReportScreen } from './report-screen.tsx';

const PREDICTION: WristStatePrediction = {
  modelId: 'wrist-state',
  modelVersion: '0.2.0',
  bundleHash: 'ab'.repeat(32),
  inputPattern: 'A',
  probabilities: [0.64, 0.33, 0.03],
  nonimpairedBand: [0.58, 0.71],
  predictionSet: ['nonimpaired', 'four-corner-fusion'],
  coverage: 0.9,
  refusals: [],
  widthReasons: [],
  inRangeP: 0.5,
  features: [],
  durationMs: 10,
};
const NOTHING: Conclusion = { text: '', version: 0, userName: '', createdAt: null, isHidden: false };

const trial = (side: Side, trialNumber: number, kg: number): SessionTrial => ({
  id: testId(600 + trialNumber + (side === 'left' ? 10 : 0)),
  version: 1,
  createdAt: '2026-11-25T08:00:00.000Z',
  correctionReason: null,
  measure: 'lateral-pinch',
  side,
  trialNumber,
  typedText: String(kg),
  typedUnit: 'kg',
  valueSi: toStored('lateral-pinch', kg, 'kg'),
  pain: null,
  isStoppedEarly: false,
  notTestedReason: null,
  isConfirmedUnusual: false,
});

function row(change: Partial<Omit<SessionView, 'patient'>> = {}): Omit<SessionView, 'patient'> {
  const { patient: _patient, ...view } = testSession(testPatient(1));
  const session = { ...view.session, state: 'closed', judgedSide: 'left' } as const;
  return {
    ...view,
    session,
    draft: null,
    trials: [7.2, 7.4, 7.6]
      .map((kg, i) => trial('right', i + 1, kg))
      .concat([4.1, 4.2, 4.4].map((kg, i) => trial('left', i + 1, kg))),
    prediction: PREDICTION,
    ...change,
  };
}

async function open(
  options: {
    rows?: Omit<SessionView, 'patient'>[];
    patient?: Partial<Patient>;
    isSample?: boolean;
    preferences?: Partial<Preferences>;
    handlers?: TestHandlers;
  } = {},
) {
  const rows = options.rows ?? [row()];
  let preferences: Preferences = { ...PREFERENCE_DEFAULTS, ...options.preferences };
  const host = startMemoryHost({
    'patients.get': () => testPatient(1, options.patient),
    'sessions.trend': () => [],
    'norms.list': () => [],
    'episodes.list': () => ({ isHidden: false, episodes: [] }),
    'sessions.listForPatient': () => ({ rows, total: rows.length }),
    'reports.conclusion': () => NOTHING,
    'preferences.get': () => preferences,
    'preferences.set': (change) => {
      preferences = { ...preferences, ...(change as Partial<Preferences>) };
      return preferences;
    },
    ...options.handlers,
  });
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <PreferencesProvider userId={testId(901)}>
          <ReportScreen patientId={testId(1)} isSample={options.isSample ?? false} />
        </PreferencesProvider>
      </ApiProvider>
    </MantineProvider>,
  );
  await screen.findByText(/What stands on the page|No report yet|report is hidden/);
  return { user, host, paper: () => screen.getByRole('article') };
}

describe('the report', () => {
  it('stands on one page as it will be saved, with the model’s facts; each part goes when it is ticked off', async () => {
    const { user, host, paper } = await open();
    expect(within(paper()).getByText('4.2 kg')).toBeTruthy();
    expect(within(paper()).getByText(/research use, not a medical device/)).toBeTruthy();
    // The value that a percentage refers to, also where the other hand's own row is left out; and no device was noted.
    expect(within(paper()).getByText(/57 % of the right hand/).textContent).toContain('7.4\u00a0kg');
    expect(within(paper()).getAllByText('device not named').length).toBeGreaterThan(0);
    await user.click(screen.getByLabelText('Result of the model'));
    expect(within(paper()).queryByText(/research use/)).toBeNull();
    const [set] = host.inputsOf('preferences.set') as { reportParts: string[] }[];
    expect(set?.reportParts).not.toContain('model');
    expect(set?.reportParts).toContain('trials');
  });

  it('comes with the parts that were ticked last', async () => {
    const { paper } = await open({ preferences: { reportParts: ['model'] } });
    expect(screen.getByLabelText<HTMLInputElement>('Each trial').checked).toBe(false);
    expect(within(paper()).queryByText(/4\.1 kg; 4\.2 kg/)).toBeNull();
  });

  it('holds no model result while a judgement is open, and says so', async () => {
    const openRow = row({ prediction: null });
    const rows = [{ ...openRow, session: { ...openRow.session, state: 'saved' as const } }];
    const { paper } = await open({ rows });
    expect(screen.getByText(/No model result stands on this page while a judgement is open/)).toBeTruthy();
    expect(paper().textContent).not.toMatch(/wrist-state|Resembles/);
  });

  it('is hidden while a blinded judgement is open, and teaches when it is empty', async () => {
    await open({ patient: { isBlinded: true } });
    expect(screen.getByText(/hidden while a blinded judgement is open/)).toBeTruthy();
    await open({ rows: [] });
    expect(screen.getByText('No report yet')).toBeTruthy();
  });

  it('copies a text with the measures, and calls invented people so', async () => {
    const { user, paper } = await open({ isSample: true });
    await user.click(screen.getByRole('button', { name: 'Copy as text' }));
    const text = await navigator.clipboard.readText();
    expect(text).toMatch(/key pinch, left \(affected\): 4\.2 kg \(mean of 3 trials\)/);
    expect(text).toContain('Invented person: sample clinic of Prehensa.');
    expect(within(paper()).getByText('Invented person: sample clinic of Prehensa.')).toBeTruthy();
  });

  it('says where the PDF is; its name names nobody', async () => {
    const { user, host } = await open({
      handlers: { 'reports.savePdf': () => ({ savedTo: '/exports/hand report 2026-11-25.pdf' }) },
    });
    await user.click(screen.getByRole('button', { name: 'Save as PDF' }));
    expect(await screen.findByText('/exports/hand report 2026-11-25.pdf')).toBeTruthy();
    expect(host.inputsOf('reports.savePdf')).toEqual([
      { sessionId: testId(501), suggestedName: 'hand report 2026-11-25.pdf' },
    ]);
  });

  it('says what to do when the shell cannot make a PDF', async () => {
    const { user } = await open({
      handlers: {
        'reports.savePdf': () => {
          throw new AppError('pdf.not_made');
        },
      },
    });
    await user.click(screen.getByRole('button', { name: 'Save as PDF' }));
    expect(await screen.findByText(/Press Print instead/)).toBeTruthy();
  });

  it('keeps what was typed when the conclusion was changed by somebody else', async () => {
    let newest = NOTHING;
    const { user } = await open({
      handlers: {
        'reports.conclusion': () => newest,
        'reports.saveConclusion': () => {
          newest = { ...NOTHING, text: 'Weaker.', version: 1, userName: 'M. Rossi' };
          throw new AppError('session.wrong_state');
        },
      },
    });
    const field = await screen.findByLabelText<HTMLTextAreaElement>(/Your conclusion/);
    await user.type(field, 'Stronger.');
    expect(screen.getByText('not saved yet')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Save the conclusion' }));
    expect(await screen.findByText(/has moved on since/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/saved meanwhile by M\. Rossi/)).toBeTruthy();
    expect(field.value).toBe('Stronger.');
  });

  it('the page for the patient has plain words, no class and no model unless ticked on', async () => {
    const { user, paper } = await open({
      handlers: {
        'sessions.trend': () => [
          {
            sessionId: testId(501),
            at: '2026-11-25T08:00:00.000Z',
            measure: 'lateral-pinch',
            side: 'left',
            valueSi: 41.5,
            spreadSi: 1,
            trialCount: 3,
            typedUnit: 'kg',
            deviceId: null,
            deviceName: '',
          },
        ],
      },
    });
    await user.click(screen.getByLabelText('The patient'));
    expect(within(paper()).getByText(/^Your left hand: 4\.2 kg\./)).toBeTruthy();
    expect(paper().textContent).not.toMatch(/nonimpaired|fusion|computer program/i);
    await user.click(screen.getByLabelText('Result of the model'));
    expect(paper().textContent).toMatch(/computer program for research/);
  });
});
