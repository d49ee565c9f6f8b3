/** A recording of somebody else's: read, never guessed at, and put to the model, which must say that it cannot. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ModelInput, WristStatePrediction } from '../../core/contract/schemas/judgement.ts';
import { asForceUnit, parseDelimitedRecording } from '../../core/formats/delimited-recording.ts';
import { tracePeak } from '../../core/signals/trace-peak.ts';
import { toNewtons } from '../../core/units/quantities.ts';
import type { LocalInference } from '../headless/local-inference.ts';

export interface ImportedRecording {
  file: string;
  /** False for the specimen that the project carries. */
  isReal: boolean;
  samples: number;
  /** Peaks above baseline of the force columns, newtons. */
  peaksN: number[];
  /** Where the unit comes from: the file's own header, or the person who imports it. Never a guess. */
  unitSource: string;
  prediction: WristStatePrediction;
}

/** What the person who imports the specimen says of its force column: its header states no unit. */
const STATED_BY_PERSON = { column: 'weight', unit: 'kg' } as const;

/** The real recording when it is there, else the specimen of the project. */
export function findRecording(): { path: string; isReal: boolean } {
  const folder = join(process.env.PREHENSA_REFERENCE_DATA ?? '../shared/data', 'real', 'pinch_pulses');
  const name = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith('.csv')) : undefined;
  return name === undefined
    ? { path: 'resources/samples/tindeq-repeaters.csv', isReal: false }
    : { path: join(folder, name), isReal: true };
}

/**
 * Reads the recording and asks the model about its peaks for an invented person.
 * @throws Error when no column has a force unit, stated by the file or by the person: a unit is never guessed.
 */
export function importRecording(inference: LocalInference, person: ModelInput): ImportedRecording {
  const { path, isReal } = findRecording();
  const parsed = parseDelimitedRecording(readFileSync(path, 'utf8'));
  if (!parsed.ok) throw new Error(`the recording was not understood: ${parsed.problem.kind}`);
  const peaksN: number[] = [];
  let unitSource = 'stated by the file';
  for (const column of parsed.recording.columns) {
    const stated = asForceUnit(column.statedUnit);
    const isAsked = !isReal && stated === null && column.name === STATED_BY_PERSON.column;
    if (isAsked)
      unitSource = `${STATED_BY_PERSON.unit}, stated by the person who imports it: the file states none`;
    const unit = isAsked ? STATED_BY_PERSON.unit : stated;
    const peak = unit === null ? null : tracePeak(column.values);
    if (unit !== null && peak !== null) peaksN.push(toNewtons(peak.peak - peak.baseline, unit));
  }
  if (peaksN.length === 0) throw new Error('no column of the recording states a force unit');
  const prediction = inference.predict({
    ...person,
    pinchTrialsN: peaksN,
    pinchPeakN: Math.max(...peaksN),
    otherHandPinchPeakN: null,
    typedUnits: ['N'],
  });
  return {
    file: basename(path),
    isReal,
    samples: parsed.recording.columns[0]?.values.length ?? 0,
    peaksN,
    unitSource,
    prediction,
  };
}
