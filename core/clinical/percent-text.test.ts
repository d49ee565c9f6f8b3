import { expect, it } from 'vitest';
import { networksText } from './percent-text.ts';

it('says a range of networks once where both ends read alike', () => {
  expect(networksText([0.58, 0.71])).toBe('the five networks 58 % to 71 %');
  expect(networksText([0.0001, 0.004])).toBe('all five networks below 1 %');
  expect(networksText([0.0001, 0.03])).toBe('the five networks below 1 % to 3 %');
  expect(networksText([0.642, 0.644], 'its')).toBe('all its five networks 64 %');
});
