import { expect, it } from 'vitest';
import type { InferenceClient } from './inference-client.ts';
import { startRestartingInference } from './restarting-inference.ts';

const LOADED = { modelId: 'wrist-state', version: '1', bundleHash: 'x', backend: 'wasm' };
const failure = (code: string) => Object.assign(new Error(code), { code });

/** Workers in the order of `outcomes`: each loads, cannot load, or dies at its first question. */
function workers(...outcomes: ('loads' | 'missing' | 'dies')[]) {
  const started: string[] = [];
  const disposed: string[] = [];
  const start = (): InferenceClient => {
    const number = started.length;
    const outcome = outcomes[number] ?? 'loads';
    const answer = (): Promise<never> => {
      if (outcome === 'missing') return Promise.reject(failure('missing-file'));
      if (outcome === 'dies') return Promise.reject(failure('engine'));
      return Promise.resolve(`answer of ${number}` as never);
    };
    started.push(outcome);
    const ready = outcome === 'missing' ? Promise.reject(failure('missing-file')) : Promise.resolve(LOADED);
    ready.catch(() => {});
    return {
      ready,
      predict: answer,
      explain: answer,
      callChanges: answer,
      analyse: answer,
      explainAnalysis: answer,
      forecast: answer,
      compareMethods: () => ({ result: answer(), cancel: () => {} }),
      dispose: () => disposed.push(outcome),
    };
  };
  return { start, started, disposed };
}

const ask = (client: InferenceClient) => client.predict({} as never);

it('starts another worker for the question after a failed load', async () => {
  const { start, started, disposed } = workers('missing', 'loads');
  const client = startRestartingInference(start);
  await expect(client.ready).rejects.toThrow('missing-file');
  await expect(ask(client)).resolves.toBe('answer of 1');
  expect(started).toEqual(['missing', 'loads']);
  expect(disposed).toEqual(['missing']);
  await expect(client.ready).resolves.toEqual(LOADED);
});

it('fails again as long as the files are missing, one worker a try', async () => {
  const { start, started } = workers('missing', 'missing', 'loads');
  const client = startRestartingInference(start);
  await expect(client.ready).rejects.toThrow();
  await expect(ask(client)).rejects.toThrow('missing-file');
  await expect(client.ready).resolves.toEqual(LOADED);
  expect(started).toHaveLength(3);
});

it('starts another worker after the first died in the middle', async () => {
  const { start, started } = workers('dies', 'loads');
  const client = startRestartingInference(start);
  await expect(client.compareMethods({} as never, () => {}).result).rejects.toThrow('engine');
  await expect(ask(client)).resolves.toBe('answer of 1');
  expect(started).toHaveLength(2);
});

it('keeps one worker while it answers, and starts none after its end', async () => {
  const { start, started } = workers('loads');
  const client = startRestartingInference(start);
  await ask(client);
  await ask(client);
  expect(started).toHaveLength(1);
  const broken = workers('missing');
  const ended = startRestartingInference(broken.start);
  await expect(ended.ready).rejects.toThrow();
  ended.dispose();
  await expect(ask(ended)).rejects.toThrow();
  expect(broken.started).toHaveLength(1);
});
