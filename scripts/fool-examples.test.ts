import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXAMPLES_FILE, foolExamples } from './fool-examples.ts';

it('the invented people of "Try to fool it" are the ones that the simulation makes, none picked by hand', () => {
  expect(JSON.parse(readFileSync(EXAMPLES_FILE, 'utf8'))).toEqual(foolExamples());
});
