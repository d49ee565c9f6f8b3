import type { ElbowEnvelopeView } from '../../../core/contract/channels/analyses.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { ElbowSetup } from '../../../core/contract/schemas/analysis.ts';
import { ELBOW_WINDOW_S, type EnvelopeProblem } from '../../../core/inference/elbow-envelopes.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { listAnalysisJudgements } from '../db/repositories/analysis-repository.ts';
import { envelopesOfHold } from './analysis-input.ts';
import { analysisToShow } from './analysis-view.ts';
import { findHold, type Hold } from './hold-recordings.ts';
import type { ViewScope } from './waiting-reader.ts';

/** The problem in words that a clinician can act on. */
function problemText(problem: EnvelopeProblem): string {
  const number = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));
  switch (problem.kind) {
    case 'channel-missing':
      return `There is no channel named ${problem.channel}. Name the four channels biceps, brachialis, brachioradialis and triceps when you import the file.`;
    case 'rate-too-low':
      return `The recording has ${number(problem.rateHz)} samples a second; this needs at least ${problem.neededHz}.`;
    case 'too-short':
      return `From the start of the hold there are ${number(problem.seconds)} s; this needs ${number(problem.neededS)} s.`;
    case 'gap':
      return `${problem.channel} has a gap at ${number(problem.atS)} s. Nothing is filled in.`;
    case 'maximal-amplitude-missing':
      return `${problem.channel} is in ${problem.unit ?? 'an unknown unit'}: its amplitude at maximal effort is needed, in the same unit.`;
  }
}

function viewOf(
  hold: Hold,
  setup: Pick<ElbowSetup, 'startS' | 'maximalAmplitudes'>,
  seconds: number,
): ElbowEnvelopeView {
  const made = envelopesOfHold(hold, setup, seconds);
  if (!made.ok) return { ...EMPTY, problem: problemText(made.problem) };
  const { envelopes, steps, treatments } = made.value;
  return { envelopes: [...envelopes], steps, treatments, problem: null };
}

const EMPTY: ElbowEnvelopeView = { envelopes: [], steps: 0, treatments: [], problem: null };
const STEP_S = 0.5;
/** Longest hold that is drawn as a whole. */
const MOST_SECONDS = 1800;

/**
 * The first 30 s: all that is shown of a hold before the lock.
 * @throws AppError session.incomplete when the session has no such recording.
 */
export function elbowStart(
  db: ReadableDb,
  sessionId: string,
  recordingId: string,
  setup: Pick<ElbowSetup, 'startS' | 'maximalAmplitudes'>,
): ElbowEnvelopeView {
  const hold = findHold(db, sessionId, recordingId);
  if (!hold) throw new AppError('session.incomplete');
  return viewOf(hold, setup, ELBOW_WINDOW_S);
}

/**
 * The hold from its start to the end of the recording, where the answer may be seen.
 * @throws AppError judgement.not_locked where it may not; session.incomplete without the recording.
 */
export function elbowWhole(scope: ViewScope, sessionId: string): ElbowEnvelopeView {
  const { db } = scope;
  const view = analysisToShow(scope, sessionId, 'elbow-torque-fatigue');
  const [first] = listAnalysisJudgements(db, sessionId, 'elbow-torque-fatigue');
  if (view.prediction === null || first?.fields.analysis !== 'elbow-torque-fatigue') {
    throw new AppError('judgement.not_locked');
  }
  const { setup } = first.fields;
  const hold = findHold(db, sessionId, setup.recordingId);
  if (!hold) throw new AppError('session.incomplete');
  const left = Math.floor((hold.durationS - setup.startS) / STEP_S) * STEP_S;
  return viewOf(hold, setup, Math.min(MOST_SECONDS, left));
}
