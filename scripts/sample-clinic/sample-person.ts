/** What an invented person of the sample clinic is made of. */
import type { PatientFields, WristClass } from '../../core/contract/schemas/clinical.ts';
import type { Driver } from '../../core/contract/schemas/judgement.ts';

/** One visit: kilograms as typed (three trials a hand), torques in N·m as extension, flexion, radial, ulnar. */
export interface SampleVisit {
  at: string;
  right: readonly [string, string, string];
  left: readonly [string, string, string];
  torquesNm?: Partial<Record<'right' | 'left', readonly [string, string, string, string]>>;
  pain?: number;
  device: 'gauge' | 'digital';
  note?: string;
  /** Absent: measurements only. */
  judgement?: {
    answer: WristClass | 'cannot-tell';
    confidencePercent: number | null;
    drivers: readonly Driver[];
    isBlinded?: boolean;
    verdict: 'agree' | 'disagree' | 'cannot-tell';
    verdictNote?: string;
  };
}

export interface SamplePerson {
  fields: PatientFields;
  visits: readonly SampleVisit[];
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
