import type { ReportContent, ReportRow } from './report-content.ts';

/** What fits into the note field of most records systems. */
export const REPORT_TEXT_LIMIT = 1200;

/** Longest share of the text that one long name, history or conclusion may take. */
const PERSON_LIMIT = 140;
const HISTORY_LIMIT = 160;
const CONCLUSION_LIMIT = 330;
/** A conclusion gives way to the values, down to its first words. */
const CONCLUSION_AT_LEAST = 80;
const CONCLUSION_HEAD = 'Conclusion: ';
const ROWS_AT_LEAST = 320;
/** The sources of more than one measurement error would leave no room for values. */
const ERROR_LIMIT = 220;
const ERRORS_ON_THE_PAGE = 'Measurement errors: sources and what is assumed are on the page.';

/** Cuts between words and says so with a sign. @returns at most `limit` characters. */
export function cutAtWord(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit - 1);
  const space = head.lastIndexOf(' ');
  // A word longer than the limit has no place to cut at: then inside it, between whole characters.
  return space > 0 ? `${head.slice(0, space)} …` : `${[...head].slice(0, -1).join('')}…`;
}

/** A row as one line; a norm stands with its status or not at all. */
export function reportRowText(row: ReportRow): string {
  const parts = [
    `${row.value}${row.rule === '' ? '' : ` (${row.rule})`}${row.device === null ? '' : ` ${row.device}`}`,
    row.trials === null ? null : `trials ${row.trials}`,
    row.spread === null ? null : `spread ${row.spread}`,
    // In a text the other hand's own line may be left out: its value stands with the percentage.
    row.otherHand !== null && row.otherValue !== null
      ? `${row.otherHand} (${row.otherValue})`
      : row.otherHand,
    row.change,
    row.sinceFirst,
    row.norm === null ? null : `norm: ${row.norm.text}, ${row.norm.label}`,
  ];
  const head = row.hand === '' ? row.name : `${row.name}, ${row.hand}`;
  return `${head}: ${parts.filter((part) => part !== null).join('; ')}.`;
}

/** Without trials, spread and norm: what is left when a whole row does not fit. */
const shortRow = (row: ReportRow): ReportRow => ({ ...row, trials: null, spread: null, norm: null });
const shortestRow = (row: ReportRow): ReportRow => ({ ...shortRow(row), sinceFirst: null });

/**
 * The report as plain text of at most 1,200 characters. Whole lines only: what does not fit is left out and counted, the
 * affected hand first; that people are invented, what the model is and the conclusion always stand.
 */
export function reportText(content: ReportContent): string {
  const before = [
    content.title,
    content.sampleWords,
    cutAtWord(content.person, PERSON_LIMIT),
    cutAtWord(`${content.visit}; ${content.history}.`, HISTORY_LIMIT),
  ];
  const { model, errorNotes } = content;
  const isShort = errorNotes.join(' ').length <= ERROR_LIMIT;
  const notes = [...content.notes, ...(isShort ? errorNotes : [ERRORS_ON_THE_PAGE])];
  const after = [
    notes.length === 0 ? null : notes.join(' '),
    model === null
      ? null
      : `Model: ${[model.answer, model.probabilities, model.facts].filter((part) => part !== null).join('. ')}.`,
  ].filter((line) => line !== null);
  const lengthWithout = [...before, ...after].filter((line) => line !== null).join('\n').length;
  const room = REPORT_TEXT_LIMIT - lengthWithout - ROWS_AT_LEAST - CONCLUSION_HEAD.length;
  if (content.conclusion !== null) {
    const limit = Math.max(CONCLUSION_AT_LEAST, Math.min(CONCLUSION_LIMIT, room));
    after.push(`${CONCLUSION_HEAD}${cutAtWord(content.conclusion.replace(/\s+/g, ' '), limit)}`);
  }
  const fixed = [...before, ...after].filter((line) => line !== null);
  const lines = rowLines(content.rows, REPORT_TEXT_LIMIT - fixed.join('\n').length - 1);
  return [...before, ...lines, ...after].filter((line) => line !== null).join('\n');
}

/** @param room characters, with the line breaks between the rows. */
function rowLines(rows: readonly ReportRow[], room: number): string[] {
  const ordered = [...rows.filter((row) => row.isAffected), ...rows.filter((row) => !row.isAffected)];
  const kept: string[] = [];
  let left = room;
  let leftOut = 0;
  for (const [index, row] of ordered.entries()) {
    const reserve = index === ordered.length - 1 && leftOut === 0 ? 0 : moreText(ordered.length).length + 1;
    const line = [row, shortRow(row), shortestRow(row)]
      .map(reportRowText)
      .find((text) => text.length + 1 + reserve <= left);
    if (line === undefined) leftOut += 1;
    else {
      kept.push(line);
      left -= line.length + 1;
    }
  }
  return leftOut === 0 ? kept : [...kept, moreText(leftOut)];
}

const moreText = (count: number): string =>
  count === 1 ? '1 more value is on the page.' : `${count} more values are on the page.`;
