import type { ImportProblem } from '../../../core/formats/recording-import.ts';
import type { RecordingLayout } from '../../../core/formats/recording-layout.ts';
import { MAX_RECORDING_BYTES, MAX_RECORDING_ROWS } from '../../../core/formats/recording-samples.ts';

const MEGABYTE = 1024 * 1024;
export const LARGEST_TEXT = `${MAX_RECORDING_BYTES / MEGABYTE} MB`;

export interface ProblemText {
  title: string;
  whatToDo: string;
}

const KEPT = 'Nothing was imported, and the file is unchanged.';

/** What is wrong with a file, where, and what to do. */
export function importProblemText(problem: ImportProblem, layout: RecordingLayout | null): ProblemText {
  const heading = (column: number) => {
    const name = layout?.columns[column - 1]?.name;
    return name === undefined ? `column ${column}` : `column ${column} ("${name}")`;
  };
  switch (problem.kind) {
    case 'empty':
      return { title: 'The file is empty.', whatToDo: `${KEPT} Export the recording again from its device.` };
    case 'not-text':
      return {
        title: 'The file is not plain text.',
        whatToDo: `${KEPT} Spreadsheets and UTF-16 text cannot be read: save it as CSV, UTF-8.`,
      };
    case 'no-numbers':
      return {
        title: 'No table of numbers was found, read this way.',
        whatToDo: `${KEPT} Check delimiter and decimal mark below, or choose another file.`,
      };
    case 'too-large':
      return {
        title: `The file is larger than ${LARGEST_TEXT}.`,
        whatToDo: `${KEPT} Export a shorter stretch, or fewer columns.`,
      };
    case 'too-many-rows':
      return {
        title: `The file has more than ${MAX_RECORDING_ROWS.toLocaleString('en')} rows.`,
        whatToDo: `${KEPT} Export a shorter stretch.`,
      };
    case 'mapping-does-not-fit':
      return {
        title: 'The columns do not fit the file.',
        whatToDo: `${KEPT} Choose each column once, and check delimiter and decimal mark.`,
      };
    case 'bad-cell':
      return {
        title: `Line ${problem.line}, ${heading(problem.column)}: "${problem.text}" is no number here.`,
        whatToDo: `${KEPT} Check the decimal mark, ignore this column, or correct the line in the file.`,
      };
    case 'no-values':
      return {
        title: `The ${heading(problem.column)} has no value at all.`,
        whatToDo: `${KEPT} Ignore this column.`,
      };
    case 'missing-time':
      return {
        title: `Sample ${problem.row} has no time.`,
        whatToDo: `${KEPT} Choose the right time column, or state the sampling rate instead.`,
      };
    case 'backwards':
      return {
        title: `The clock runs backwards at sample ${problem.row}.`,
        whatToDo: `${KEPT} Samples are never sorted: choose another time column, or state the sampling rate.`,
      };
    case 'no-samples':
      return { title: 'There are no samples below the headings.', whatToDo: KEPT };
  }
}
