/** What an invented person of the sample clinic is made of. */
import type { Measure, PatientFields, Side, WristClass } from '../../core/contract/schemas/clinical.ts';
import type { Driver, TimeBand } from '../../core/contract/schemas/judgement.ts';
import type { SampleRecording } from './sample-recordings.ts';

export type SampleAnswer = WristClass | 'cannot-tell';
/** Keys of the readers of the sample clinic, see people.ts. */
export type ReaderKey = 'surgeon' | 'therapist' | 'registrar';
export type DeviceKey = 'gauge' | 'digital' | 'grip' | 'wrist';
type Three = readonly [string, string, string];

export interface SampleJudgement {
  answer: SampleAnswer;
  confidencePercent: number | null;
  drivers: readonly Driver[];
  isBlinded?: boolean;
  /** Hands-on time; 12 s when absent. */
  durationMs?: number;
  verdict: 'agree' | 'disagree' | 'cannot-tell';
  verdictNote?: string;
  secondLook?: { wouldChangeMind: string; askColleague: boolean; finalAnswer: SampleAnswer | null };
}

/** One visit: kilograms as typed (three trials a hand), torques in N·m as extension, flexion, radial, ulnar. */
export interface SampleVisit {
  at: string;
  right: Three;
  left: Three;
  torquesNm?: Partial<Record<Side, readonly [string, string, string, string]>>;
  /** Further measures, as typed in kilograms, degrees, seconds or points. */
  further?: readonly { measure: Measure; side: Side; values: readonly string[] }[];
  pain?: number;
  device: 'gauge' | 'digital';
  note?: string;
  /** Who measured; the surgeon when absent. */
  reader?: ReaderKey;
  /** Absent: measurements only. */
  judgement?: SampleJudgement;
  /** A later blinded reading by another person. */
  secondReading?: { reader: ReaderKey } & Pick<SampleJudgement, 'answer' | 'confidencePercent' | 'drivers'>;
  /** The clinician's 50 % range of the next visit's key pinch, kilograms. */
  forecast?: { side: Side; lowKg: number; highKg: number; nextOn: string };
  /** Corrected after it was saved: the first trial numbers of a hand as they should have been typed. */
  correction?: { at: string; side: Side; values: readonly string[]; unit: 'kg' | 'lb'; reason: string };
  truth?: { at: string; kind: 'operation-note' | 'imaging' | 'other'; text: string };
  /** A recording that is imported into the visit; the elbow hold is judged, and its time typed after the lock. */
  recording?: 'sustained-pinch' | 'elbow-emg';
  /** A key pinch in three directions, imported before the judgement, with what was brushed on it. */
  directed?: { recording: SampleRecording; bands: readonly TimeBand[] };
  /** The muscle groups are judged, and then seen beside the model's. */
  judgesMuscles?: boolean;
}

export interface SamplePerson {
  /** Why this person is here; stands in docs/sample-clinic.md. */
  story: string;
  fields: PatientFields;
  visits: readonly SampleVisit[];
  /** The newest visit is left open: measured, and waiting for its judgement. */
  waits?: boolean;
  interventions?: readonly {
    on: string;
    kind: 'splint' | 'injection' | 'therapy-change' | 'other';
    note: string;
  }[];
}

export const against = (feature: Driver['feature']): Driver => ({ feature, direction: 'against' });
export const forIt = (feature: Driver['feature']): Driver => ({ feature, direction: 'for' });

export const person = (
  fields: Partial<PatientFields> & Pick<PatientFields, 'displayName' | 'birthDate' | 'sex'>,
): PatientFields => ({
  clinicNumber: '',
  heightM: 1.7,
  weightKg: 72,
  dominantHand: 'right',
  affectedSide: 'left',
  diagnosis: '',
  operation: 'none',
  operationNote: '',
  operationDate: null,
  ...fields,
});
