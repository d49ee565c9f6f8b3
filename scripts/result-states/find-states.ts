/** Invented visits whose answers show each state of a result, found with the shipped model. */
import type { Side, TrialEntry } from '../../core/contract/schemas/clinical.ts';
import type { Explanation, ModelInput, WristStatePrediction } from '../../core/contract/schemas/judgement.ts';
import { toNewtons } from '../../core/units/quantities.ts';
import { ageYearsAt } from '../../electron/host/services/model-input.ts';
import type { LocalInference } from '../headless/local-inference.ts';

export const STATES = ['one-class', 'two-classes', 'cannot-tell', 'abstain', 'no-explanation'] as const;
export type ResultState = (typeof STATES)[number];

/** Kilograms of both hands, newton metres of the left: extension, flexion, radial, ulnar. */
export interface Visit {
  right: readonly [string, string, string];
  left: readonly [string, string, string];
  torquesNm: readonly [string, string, string, string] | null;
}

/** The person of every picture, as the host will describe them on the day of the visit. */
export const PERSON = { sex: 'female', birthDate: '1968-03-04', heightM: 1.66, weightKg: 68 } as const;
/** As the host will work it out for a visit of today. */
const AGE_YEARS = ageYearsAt(PERSON.birthDate, new Date().toISOString());
const WRIST = ['wrist-extension', 'wrist-flexion', 'wrist-radial', 'wrist-ulnar'] as const;

const trialsOfHand = (kg: number): [string, string, string] => [
  kg.toFixed(1),
  (kg * 1.03).toFixed(1),
  (kg * 1.01).toFixed(1),
];
const newtons = (kg: readonly string[]) => kg.map((text) => toNewtons(Number(text), 'kg'));

function inputOf({ right, left, torquesNm }: Visit): ModelInput {
  const torque = (place: number) => (torquesNm === null ? null : Number(torquesNm[place]));
  return {
    sessionId: '00000000-0000-4000-8000-000000000000' as ModelInput['sessionId'],
    ...PERSON,
    ageYears: AGE_YEARS,
    side: 'left',
    affectedSide: 'left',
    pinchTrialsN: newtons(left),
    pinchPeakN: Math.max(...newtons(left)),
    otherHandPinchPeakN: Math.max(...newtons(right)),
    wristExtensionNm: torque(0),
    wristFlexionNm: torque(1),
    wristRadialNm: torque(2),
    wristUlnarNm: torque(3),
    typedUnits: ['kg'],
  };
}

/** Visits from weak to strong hands, with and without wrist strength; the first beyond anything anybody measured. */
function* candidates(): Generator<Visit> {
  const strongest: Visit['torquesNm'] = ['19.0', '2.1', '18.0', '1.2'];
  yield { right: trialsOfHand(7.4), left: trialsOfHand(11.8), torquesNm: strongest };
  for (const kg of [5.2, 4.4, 6.0, 3.6, 6.8]) {
    for (const scale of [1, 0.8, 1.25, 0.6]) {
      for (const tilt of [1, 0.7, 1.4]) {
        yield {
          right: trialsOfHand(7.4),
          left: trialsOfHand(kg),
          torquesNm: [
            (3.4 * scale * tilt).toFixed(1),
            (5.4 * scale).toFixed(1),
            (5.2 * scale * tilt).toFixed(1),
            (4.6 * scale).toFixed(1),
          ],
        };
      }
    }
    yield { right: trialsOfHand(7.4), left: trialsOfHand(kg), torquesNm: null };
  }
}

function stateOf(prediction: WristStatePrediction, explanation: Explanation | null): ResultState | null {
  if (prediction.refusals.includes('out-of-range')) return 'abstain';
  if (explanation === null) return null;
  // Where no class can be ruled out, a second measurement may answer another one: its explanation is mostly withheld too.
  if (prediction.refusals.includes('full-set')) return 'cannot-tell';
  if (prediction.refusals.length > 0) return null;
  if (!explanation.isShown) return 'no-explanation';
  return prediction.predictionSet.length === 1 ? 'one-class' : 'two-classes';
}

/** One visit a state. @throws Error naming the states that no candidate shows. */
export function findStates(inference: LocalInference): Map<ResultState, Visit> {
  const found = new Map<ResultState, Visit>();
  for (const visit of candidates()) {
    const input = inputOf(visit);
    const prediction = inference.predict(input);
    const state = stateOf(prediction, prediction.probabilities ? inference.explain(input, prediction) : null);
    if (state !== null && !found.has(state)) found.set(state, visit);
    if (found.size === STATES.length) return found;
  }
  throw new Error(`no visit shows: ${STATES.filter((state) => !found.has(state)).join(', ')}`);
}

/** The trials of a visit as they are typed. */
export function trialsOf({ right, left, torquesNm }: Visit): TrialEntry[] {
  const base = {
    pain: null,
    isStoppedEarly: false,
    notTestedReason: null,
    isConfirmedUnusual: false,
  } as const;
  const pinch = (side: Side, texts: readonly string[]) =>
    texts.map(
      (typedText, index): TrialEntry => ({
        ...base,
        measure: 'lateral-pinch',
        side,
        trialNumber: index + 1,
        typedText,
        typedUnit: 'kg',
        valueSi: toNewtons(Number(typedText), 'kg'),
      }),
    );
  const torques = (torquesNm ?? []).map(
    (typedText, index): TrialEntry => ({
      ...base,
      measure: WRIST[index]!,
      side: 'left',
      trialNumber: 1,
      typedText,
      typedUnit: 'N.m',
      valueSi: Number(typedText),
    }),
  );
  return [...pinch('right', right), ...pinch('left', left), ...torques];
}
