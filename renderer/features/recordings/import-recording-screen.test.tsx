// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { startMemoryHost, type TestHandlers, testId } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { ImportRecordingScreen } from './import-recording-screen.tsx';

const LAST_TIME = {
  delimiter: ';',
  decimalSign: ',',
  time: { kind: 'column', column: 0, unit: 's' },
  channels: [{ column: 1, role: 'force', name: 'Kraft', unit: 'kg' }],
} as const;

async function choose(text: string, handlers: TestHandlers = {}) {
  const host = startMemoryHost({
    'recordings.findMapping': () => ({ mapping: null, usedAt: null }),
    ...handlers,
  });
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <ImportRecordingScreen sessionId={testId<SessionId>(501)} onImported={() => {}} onCancel={() => {}} />
      </ApiProvider>
    </MantineProvider>,
  );
  await user.upload(screen.getByLabelText('File of the recording'), new File([text], 'pull.csv'));
  return { ...host, user };
}
const unitOf = (heading: string) => screen.getByLabelText(`Unit of column ${heading}`) as HTMLSelectElement;
const importButton = () => screen.getByRole('button', { name: 'Import recording' });

describe('the import screen', () => {
  it('asks for a unit that the file does not state, and for side and measure, before it imports', async () => {
    const { user } = await choose('Zeit (s);Kraft\n0,0;1,5\n0,1;2,5\n0,2;\n');
    await screen.findByText('stated by the file');
    expect(unitOf('2 "Kraft"').value).toBe('');
    expect(screen.getByText('not stated by the file: choose it')).toBeTruthy();
    expect(importButton()).toHaveProperty('disabled', true);
    await user.selectOptions(unitOf('2 "Kraft"'), 'kg');
    await screen.findByText(/^3 samples over 0\.200 s/);
    expect(screen.getByText('Kraft: 1 sample has no value.')).toBeTruthy();
    await user.click(within(screen.getByRole('group', { name: 'Side' })).getByText('left'));
    await user.selectOptions(screen.getByLabelText('Measure'), 'lateral-pinch');
    // A pull of a fifth of a second is asked about, and waits for the answer.
    expect(screen.getByText('The whole lasts 0.200 s at 10 Hz. Is the unit of time right?')).toBeTruthy();
    expect(importButton()).toHaveProperty('disabled', true);
    await user.click(screen.getByLabelText('Yes, the unit of time is right'));
    expect(importButton()).toHaveProperty('disabled', false);
  });

  it('offers the columns as last time, and fills them in only when asked to', async () => {
    const { user } = await choose('Zeit (s);Kraft\n0,0;1,5\n0,1;2,5\n', {
      'recordings.findMapping': () => ({
        mapping: { ...LAST_TIME, channels: [...LAST_TIME.channels] },
        usedAt: '2026-11-20T08:00:00.000Z',
      }),
    });
    const offer = await screen.findByRole('button', { name: 'Fill in as last time' });
    expect(unitOf('2 "Kraft"').value).toBe('');
    await user.click(offer);
    expect(unitOf('2 "Kraft"').value).toBe('kg');
    expect(screen.getByText('stated by you')).toBeTruthy();
  });

  it('says what is wrong with a file, where, and that nothing was lost', async () => {
    const { user } = await choose('t (s),force (N)\n0,1\n1,2\n2,stop\n');
    await screen.findByText('Line 4, column 2 ("force (N)"): "stop" is no number here.');
    expect(screen.getAllByText(/Nothing was imported, and the file is unchanged/)).toHaveLength(1);
    await user.upload(screen.getByLabelText('File of the recording'), new File(['a\nb\n'], 'other.csv'));
    await screen.findByText('No table of numbers was found, read this way.');
  });

  it('never imports a file whose commas may be decimal marks before somebody says that they are none', async () => {
    const { user } = await choose('Zeit [s],Kraft [N]\n0,05,12,1\n0,10,42,3\n0,60,12,4\n');
    await screen.findByText('The comma can be read in two ways: 4 cells in a row, 2 headings.');
    await user.click(within(screen.getByRole('group', { name: 'Side' })).getByText('right'));
    await user.selectOptions(screen.getByLabelText('Measure'), 'lateral-pinch');
    await user.click(await screen.findByLabelText('Yes, the unit of time is right'));
    expect(screen.getByText('Still needed: whether a comma is a decimal mark')).toBeTruthy();
    expect(importButton()).toHaveProperty('disabled', true);
    await user.click(screen.getByLabelText('No comma is a decimal mark: a row has 4 columns'));
    expect(importButton()).toHaveProperty('disabled', false);
  });

  it('asks for the rate when there is no time column', async () => {
    const { user } = await choose('force (N);torque (Nm)\n1.5;2\n2.5;3\n');
    await user.type(await screen.findByLabelText(/^Sampling rate/), '100');
    await screen.findByText('2 samples over 0.0100 s, 100 Hz');
  });
});
