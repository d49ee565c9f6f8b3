// @vitest-environment jsdom

import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { SessionView } from '../../core/contract/channels/sessions.ts';
import { SHORTCUTS } from './shortcuts.ts';
import { testId } from './testing/memory-host.ts';
import { measuring, PER, saved, start } from './testing/shortcut-app.tsx';

type App = ReturnType<typeof start>;
const list = async () => {
  const app = start();
  await screen.findByRole('button', { name: 'Kowalska, Anna' });
  return app;
};
const patient = async (view: SessionView | null = null) => {
  const app = start(view);
  await app.user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
  await screen.findByRole('region', { name: 'Patient' });
  return app;
};
const open = async (view: SessionView, button: RegExp, heading: string) => {
  const app = await patient(view);
  await app.user.click(await screen.findByRole('button', { name: button }));
  await screen.findByRole('heading', { name: heading });
  return app;
};
const bedside = () => open(measuring, /^Resume draft/, 'Lateral pinch');
const judgement = () => open(saved('saved'), /^Judge/, 'Your judgement');
const correction = async () => {
  const app = await open(saved('saved'), /^Measurements/, 'Measurements');
  await app.user.click(screen.getByRole('button', { name: 'Correct key pinch, left, trial 1' }));
  return app;
};
/** A stored result of pinch alone. */
const result = () => {
  const shown: SessionView = {
    ...saved('revealed'),
    judgements: [
      {
        id: testId(801),
        sessionId: measuring.session.id,
        userId: testId(901),
        userName: 'Dr A. Lindgren',
        answer: 'cannot-tell',
        confidencePercent: null,
        drivers: [],
        isBlinded: false,
        durationMs: 1,
        lockedAt: '2026-11-25T08:02:00.000Z',
        isAfterReveal: false,
      },
    ],
    prediction: {
      modelId: 'wrist-state',
      modelVersion: '0.1.0',
      bundleHash: 'c'.repeat(64),
      inputPattern: 'A',
      probabilities: [0.2, 0.4, 0.4],
      nonimpairedBand: [0.1, 0.3],
      predictionSet: ['nonimpaired', 'four-corner-fusion', 'proximal-row-carpectomy'],
      coverage: 0.9,
      refusals: ['full-set'],
      widthReasons: [],
      inRangeP: 0.5,
      features: [],
      durationMs: 1,
    },
  };
  return open(shown, /^Compare/, 'Result');
};
/** From a result that asks for the wrist strengths. */
const wrist = async () => {
  const app = await result();
  await app.user.click(await screen.findByRole('button', { name: 'Add wrist strength' }));
  await screen.findByRole('heading', { name: 'Add wrist strength' });
  return app;
};

/** The list, with one session of Per that is being measured. */
const withOpenSession = async () => {
  const app = start(null, [
    {
      sessionId: testId(502),
      patientId: PER.id,
      displayName: PER.displayName,
      state: 'measuring',
      startedAt: '2026-11-25T08:00:00.000Z',
      userName: 'M. Rossi',
    },
  ]);
  await screen.findByRole('button', { name: /^1 open/ });
  return app;
};
const opensPersSession = async (keys: string) => {
  const { user } = await withOpenSession();
  await user.keyboard(keys);
  await screen.findByRole('heading', { name: 'Lateral pinch' });
  expect(screen.getByRole('region', { name: 'Patient' }).textContent).toContain('Lindqvist, Per');
};

const heading = (name: string) => screen.findByRole('heading', { name });
const focused = () => document.activeElement;
const cellInFocus = () => focused()?.getAttribute('data-cell');
const goes = (keys: string, to: string) => async () => {
  const { user } = await list();
  await user.keyboard(keys);
  await heading(to);
};
const slideTo = (percent: number) =>
  fireEvent.change(screen.getByLabelText('How sure'), { target: { value: String(percent) } });
const savedOnly = async ({ inputsOf }: App) => {
  await waitFor(() => expect(inputsOf('sessions.saveMeasurements')).toHaveLength(1));
  await screen.findByText('The measurements are saved.');
};

