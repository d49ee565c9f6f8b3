import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MUSCLE_GROUPS } from './muscle-groups.ts';
import { muscleInputName, muscleOutputName, muscleParameterOf } from './muscle-parameter-names.ts';

const current = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
const manifestOf = (modelId: string) =>
  JSON.parse(readFileSync(`models/${modelId}/${current[modelId]}/manifest.json`, 'utf8')) as {
    outputs: string[];
    inputs: { name: string; unit: string }[];
  };

it.each([1, 2, 3])('every output of tier %i has a name that a clinician reads', (tier) => {
  const { outputs, inputs } = manifestOf(`muscle-parameters-${tier}`);
  for (const output of outputs) {
    expect(muscleOutputName(output), output).not.toBe(output);
    // Groups and single parameters share the outputs among them: a name that is neither would be shown nowhere.
    const isGroup = MUSCLE_GROUPS.some((group) => output === `percent-expected-${group}`);
    expect(isGroup, output).toBe(muscleParameterOf(output) === null);
  }
  for (const group of MUSCLE_GROUPS) expect(outputs).toContain(`percent-expected-${group}`);
  for (const { name, unit } of inputs) {
    const asked = name.replace(/-(?:longitudinal|transverse)$/, '-direction');
    if (unit === 'N' || unit === 'share') expect(muscleInputName(asked), asked).not.toBe(asked);
  }
});

it('a name that nobody knows stays as it is', () => {
  expect(muscleOutputName('log-max-force-XYZ')).toBe('log-max-force-XYZ');
  expect(muscleInputName('toe')).toBe('toe');
});
