// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, it } from 'vitest';
import { openLocalInference } from '../../../scripts/headless/local-inference.ts';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { TryToFoolScreen } from './try-to-fool-screen.tsx';

/** The shipped model itself, in this process. */
let inference: InferenceClient;
beforeAll(async () => {
  const local = await openLocalInference('float64', () => 0);
  const { modelId, version } = local.bundle.manifest;
  inference = {
    ready: Promise.resolve({ modelId, version, bundleHash: local.bundle.bundleHash, backend: 'float64' }),
    predict: async (input) => local.predict(input),
    explain: async (input, prediction) => local.explain(input, prediction),
    compareMethods: () => ({ result: new Promise(() => {}), cancel: () => {} }),
    callChanges: () => new Promise(() => {}),
    analyse: () => new Promise(() => {}),
    explainAnalysis: () => new Promise(() => {}),
    forecast: () => new Promise(() => {}),
    dispose: () => {},
  };
});

function open() {
  // No provider of the store stands above it: a call to the store would throw.
  render(
    <MantineProvider>
      <TryToFoolScreen
        inference={inference}
        onDone={() => {}}
        readText={async (path) => readFileSync(`.${path}`, 'utf8')}
      />
    </MantineProvider>,
  );
  return { user: userEvent.setup(), changed: () => within(screen.getByRole('region', { name: 'Changed' })) };
}

it('answers live, refuses newtons typed as kg, and says how often that was refused', async () => {
  const { user, changed } = open();
  await user.selectOptions(screen.getByLabelText('Invented person, simulated as'), '5');
  await changed().findByText(/proximal row carpectomy/);
  await user.selectOptions(screen.getByLabelText('Unit'), 'newtons typed as kg');
  expect(await changed().findByText('Cannot tell')).toBeTruthy();
  expect(within(screen.getByRole('region', { name: 'As measured' })).queryByText('Cannot tell')).toBeNull();
  expect(screen.getByText(/refused for 100.0 % of 600 simulated people/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Undo all mistakes' }));
  expect(await changed().findByText(/proximal row carpectomy/)).toBeTruthy();
}, 20_000);

it('is honest about pounds: not promised, with the reason', async () => {
  const { user } = open();
  await user.selectOptions(screen.getByLabelText('Unit'), 'lb typed as kg');
  expect(
    await screen.findByText(/A weak hand read in lb has the number of a strong hand in kg/),
  ).toBeTruthy();
}, 20_000);

it('has no way to a patient: nothing in its folder asks the store', () => {
  const folder = import.meta.dirname;
  const files = readdirSync(folder).filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'));
  expect(files.length).toBeGreaterThan(5);
  const asking = files.filter((name) =>
    /platform\/(api|use-call)|core\/contract\/(contract|wire)|useCall|useApi/.test(
      readFileSync(join(folder, name), 'utf8'),
    ),
  );
  expect(asking).toEqual([]);
});
