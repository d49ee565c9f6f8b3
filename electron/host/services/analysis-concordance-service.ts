/** Judged analyses for the concordance page: first judgements beside the model's answer to the very same input. */
import { MUSCLE_GROUPS } from '../../../core/clinical/muscle-groups.ts';
import type { Output } from '../../../core/contract/contract.ts';
import type {
  AnalysisJudgement,
  AnalysisPrediction,
  ElbowPrediction,
  MusclePrediction,
} from '../../../core/contract/schemas/analysis.ts';
import type {
  ElbowConcordanceRow,
  MuscleConcordanceRow,
} from '../../../core/contract/schemas/concordance.ts';
import type { ReadableDb } from '../db/open-store.ts';
import {
  findAnalysisPrediction,
  findLockedInputHash,
  listAnalysisJudgements,
} from '../db/repositories/analysis-repository.ts';
import { listJudgedAnalyses } from '../db/repositories/concordance-repository.ts';
import { measuredHoldS } from './analysis-input.ts';
import { currentInputHash } from './analysis-view.ts';
import { findHold } from './hold-recordings.ts';

type Rows = Output<'concordance.analyses'>;

/** Percent of expected of each group; null where the model gives no number. */
function groupPercents({ outputs }: MusclePrediction): (number | null)[] {
  return MUSCLE_GROUPS.map((group) => {
    const output = outputs.find(({ name }) => name === `percent-expected-${group}`);
    return output?.verdict === 'identifiable' ? output.middle : null;
  });
}

/** What was corrected afterwards, or seen to its end before the lock, is in no figure. */
export function analysisConcordance(db: ReadableDb): Rows {
  const rows: Rows = {
    muscles: [],
    elbow: [],
    leftOut: { heldBack: 0, changedAfterLock: 0, withoutResult: 0 },
  };
  for (const { sessionId, patientId, analysis, isPatientOpen } of listJudgedAnalyses(db)) {
    const judgement = listAnalysisJudgements(db, sessionId, analysis).find((j) => !j.isAfterReveal);
    if (judgement === undefined) continue;
    const stored = findAnalysisPrediction(db, sessionId, analysis);
    const lockedHash = findLockedInputHash(db, sessionId, analysis);
    if (isPatientOpen) rows.leftOut.heldBack += 1;
    else if (stored === null) rows.leftOut.withoutResult += 1;
    else if (stored.inputHash !== lockedHash || currentInputHash(db, sessionId, judgement) !== lockedHash) {
      rows.leftOut.changedAfterLock += 1;
    } else addRow(rows, db, { judgement, patientId, prediction: stored.prediction });
  }
  return rows;
}

function addRow(
  rows: Rows,
  db: ReadableDb,
  of: { judgement: AnalysisJudgement; patientId: string; prediction: AnalysisPrediction },
): void {
  const { judgement, patientId, prediction } = of;
  const { fields } = judgement;
  const common = {
    sessionId: judgement.sessionId,
    patientId,
    clinicianId: judgement.userId,
    clinicianName: judgement.userName,
    lockedAt: judgement.lockedAt,
    isBlinded: judgement.isBlinded,
  };
  if (fields.analysis === 'muscle-parameters' && prediction.analysis === 'muscle-parameters') {
    const percents = groupPercents(prediction);
    const groups: MuscleConcordanceRow['groups'] = fields.groups.map(({ group, answer }) => ({
      group,
      answer,
      modelPercent: percents[MUSCLE_GROUPS.indexOf(group)] ?? null,
    }));
    rows.muscles.push({ ...common, groups });
  } else if (fields.analysis === 'elbow-torque-fatigue' && prediction.analysis === 'elbow-torque-fatigue') {
    if (fields.hasSeenEnd) return;
    const side = findHold(db, judgement.sessionId, fields.setup.recordingId)?.side ?? null;
    rows.elbow.push({
      ...common,
      failureFromS: fields.failureFromS,
      failureToS: fields.failureToS,
      model: timeOf(prediction),
      heldS: side === null ? null : measuredHoldS(db, judgement.sessionId, side),
    });
  }
}

const timeOf = ({ timeToFailure, coverage }: ElbowPrediction): ElbowConcordanceRow['model'] =>
  timeToFailure === null ? null : { ...timeToFailure, coverage };
