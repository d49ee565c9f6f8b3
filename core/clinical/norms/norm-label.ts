import { NORM_FACTS, type NormFacts } from './norm-facts.ts';
import type { NormReading, NormTable } from './norm-table.ts';

declare const IS_NORM_LABEL: unique symbol;
/**
 * The words that must stand wherever a number of a norm table stands. Only {@link normLabel} makes one: a chart, table,
 * file or report that takes a label cannot leave the status out.
 */
export type NormLabel = string & { readonly [IS_NORM_LABEL]: true };

export const RECALLED_WORDS = 'transcribed from memory, unverified';

export const READING_WORDS: Readonly<Record<NormReading, string>> = {
  read: 'read in the source or a public copy of it',
  'read-second-hand': 'read in somebody’s transcription, not in the source',
  recalled: RECALLED_WORDS,
};

/** Facts of a table; a table without any is named by its id, and everything else is "not stated". */
export const normFactsOf = (table: Pick<NormTable, 'id'>): NormFacts =>
  Object.hasOwn(NORM_FACTS, table.id)
    ? (NORM_FACTS[table.id] as NormFacts)
    : { name: table.id, year: null, device: 'not stated', population: 'not stated' };

const nameWithStatus = (table: Pick<NormTable, 'id' | 'reading'>): string =>
  `${normFactsOf(table).name} (${READING_WORDS[table.reading]})`;

/**
 * Short: name with status and score rule, e.g. for a line of a report. The status comes first after the name, so that no cut
 * hides it; a best trial and a mean of three are not the same value.
 */
export const shortNormLabel = (table: Pick<NormTable, 'id' | 'reading' | 'score'>): NormLabel =>
  `${nameWithStatus(table)}, score: ${table.score}` as NormLabel;

/** Whole: name, status, population, device, score and what the band means. */
export function normLabel(table: NormTable): NormLabel {
  const { population, device } = normFactsOf(table);
  return `${nameWithStatus(table)}; ${population}; device: ${device}; ${scoreText(table)}` as NormLabel;
}

function scoreText(table: NormTable): string {
  const hands = new Set(table.cells.map(({ hand }) => hand));
  if (hands.has('best')) return 'best of both hands, the same for each';
  if (hands.has('unstated')) return `hand not stated, the same for each; score: ${table.score}`;
  const by = hands.has('dominant') ? 'by dominant and other hand; ' : '';
  return `${by}score: ${table.score}`;
}
