/** Simulated cases with a known truth: judged first like a patient, and in no figure of concordance. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Output } from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { JudgedClass } from '../../../core/contract/schemas/clinical.ts';
import {
  type TrainingCase,
  TrainingCases,
  type TrainingCaseView,
  type TrainingJudgement,
} from '../../../core/contract/schemas/training.ts';
import { transact } from '../db/open-store.ts';
import {
  insertTrainingStep,
  listTrainingAnswers,
  type TrainingAnswers,
} from '../db/repositories/training-repository.ts';
import { writeAudit } from './audit.ts';
import { modelAnswerOf } from './concordance-service.ts';
import type { ReadScope, WriteScope } from './scope.ts';

/** Reads the shipped cases once, when they are first asked for. @throws AppError training.missing */
export function trainingCasesOf(resourcesFolder: string): () => TrainingCases {
  let known: TrainingCases | null = null;
  return () => {
    if (known) return known;
    const file = join(resourcesFolder, 'training', 'cases.json');
    if (!existsSync(file)) throw new AppError('training.missing');
    try {
      known = TrainingCases.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (cause) {
      throw new AppError('training.missing', undefined, { cause });
    }
    return known;
  };
}

function viewOf(each: TrainingCase, answers: TrainingAnswers | undefined): TrainingCaseView {
  const isFinished = answers !== undefined && answers.finalAnswer !== null;
  return {
    id: each.id,
    input: each.input,
    judgement: answers?.judgement ?? null,
    model: answers ? each.model : null,
    finalAnswer: answers?.finalAnswer ?? null,
    truth: isFinished ? each.truth : null,
  };
}

/** Answers that were given to the cases as they are now: other cases under the same name are other cases. */
const answersTo = (scope: ReadScope, { bundleHash }: TrainingCases, userId: string | null) =>
  listTrainingAnswers(scope.db, userId).filter((each) => each.bundleHash === bundleHash);

export function trainingCases(scope: ReadScope, shipped: TrainingCases): Output<'training.cases'> {
  const own = answersTo(scope, shipped, scope.user.id);
  return {
    modelVersion: shipped.modelVersion,
    bundleHash: shipped.bundleHash,
    cases: shipped.cases.map((each) =>
      viewOf(
        each,
        own.find(({ caseId }) => caseId === each.id),
      ),
    ),
  };
}

function requireCase(scope: WriteScope, shipped: TrainingCases, caseId: string) {
  const found = shipped.cases.find(({ id }) => id === caseId);
  if (!found) throw new AppError('training.missing');
  const own = answersTo(scope, shipped, scope.user.id).find((each) => each.caseId === caseId);
  return { found, own };
}

const viewNow = (scope: WriteScope, shipped: TrainingCases, caseId: string): TrainingCaseView => {
  const { found, own } = requireCase(scope, shipped, caseId);
  return viewOf(found, own);
};

/** @throws AppError session.wrong_state when this user has answered it. */
export function lockTraining(
  scope: WriteScope,
  shipped: TrainingCases,
  caseId: string,
  judgement: TrainingJudgement,
): TrainingCaseView {
  transact(scope.db, () => {
    const { own } = requireCase(scope, shipped, caseId);
    if (own) throw new AppError('session.wrong_state');
    const { bundleHash } = shipped;
    insertTrainingStep(
      scope.db,
      { id: scope.newId(), userId: scope.user.id, caseId, createdAt: scope.clock().toISOString() },
      { step: 'first', bundleHash, judgement },
    );
    writeAudit(scope, 'training.answered', null, { caseId, judgement });
  });
  return viewNow(scope, shipped, caseId);
}

/** @throws AppError session.wrong_state before the first answer, or after the final one. */
export function finishTraining(
  scope: WriteScope,
  shipped: TrainingCases,
  caseId: string,
  finalAnswer: JudgedClass,
): TrainingCaseView {
  transact(scope.db, () => {
    const { own } = requireCase(scope, shipped, caseId);
    if (!own || own.finalAnswer !== null) throw new AppError('session.wrong_state');
    insertTrainingStep(
      scope.db,
      { id: scope.newId(), userId: scope.user.id, caseId, createdAt: scope.clock().toISOString() },
      { step: 'final', finalAnswer },
    );
    writeAudit(scope, 'training.answered', null, { caseId, finalAnswer });
  });
  return viewNow(scope, shipped, caseId);
}

/** Finished cases of everybody, of the cases that the caller has finished: their model and truth are known to them. */
export function trainingResults(scope: ReadScope, shipped: TrainingCases): Output<'training.results'> {
  const own = answersTo(scope, shipped, scope.user.id).filter(({ finalAnswer }) => finalAnswer !== null);
  const isOwn = new Set(own.map(({ caseId }) => caseId));
  const cases = new Map(
    shipped.cases.filter(({ id }) => isOwn.has(id)).map((each) => [each.id, each] as const),
  );
  return answersTo(scope, shipped, null).flatMap(({ userId, userName, caseId, judgement, finalAnswer }) => {
    const found = cases.get(caseId);
    if (!found || finalAnswer === null) return [];
    return [
      {
        userId,
        userName,
        caseId,
        answer: judgement.answer,
        confidencePercent: judgement.confidencePercent,
        modelAnswer: modelAnswerOf(found.model),
        finalAnswer,
        truth: found.truth,
      },
    ];
  });
}
