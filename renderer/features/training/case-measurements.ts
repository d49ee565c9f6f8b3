import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { TrialEntry } from '../../../core/contract/schemas/clinical.ts';
import type { TrainingCaseView } from '../../../core/contract/schemas/training.ts';
import { fromNewtons } from '../../../core/units/quantities.ts';
import type { JudgedMeasurements } from '../../app/judging/measured-features.ts';

const BASE = { pain: null, isStoppedEarly: false, notTestedReason: null, isConfirmedUnusual: false } as const;

/** The measurements of a simulated person as a clinician would have typed them. */
export function measurementsOfCase({ input }: Pick<TrainingCaseView, 'input'>): JudgedMeasurements {
  const other = input.side === 'right' ? 'left' : 'right';
  const pinch = (side: TrialEntry['side'], forceN: number, place: number): Omit<TrialEntry, 'deviceId'> => ({
    ...BASE,
    measure: 'lateral-pinch',
    side,
    trialNumber: place + 1,
    typedText: fromNewtons(forceN, 'kg').toFixed(1),
    typedUnit: 'kg',
    valueSi: forceN,
  });
  const torques = {
    'wrist-extension': input.wristExtensionNm,
    'wrist-flexion': input.wristFlexionNm,
    'wrist-radial': input.wristRadialNm,
    'wrist-ulnar': input.wristUlnarNm,
  } as const;
  return {
    trials: [
      ...input.pinchTrialsN.map((forceN, place) => pinch(input.side, forceN, place)),
      ...(input.otherHandPinchPeakN === null ? [] : [pinch(other, input.otherHandPinchPeakN, 0)]),
      ...Object.entries(torques).flatMap(([measure, torqueNm]): Omit<TrialEntry, 'deviceId'>[] =>
        torqueNm === null
          ? []
          : [
              {
                ...BASE,
                measure: measure as TrialEntry['measure'],
                side: input.side,
                trialNumber: 1,
                typedText: torqueNm.toFixed(1),
                typedUnit: 'N.m',
                valueSi: torqueNm,
              },
            ],
      ),
    ],
    // The other hand has one number, its best trial: only a maximum compares alike.
    summaryRule: 'maximum',
    affectedSide: input.affectedSide,
  };
}

/** Who was measured, in words. */
export const personWords = ({ input }: Pick<TrainingCaseView, 'input'>): string =>
  `Simulated ${input.sex === 'female' ? 'woman' : 'man'}, ${Math.floor(input.ageYears)} years, ` +
  `${input.heightM.toFixed(2)} m, ${Math.round(input.weightKg)} kg; the ${SIDE_NAMES[input.side]} hand is in question, of the other one the best trial is given.`;