/** One proof for each line of the table, by place and keys: it presses them and looks for what they promise. */
const PROOFS: Record<string, () => Promise<void>> = {
  'Anywhere: Alt U': async () => {
    const { user } = await list();
    await user.keyboard('{Alt>}u{/Alt}');
    await screen.findByRole('dialog', { name: 'Switch user' });
  },
  'Anywhere: F2': () => opensPersSession('{F2}'),
  'Anywhere: Shift F2': () => opensPersSession('{Shift>}{F2}{/Shift}'),
  'Anywhere: Alt 1': async () => {
    const { user } = await list();
    await user.keyboard('{Alt>}4{/Alt}');
    await heading('Settings');
    await user.keyboard('{Alt>}1{/Alt}');
    await heading('Patients');
  },
  'Anywhere: Alt 2': goes('{Alt>}2{/Alt}', 'Concordance'),
  'Anywhere: Alt 3': goes('{Alt>}3{/Alt}', 'Models'),
  'Anywhere: Alt 4': goes('{Alt>}4{/Alt}', 'Settings'),
  'Anywhere: Alt 5': goes('{Alt>}5{/Alt}', 'Help'),
  'Anywhere: Alt L': goes('{Alt>}l{/Alt}', 'Unlock the records'),
  'Anywhere: ?': async () => {
    const { user } = await patient();
    await user.keyboard('?');
    await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
  },
  'Patient list: type': async () => {
    const { user, inputsOf } = await list();
    await user.keyboard('kow');
    await waitFor(() => expect(inputsOf('patients.list').at(-1)).toMatchObject({ search: 'kow' }));
  },
  'Patient list: ↓ ↑': async () => {
    const { user } = await list();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(focused()?.textContent).toBe('Lindqvist, Per');
    await user.keyboard('{ArrowUp}');
    expect(focused()?.textContent).toBe('Kowalska, Anna');
  },
  'Patient list: Enter': async () => {
    const { user } = await list();
    await user.keyboard('{Enter}');
    await screen.findByRole('region', { name: 'Patient' });
  },
  'Patient list: N': async () => {
    const { user } = await list();
    await user.keyboard('{ArrowDown}n');
    await heading('New patient');
  },
  'Patient list: Alt N': goes('{Alt>}n{/Alt}', 'New patient'),
  'Patient: Alt N': async () => {
    const { user } = await patient();
    await user.keyboard('{Alt>}n{/Alt}');
    await heading('Lateral pinch');
  },
  'Patient: F': async () => {
    const { user } = await patient(saved('saved'));
    await screen.findByRole('button', { name: 'Forecast the next visit' });
    await user.keyboard('f');
    await heading('Forecast the next visit');
  },
  'Bedside entry: Enter': async () => {
    const { user } = await bedside();
    await user.keyboard('{Enter}{Enter}');
    expect(cellInFocus()).toBe('lateral-pinch/right/2');
  },
  'Bedside entry: Shift Enter': async () => {
    const { user } = await bedside();
    await user.keyboard('{Enter}{Shift>}{Enter}{/Shift}');
    expect(cellInFocus()).toBe('lateral-pinch/right/1');
  },
  'Bedside entry: ↑ ↓': async () => {
    const { user } = await bedside();
    await user.keyboard('{ArrowDown}');
    expect(cellInFocus()).toBe('lateral-pinch/left/1');
    await user.keyboard('{ArrowUp}');
    expect(cellInFocus()).toBe('lateral-pinch/right/1');
  },
  'Bedside entry: Ctrl Z': async () => {
    const { user } = await bedside();
    await user.keyboard('7.2{Enter}{Control>}z{/Control}');
    expect(screen.getByLabelText<HTMLInputElement>('Right, trial 1, kg').value).toBe('');
  },
  'Bedside entry: Ctrl Enter': async () => {
    const { user, inputsOf } = await bedside();
    await user.keyboard('7.2{Control>}{Enter}{/Control}');
    await waitFor(() => expect(inputsOf('sessions.saveMeasurements')).toHaveLength(1));
    expect(screen.queryByText('The measurements are saved.')).toBeNull();
  },
  'Bedside entry: S': async () => {
    const app = await bedside();
    await app.user.keyboard('7.2');
    (focused() as HTMLElement).blur();
    await app.user.keyboard('s');
    await savedOnly(app);
  },
  'Bedside entry: Ctrl S': async () => {
    const app = await bedside();
    await app.user.keyboard('7.2{Control>}s{/Control}');
    await savedOnly(app);
  },
  'Add wrist strength: Enter': async () => {
    const { user } = await wrist();
    await user.keyboard('2{Enter}');
    expect(cellInFocus()).toBe('wrist-flexion/left/1');
  },
  'Add wrist strength: Ctrl Enter': async () => {
    const { user, inputsOf } = await wrist();
    await user.keyboard('2{Control>}{Enter}{/Control}');
    await waitFor(() => expect(inputsOf('sessions.addTrials')).toHaveLength(1));
  },
  'Your judgement: 1 2 3 4': async () => {
    const { user } = await judgement();
    for (const [key, value] of [
      ['1', 'nonimpaired'],
      ['2', 'four-corner-fusion'],
      ['3', 'proximal-row-carpectomy'],
      ['4', 'cannot-tell'],
    ] as const) {
      await user.keyboard(key);
      expect(document.querySelector<HTMLInputElement>(`input[value="${value}"]`)?.checked).toBe(true);
      // Another key parts the digits: those of one number choose nothing.
      await user.keyboard('{Shift}');
    }
    await user.keyboard('3.8');
    expect(document.querySelector<HTMLInputElement>('input[value="cannot-tell"]')?.checked).toBe(true);
  },
  'Your judgement: Enter': async () => {
    const { user } = await judgement();
    await user.keyboard('2{Enter}');
    expect(focused()).toBe(screen.getByLabelText('How sure'));
    slideTo(60);
    await user.keyboard('{Enter}');
    expect(focused()?.getAttribute('data-part')).toBe('drivers');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(focused()?.getAttribute('data-place')).toBe('0/0');
    expect(focused()?.getAttribute('aria-pressed')).toBe('true');
    screen.getByLabelText('How sure').focus();
    await user.keyboard('{Enter}{Enter}');
    expect(focused()?.textContent).toMatch(/Lock and show/);
  },
  'Your judgement: ← → ↑ ↓': async () => {
    const { user } = await judgement();
    await user.keyboard('2{Enter}');
    slideTo(60);
    await user.keyboard('{Enter}{ArrowDown}{ArrowDown}{ArrowRight}');
    expect(focused()?.getAttribute('data-place')).toBe('1/1');
    await user.keyboard('{ArrowLeft}{ArrowUp}');
    expect(focused()?.getAttribute('data-place')).toBe('0/0');
  },
  'Your judgement: Ctrl Enter': async () => {
    const { user, inputsOf } = await judgement();
    await user.keyboard('4{Control>}{Enter}{/Control}');
    await waitFor(() => expect(inputsOf('sessions.lockJudgement')).toHaveLength(1));
  },
  'Your judgement: S': async () => {
    const { user, inputsOf } = await judgement();
    await user.keyboard('s');
    await screen.findByText('The measurements are saved.');
    expect(inputsOf('sessions.lockJudgement')).toEqual([]);
  },
  'Correct a value: Enter': async () => {
    const { user, inputsOf } = await correction();
    await user.keyboard('4.4');
    await user.type(screen.getByLabelText('Why it is corrected'), 'slip{Enter}');
    await waitFor(() => expect(inputsOf('sessions.correctTrial')).toHaveLength(1));
  },
  'Correct a value: Esc': async () => {
    const { user, inputsOf } = await correction();
    await user.keyboard('4.4{Escape}');
    expect(screen.queryByRole('form')).toBeNull();
    expect(inputsOf('sessions.correctTrial')).toEqual([]);
  },
  'Compare methods: Esc': async () => {
    const { user } = await result();
    await user.click(screen.getByRole('button', { name: "What drove the model's answer" }));
    await user.click(screen.getByRole('button', { name: /^Compare methods/ }));
    await heading('Compare methods');
    // The Escape that closes the shortcuts leaves the methods open.
    await user.keyboard('?');
    await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await heading('Compare methods');
    await user.keyboard('{Escape}');
    await heading('Result');
  },
};

const lines = SHORTCUTS.flatMap(({ where, shortcuts }) =>
  shortcuts.map(({ keys }) => `${where}: ${keys.join(' ')}`),
);

afterEach(cleanup);

describe('the table of shortcuts', () => {
  it('has a proof for each line, and no proof without a line', () => {
    expect([...lines].sort()).toEqual(Object.keys(PROOFS).sort());
    expect(new Set(lines).size).toBe(lines.length);
  });

  it.each(lines)('%s does what it says', async (line) => {
    await PROOFS[line]?.();
  });

  it('is what the dialogue shows', async () => {
    const { user } = await patient();
    await user.keyboard('?');
    const dialogue = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }));
    for (const { where, shortcuts } of SHORTCUTS) {
      const group = dialogue.getByRole('region', { name: where });
      for (const { does } of shortcuts) expect(within(group).getByText(does)).toBeTruthy();
    }
  });
});
