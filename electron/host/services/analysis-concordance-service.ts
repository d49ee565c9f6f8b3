/** Judged analyses for the concordance page: first judgements beside the model's answer to the very same input. */
import { flagsOfAnalyses, type JudgementFlag } from '../../../core/clinical/judgement-flags.ts';
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
  findFirstAnalysisPrediction,
  findLockedInputHash,
  listAnalysisJudgements,
} from '../db/repositories/analysis-repository.ts';
import { listJudgedAnalyses } from '../db/repositories/concordance-repository.ts';
import { isAnalysisForAnother } from './analysis-view.ts';
import { flagsByJudgement } from './judgement-flags-service.ts';
import { measuredHold, wasHoldKnown } from './measured-hold.ts';
import { type ViewScope, waitingSessionIds } from './waiting-reader.ts';

type Rows = Output<'concordance.analyses'>;

/** Percent of expected of each group; null where the model gives no number. */
function groupPercents({ outputs }: MusclePrediction): (number | null)[] {
  return MUSCLE_GROUPS.map((group) => {
    const output = outputs.find(({ name }) => name === `percent-expected-${group}`);
    return output?.verdict === 'identifiable' ? output.middle : null;
  });
}

type Judged = ReturnType<typeof listJudgedAnalyses>[number] & { judgement: AnalysisJudgement };

/** Every first judgement, in the order of the locks. */
const judgedAnalyses = (db: ReadableDb): Judged[] =>
  listJudgedAnalyses(db).flatMap((judged) => {
    const judgement = listAnalysisJudgements(db, judged.sessionId, judged.analysis).find(
      ({ isAfterReveal }) => !isAfterReveal,
    );
    return judgement === undefined ? [] : [{ ...judged, judgement }];
  });

/** The clinician says so, or the time stood in the session already: such a forecast is none. */
const isEndKnown = (db: ReadableDb, { sessionId, fields, lockedAt }: AnalysisJudgement): boolean =>
  fields.analysis === 'elbow-torque-fatigue' &&
  (fields.hasSeenEnd || wasHoldKnown(db, sessionId, fields.setup.recordingId, lockedAt));

/** What was corrected before the model's first answer, or whose end was known before the lock, is in no figure, and counted. */
export function analysisConcordance(scope: ViewScope): Rows {
  const { db } = scope;
  const waiting = waitingSessionIds(scope);
  const rows: Rows = {
    muscles: [],
    elbow: [],
    leftOut: { heldBack: 0, changedAfterLock: 0, withoutResult: 0, endKnown: 0 },
  };
  const judged = judgedAnalyses(db);
  const isHidden = ({ sessionId, isPatientOpen }: Judged) => isPatientOpen || waiting.has(sessionId);
  const courses = Map.groupBy(judged, ({ analysis, judgement }) => `${judgement.userId}/${analysis}`);
  const flags = flagsByJudgement(
    courses.values(),
    (course) => flagsOfAnalyses(course.map(({ judgement }) => judgement.fields)),
    { id: ({ judgement }) => judgement.id, isHidden },
  );
  for (const each of judged) {
    const { sessionId, patientId, analysis, judgement } = each;
    const stored = findFirstAnalysisPrediction(db, sessionId, analysis);
    const lockedHash = findLockedInputHash(db, sessionId, analysis);
    if (isHidden(each)) rows.leftOut.heldBack += 1;
    else if (stored === null) rows.leftOut.withoutResult += 1;
    else if (
      // Clinician and model did not see the same. What was corrected later is known with both answers: it takes no row away.
      stored.inputHash !== lockedHash ||
      // It was made in front of another person's name.
      isAnalysisForAnother(db, sessionId, analysis)
    ) {
      rows.leftOut.changedAfterLock += 1;
    } else if (isEndKnown(db, judgement)) rows.leftOut.endKnown += 1;
    else {
      const { prediction } = stored;
      addRow(rows, db, { judgement, patientId, prediction, flags: flags.get(judgement.id) ?? [] });
    }
  }
  return rows;
}

function addRow(
  rows: Rows,
  db: ReadableDb,
  of: {
    judgement: AnalysisJudgement;
    patientId: string;
    prediction: AnalysisPrediction;
    flags: JudgementFlag[];
  },
): void {
  const { judgement, patientId, prediction, flags } = of;
  const { fields } = judgement;
  const common = {
    sessionId: judgement.sessionId,
    patientId,
    clinicianId: judgement.userId,
    clinicianName: judgement.userName,
    lockedAt: judgement.lockedAt,
    isBlinded: judgement.isBlinded,
    flags,
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
    const hold = measuredHold(db, judgement.sessionId, fields.setup.recordingId);
    rows.elbow.push({
      ...common,
      failureFromS: fields.failureFromS,
      failureToS: fields.failureToS,
      model: timeOf(prediction),
      heldS: hold?.heldS ?? null,
      isStoppedEarly: hold?.isStoppedEarly ?? false,
    });
  }
}

const timeOf = ({ timeToFailure, coverage }: ElbowPrediction): ElbowConcordanceRow['model'] =>
  timeToFailure === null ? null : { ...timeToFailure, coverage };
