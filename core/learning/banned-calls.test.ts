import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Calls that would make two runs of one seed differ, or two masks the same (decisions 17), and why. */
const BANNED: readonly { call: RegExp; why: string }[] = [
  { call: /\.fit(Dataset)?\s*\(/, why: 'fit shuffles with Math.random' },
  {
    call: /\blayers\s*\.\s*(dropout|gaussianDropout|gaussianNoise|alphaDropout)\b/,
    why: 'it repeats one mask',
  },
  { call: /\butil\s*\.\s*shuffle/, why: 'it draws from Math.random' },
  { call: /\bMath\s*\.\s*random\b/, why: 'it has no seed' },
  {
    call: /\b(randomNormal|randomUniform|truncatedNormal|randomGamma|multinomial)\s*\(/,
    why: 'tfjs draws it',
  },
];

/** Text without comments: docstrings may name what they ban. */
const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');

/** Law: random numbers come from named streams only. One sentence for each breach. */
const breaches = (path: string, text: string) =>
  BANNED.filter(({ call }) => call.test(withoutComments(text))).map(
    ({ call, why }) => `${path}: ${call.source} (${why})`,
  );

describe('random numbers of learning', () => {
  it('come from named streams: none of the banned calls is in core or training', () => {
    const paths = globSync('{core,training}/**/*.ts', { exclude: (path) => path.endsWith('.test.ts') });
    expect(paths.length).toBeGreaterThan(50);
    expect(paths.flatMap((path) => breaches(path, readFileSync(path, 'utf8')))).toEqual([]);
  });
  it('a text with any of them is caught (broken twins); a comment that names one is not', () => {
    const twins = [
      'await model.fit(x, y)',
      'model\n  .fitDataset (rows)',
      'layers.dropout({ rate: 0.1, seed: 1 })',
      'util.shuffle(order)',
      'const x = Math.random();',
      'const noise = randomNormal([2, 2]);',
    ];
    for (const twin of twins) expect(breaches('twin.ts', twin)).toHaveLength(1);
    expect(
      breaches('fine.ts', '/** Neither `model.fit()` nor\n * Math.random. */\nprofit(x); // util.shuffle'),
    ).toEqual([]);
  });
});
