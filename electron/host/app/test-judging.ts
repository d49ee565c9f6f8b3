/** Judged sessions of a test clinic, with bundles that agree to everything: what is tested is the order of steps. */
import { MUSCLE_GROUPS } from '../../../core/clinical/muscle-groups.ts';
import type { MuscleJudgementFields, MusclePrediction } from '../../../core/contract/schemas/analysis.ts';
import type { PatientId, SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { JudgementFields, WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import type { ReadingFields } from '../../../core/contract/schemas/reading.ts';
import { EMPTY_DRAFT, expectOk, sixTrials, TEST_PASSPHRASE, type TestClinic } from './test-clinic.ts';

const WRIST_BUNDLE = 'ab'.repeat(32);
const MUSCLE_BUNDLE = 'cd'.repeat(32);
export const AGREEING_BUNDLES = new Map([
  [WRIST_BUNDLE, { modelId: 'wrist-state', version: '9.9.9', isAnswerOf: () => true }],
  [
    MUSCLE_BUNDLE,
    {
      modelId: 'muscle-parameters-1',
      version: '9.9.9',
      isAnswerOf: () => true,
      openChecker: async () => () => true,
      openExplanationChecker: async () => async () => true,
    },
  ],
]);

/** What the agreeing bundle answers: fusion, with doubt. */
export const TEST_PREDICTION: WristStatePrediction = {
  modelId: 'wrist-state',
  modelVersion: '9.9.9',
  bundleHash: WRIST_BUNDLE,
  inputPattern: 'A',
  probabilities: [0.1, 0.6, 0.3],
  nonimpairedBand: [0.05, 0.2],
  predictionSet: ['four-corner-fusion'],
  coverage: 0.9,
  refusals: [],
  widthReasons: [],
  inRangeP: 0.4,
  features: [],
  durationMs: 3,
};
const MUSCLE_PREDICTION: MusclePrediction = {
  analysis: 'muscle-parameters',
  modelId: 'muscle-parameters-1',
  modelVersion: '9.9.9',
  bundleHash: MUSCLE_BUNDLE,
  coverage: 0.9,
  tier: 1,
  refusals: [],
  widthReasons: ['peak-pinch-only'],
  outputs: [],
  strength: { pinchPercent: 61.7, gripPercent: null },
  inRangeP: 0.4,
  durationMs: 3,
};
export const TEST_JUDGEMENT: JudgementFields = {
  answer: 'proximal-row-carpectomy',
  confidencePercent: 65,
  drivers: [],
  isBlinded: false,
  durationMs: 9_000,
};
export const TEST_READING: ReadingFields = {
  answer: 'proximal-row-carpectomy',
  confidencePercent: 55,
  drivers: [],
  durationMs: 14_000,
};
const MUSCLE_JUDGEMENT: MuscleJudgementFields = {
  analysis: 'muscle-parameters',
  side: 'left',
  groups: MUSCLE_GROUPS.map((group) => ({ group, answer: 'weaker', confidencePercent: 60 })),
  durationMs: 9_000,
};

/** Another saved session of a patient. */
export async function sessionOf(
  { api }: TestClinic,
  patientId: PatientId,
  isBlinded = false,
): Promise<SessionId> {
  const draft = { ...EMPTY_DRAFT, isBlinded };
  const { session } = expectOk(await api['sessions.start']({ patientId, draft }));
  expectOk(await api['sessions.saveMeasurements']({ sessionId: session.id, trials: sixTrials(), draft }));
  return session.id;
}

/** Locks the judgement of a saved session and stores the model's answer. */
export async function lockAndReveal(
  { api }: TestClinic,
  sessionId: SessionId,
  change: Partial<JudgementFields> = {},
): Promise<void> {
  const judgement = { ...TEST_JUDGEMENT, ...change };
  const { receipt, inputHash } = expectOk(
    await api['sessions.lockJudgement']({ sessionId, judgedSide: 'left', judgement }),
  );
  expectOk(await api['predictions.store']({ sessionId, receipt, inputHash, prediction: TEST_PREDICTION }));
}

/** Locks the judgement of the muscles. */
export const lockMuscles = async ({ api }: TestClinic, sessionId: SessionId) =>
  expectOk(await api['analyses.lockJudgement']({ sessionId, judgement: MUSCLE_JUDGEMENT }));

/** Stores what the model says of the muscles, by a new receipt. */
export async function revealMuscles({ api }: TestClinic, sessionId: SessionId): Promise<void> {
  const analysis = 'muscle-parameters';
  const { receipt, inputHash } = expectOk(await api['analyses.requestReceipt']({ sessionId, analysis }));
  const prediction = MUSCLE_PREDICTION;
  expectOk(await api['analyses.store']({ sessionId, receipt, inputHash, prediction }));
}

/** Disagrees with the model and asks a colleague. */
export async function askColleague({ api }: TestClinic, sessionId: SessionId): Promise<void> {
  const secondLook = { wouldChangeMind: 'a second visit', askColleague: true, finalAnswer: null };
  const comparison = { verdict: 'disagree' as const, note: 'note of the first', secondLook };
  expectOk(await api['sessions.compare']({ sessionId, comparison }));
}

export const addUser = async ({ api }: TestClinic, name: string) =>
  expectOk(await api['app.createUser']({ name, passphrase: TEST_PASSPHRASE }));

/** Locks the clinic and opens it as another user. */
export async function signIn({ api }: TestClinic, name: string): Promise<void> {
  const { users } = expectOk(await api['app.lock']({}));
  const userId = users.find((user) => user.name === name)?.id;
  if (userId === undefined) throw new Error(`there is no user ${name}`);
  expectOk(await api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }));
}

/** The open store below the host. @throws Error when none is open */
export function rawStore({ host }: TestClinic) {
  const { opened } = host.clinic;
  if (!opened) throw new Error('no store is open');
  return opened.db.raw;
}
