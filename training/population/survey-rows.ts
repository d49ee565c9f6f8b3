import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One adult of the US 2013-14 grip survey as the rows have it; nothing is weighted or imputed. */
export interface SurveyedAdult {
  sex: 'female' | 'male';
  /** Whole years from 18; 80 stands for 80 and older (top-coded). */
  ageYears: number;
  heightM: number;
  weightKg: number;
  /** The hand that the person says is dominant; null: no answer. */
  dominantHand: 'right' | 'left' | 'both' | null;
  /** Null unless the whole grip test (three trials a hand) was done: what the fit of grip uses. */
  grip: SurveyedGrip | null;
}

/** Kilogram-force; trials in the order in which they were made, a missed one left out. */
export interface SurveyedGrip {
  rightTrialsKg: readonly number[];
  leftTrialsKg: readonly number[];
  rightBestKg: number;
  leftBestKg: number;
}

/** One adult of the Korean fitness-centre set. Which hand gripped is not stated there. */
export interface FitnessAdult {
  sex: 'female' | 'male';
  ageYears: number;
  gripKg: number;
}

const ADULT_YEARS = 18;
const COMPLETE_TEST = '1';

/** The folder with the reference data beside the project (design decision 35). */
export const referenceDataFolder = (): string => process.env.PREHENSA_REFERENCE_DATA ?? '../shared/data';

/**
 * Adults of the US survey with a measured height and weight. Children and people without size are left out.
 * @param folder - the reference data folder. @returns null when the rows are not there: they may not be committed.
 * @throws SyntaxError when a column is missing or an expected number is none.
 */
export function readUsSurvey(folder = referenceDataFolder()): SurveyedAdult[] | null {
  const rows = readTables(folder, 'us_2013_14');
  // Whole and half files may lie side by side: a person counts once.
  return rows && [...new Map(rows.map((row) => [row.text('seqn'), row])).values()].flatMap(surveyedAdult);
}

/**
 * Adults of the Korean fitness-centre set. Three recorded grips of zero are no measurements and are left out.
 * @returns null when the rows are not there. @throws SyntaxError as {@link readUsSurvey}.
 */
export function readKoreanAdults(folder = referenceDataFolder()): FitnessAdult[] | null {
  const rows = readTables(folder, 'korea');
  if (!rows) return null;
  return rows.flatMap((row) => {
    const gripKg = row.number('grip force');
    const sex = row.text('gender') === 'M' ? 'male' : 'female';
    return gripKg > 0 ? [{ sex, ageYears: row.number('age'), gripKg }] : [];
  });
}

/** Names a set of rows without showing any: other rows of the same survey give other figures, and should. */
export const fingerprintOf = (adults: readonly (SurveyedAdult | FitnessAdult)[]): string =>
  createHash('sha256').update(JSON.stringify(adults)).digest('hex');

interface Row {
  text(column: string): string;
  /** NaN for an empty cell. @throws SyntaxError for a cell that is no number. */
  number(column: string): number;
}

function surveyedAdult(row: Row): SurveyedAdult[] {
  const ageYears = row.number('age_y_topcoded80');
  const heightM = row.number('height_cm') / 100;
  const weightKg = row.number('weight_kg');
  if (!(ageYears >= ADULT_YEARS && heightM > 0 && weightKg > 0)) return [];
  const dominant = { '1': 'right', '2': 'left', '3': 'both' } as const;
  return [
    {
      sex: row.text('sex_1m_2f') === '1' ? 'male' : 'female',
      ageYears,
      heightM,
      weightKg,
      dominantHand: dominant[row.text('dominant_1r_2l_3both') as keyof typeof dominant] ?? null,
      grip: row.text('MGDEXSTS') === COMPLETE_TEST ? surveyedGrip(row) : null,
    },
  ];
}

/** Which hand went first was drawn by lot: hand 1 is the right one only where the row says so. */
function surveyedGrip(row: Row): SurveyedGrip {
  const trials = (hand: 1 | 2): number[] =>
    [1, 2, 3].map((trial) => row.number(`hand${hand}_trial${trial}_kg`)).filter((force) => force > 0);
  const isRightFirst = row.text('hand1_is_1r_2l') === '1';
  return {
    rightTrialsKg: trials(isRightFirst ? 1 : 2),
    leftTrialsKg: trials(isRightFirst ? 2 : 1),
    rightBestKg: row.number('right_best_kg'),
    leftBestKg: row.number('left_best_kg'),
  };
}

function readTables(folder: string, prefix: string): Row[] | null {
  const place = join(folder, 'real', 'grip_survey');
  if (!existsSync(place)) return null;
  const files = readdirSync(place)
    .filter((name) => name.startsWith(prefix) && name.endsWith('.csv'))
    .sort();
  return files.length === 0
    ? null
    : files.flatMap((name) => parseTable(readFileSync(join(place, name), 'utf8'), name));
}

/** Rows of a plain comma-separated table (no quoted cells occur in these files). */
export function parseTable(text: string, name: string): Row[] {
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const columns = new Map(header.split(',').map((column, index) => [column.trim(), index]));
  return lines.map((line, index) => {
    const cells = line.split(',');
    const cell = (column: string): string => {
      const at = columns.get(column);
      if (at === undefined) throw new SyntaxError(`${name} has no column "${column}".`);
      return cells[at]?.trim() ?? '';
    };
    return {
      text: cell,
      number(column) {
        const written = cell(column);
        const value = written === '' ? Number.NaN : Number(written);
        if (written !== '' && Number.isNaN(value)) {
          throw new SyntaxError(`${name}, row ${index + 2}: "${written}" under "${column}" is no number.`);
        }
        return value;
      },
    };
  });
}
