/**
 * Small tables from survey rows that may not be committed themselves.
 *   npm run survey-tables             writes the measured figures into resources/; the constants in use stay
 *   npm run survey-tables -- --check  compares the committed figures with what the rows give; writes nothing
 * The rows lie in the reference data folder (PREHENSA_REFERENCE_DATA, default ../shared/data). Where they are
 * absent there is nothing to do, and the program says so.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { differences } from '../training/population/compare-figures.ts';
import { fingerprintOf, readKoreanAdults, readUsSurvey } from '../training/population/survey-rows.ts';
import { summariseKoreanGrip, summariseSurvey } from '../training/population/survey-summary.ts';

const root = join(import.meta.dirname, '..');
const US_TABLE = join(root, 'resources/population/us-2013-14-survey.json');
const KOREAN_TABLE = join(root, 'resources/norms/korea-fitness-grip.json');

interface Part {
  name: string;
  file: string;
  /** The part of the file that is computed. */
  key: 'measured' | 'rows';
  /** Null when the rows are absent. */
  compute: () => { figures: unknown; rowsSha256: string } | null;
}

const PARTS: readonly Part[] = [
  {
    name: 'US 2013-14 grip survey',
    file: US_TABLE,
    key: 'measured',
    compute: () => {
      const adults = readUsSurvey();
      return adults && { figures: summariseSurvey(adults), rowsSha256: fingerprintOf(adults) };
    },
  },
  {
    name: 'Korean fitness-centre grip',
    file: KOREAN_TABLE,
    key: 'rows',
    compute: () => {
      const adults = readKoreanAdults();
      return adults && { figures: summariseKoreanGrip(adults), rowsSha256: fingerprintOf(adults) };
    },
  },
];

/** Prints where table and rows differ. @returns true unless the very rows of the table give other figures. */
function isConsistent(
  name: string,
  committed: Record<string, unknown>,
  key: string,
  computed: Computed,
): boolean {
  const found = differences(committed[key], computed.figures);
  const areSameRows = committed.rowsSha256 === computed.rowsSha256;
  for (const line of found) console.log(`${name}: ${line}`);
  if (found.length === 0) console.log(`${name}: the table is what the rows give`);
  else if (areSameRows) console.log(`${name}: ${found.length} figures differ: the table was changed by hand`);
  else {
    console.log(
      `${name}: ${found.length} figures differ, as these are other rows; "npm run evaluate" judges the agreement`,
    );
  }
  return found.length === 0 || !areSameRows;
}
type Computed = NonNullable<ReturnType<Part['compute']>>;

const { values: options } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
for (const { name, file, key, compute } of PARTS) {
  const computed = compute();
  if (computed === null) {
    console.log(
      `skipped: ${name}: the rows are not here (PREHENSA_REFERENCE_DATA); they are never committed`,
    );
    continue;
  }
  const table: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  if (options.check) {
    if (!isConsistent(name, table, key, computed)) process.exitCode = 1;
  } else {
    writeFileSync(file, formatted({ ...table, rowsSha256: computed.rowsSha256, [key]: computed.figures }));
    console.log(`${name}: written`);
  }
}

/** JSON with a short list of numbers or a row on one line. */
function formatted(value: unknown): string {
  const spread = JSON.stringify(value, null, 1);
  return `${spread.replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, inner: string) => `[${inner.replace(/\s*\n\s*/g, ' ')}]`)}\n`;
}
