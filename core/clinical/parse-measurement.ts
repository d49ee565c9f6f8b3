/** Why typed characters are not a measurement. */
export type MeasurementProblem =
  | 'empty'
  | 'letters'
  | 'negative'
  | 'exponent'
  | 'two-separators'
  | 'unfinished'
  | 'too-large'
  | 'too-many-digits';

export type ParsedMeasurement =
  | { ok: true; value: number }
  | { ok: false; problem: MeasurementProblem; sentence: string };

const SENTENCES: Readonly<Record<MeasurementProblem, string>> = {
  empty: 'Nothing is typed here yet.',
  letters: 'Type the number only, for example 7.2. The unit is chosen above the table.',
  negative: 'A strength cannot be below zero. Type the number without the minus sign.',
  exponent: 'Type the number in full, for example 7.2, without the letter e.',
  'two-separators': 'There are two decimal marks here. Type one comma or one point, for example 7,2.',
  unfinished: 'A digit is missing beside the decimal mark, for example 0.5.',
  'too-large': 'This is more than any hand or gauge can give. Please check the number.',
  'too-many-digits': 'No gauge shows so many digits. Type at most three after the decimal mark.',
};

/** Digits before the decimal mark: 9999 of any unit is beyond every gauge. */
const MAX_WHOLE_DIGITS = 4;
const MAX_DECIMALS = 3;

/**
 * Reads a strength as typed at the bedside; nothing is guessed or rounded.
 *
 * @param text characters of one cell; blanks around the number are ignored, comma and point are both decimal
 *   marks, thousands separators do not exist. Text that ends with its decimal mark is unfinished: "14," may have been
 *   going to be 14,5.
 * @returns the number in the unit chosen on the form (0 <= value < 10,000), or the problem with a sentence
 *   for the clinician. Never throws.
 */
export function parseMeasurement(text: string): ParsedMeasurement {
  const trimmed = text.trim();
  if (trimmed === '') return refuse('empty');
  // Keyboards and pasted text write the minus sign in several ways.
  if (/^[-\u2010-\u2015\u2212]/.test(trimmed)) return refuse('negative');
  if (/^\+?[\d.,]+e[+-]?\d*$/i.test(trimmed)) return refuse('exponent');
  if (!/^[\d.,]+$/.test(trimmed)) return refuse('letters');
  const marks = trimmed.replace(/\d/g, '');
  if (marks.length > 1) return refuse('two-separators');
  const [whole = '', decimals = ''] = trimmed.split(/[.,]/);
  if (marks.length === 1 && decimals === '') return refuse('unfinished');
  if (whole.replace(/^0+(?=\d)/, '').length > MAX_WHOLE_DIGITS) return refuse('too-large');
  if (decimals.length > MAX_DECIMALS) return refuse('too-many-digits');
  if (whole.length > MAX_WHOLE_DIGITS) return refuse('too-many-digits');
  return { ok: true, value: Number(`${whole || '0'}.${decimals || '0'}`) };
}

function refuse(problem: MeasurementProblem): ParsedMeasurement {
  return { ok: false, problem, sentence: SENTENCES[problem] };
}
