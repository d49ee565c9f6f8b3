/** An invented visit: the person, the trials, earlier points and what the model said. */
import type { Patient, Side, TrialEntry, Unit } from '../../../contract/schemas/clinical.ts';
import type { WristStatePrediction } from '../../../contract/schemas/judgement.ts';
import type { TrendPoint } from '../../../contract/schemas/trend.ts';
import type { MeasureId } from '../../measures.ts';
import { toStored } from '../../stored-value.ts';

export const id = <T extends string>(number: number) =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as T;

export const PATIENT: Patient = {
  id: id(1),
  createdAt: '2026-01-05T08:00:00.000Z',
  version: 1,
  displayName: 'Testperson, Erika',
  clinicNumber: 'T-1',
  birthDate: '1968-03-04',
  sex: 'female',
  heightM: 1.66,
  weightKg: 68,
  dominantHand: 'right',
  affectedSide: 'left',
  diagnosis: 'SNAC wrist II',
  operation: 'four-corner-fusion',
  operationNote: '',
  operationDate: '2026-05-12',
};

export const PREDICTION: WristStatePrediction = {
  modelId: 'wrist-state',
  modelVersion: '0.2.0',
  bundleHash: 'ab'.repeat(32),
  inputPattern: 'A',
  probabilities: [0.64, 0.33, 0.03],
  nonimpairedBand: [0.58, 0.71],
  predictionSet: ['nonimpaired', 'four-corner-fusion'],
  coverage: 0.9,
  refusals: [],
  widthReasons: [],
  inRangeP: 0.5,
  features: [],
  durationMs: 10,
};

export const trial = (
  measure: MeasureId,
  side: Side,
  trialNumber: number,
  value: number,
  unit: Unit,
): TrialEntry => ({
  measure,
  side,
  trialNumber,
  typedText: String(value),
  typedUnit: unit,
  valueSi: toStored(measure, value, unit),
  pain: null,
  isStoppedEarly: false,
  notTestedReason: null,
  isConfirmedUnusual: false,
  deviceId: id(701),
});

export const point = (
  session: number,
  at: string,
  side: Side,
  value: number,
  more: { measure?: MeasureId; unit?: Unit; device?: number } = {},
): TrendPoint => {
  const { measure = 'lateral-pinch', unit = 'kg', device = 701 } = more;
  return {
    sessionId: id(session),
    at: `${at}T08:00:00.000Z`,
    measure,
    side,
    valueSi: toStored(measure, value, unit) as number,
    spreadSi: 1,
    trialCount: 3,
    typedUnit: unit,
    deviceId: id(device),
    deviceName: 'Gauge',
  };
};

/** Six key pinches of the visit, and the course around it. */
export const VISIT: { trials: TrialEntry[]; points: TrendPoint[] } = {
  trials: [
    ...[7.2, 7.6, 7.4].map((kg, i) => trial('lateral-pinch', 'right', i + 1, kg, 'kg')),
    ...[4.1, 4.4, 4.2].map((kg, i) => trial('lateral-pinch', 'left', i + 1, kg, 'kg')),
  ],
  points: [
    point(501, '2026-10-25', 'left', 3.1),
    point(502, '2026-11-25', 'left', 4.23),
    point(502, '2026-11-25', 'right', 7.4),
    // A later visit is none of this report's business.
    point(503, '2026-12-25', 'left', 6),
  ],
};
