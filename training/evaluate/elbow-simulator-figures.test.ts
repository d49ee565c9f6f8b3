import { describe, expect, it } from 'vitest';
import { enduranceSentence } from './elbow-simulator-figures.ts';

describe('the sentence on endurance', () => {
  const measured = { mean: 100, standardError: 5 };
  it('says longer or less long as the values are; fixed words, as a twin, would be wrong on one side', () => {
    expect(enduranceSentence(107.5, measured)).toMatch(/holds 7\.5 s longer .*\(1\.5 standard errors/);
    expect(enduranceSentence(80, measured)).toMatch(/holds 20\.0 s less long .*\(4\.0 standard errors/);
    expect(enduranceSentence(100.01, measured)).toMatch(/holds as long as the people measured/);
  });
});
