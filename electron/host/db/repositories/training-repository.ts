import { sql } from 'kysely';
import * as z from 'zod';
import { JudgedClass } from '../../../../core/contract/schemas/clinical.ts';
import { TrainingJudgement } from '../../../../core/contract/schemas/training.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, run, sqlBuilder } from '../query.ts';

/** Answers are added, never changed: the first one, and the final one with the model's in view. */
const Content = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('first'), bundleHash: z.string(), judgement: TrainingJudgement }),
  z.strictObject({ step: z.literal('final'), finalAnswer: JudgedClass }),
]);
export type TrainingStep = z.output<typeof Content>;

export function insertTrainingStep(
  db: WritableDb,
  row: { id: string; userId: string; caseId: string; createdAt: string },
  step: TrainingStep,
): void {
  run(
    db,
    sqlBuilder.insertInto('training_answer').values({
      id: row.id,
      user_id: row.userId,
      case_id: row.caseId,
      content: JSON.stringify(Content.parse(step)),
      created_at: row.createdAt,
    }),
  );
}

export interface TrainingAnswers {
  userId: string;
  userName: string;
  caseId: string;
  bundleHash: string;
  judgement: TrainingJudgement;
  finalAnswer: JudgedClass | null;
}

/** What each user answered to each case, in the order of the first answers. @param userId - null: everybody. */
export function listTrainingAnswers(db: ReadableDb, userId: string | null): TrainingAnswers[] {
  const query = sqlBuilder
    .selectFrom('training_answer')
    .innerJoin('app_user', 'app_user.id', 'training_answer.user_id')
    .selectAll('training_answer')
    .select('app_user.name as user_name')
    .orderBy(sql`training_answer.rowid`);
  const answers = new Map<string, TrainingAnswers>();
  for (const row of all(db, userId === null ? query : query.where('user_id', '=', userId))) {
    const key = `${row.user_id}/${row.case_id}`;
    const step = Content.parse(JSON.parse(row.content));
    const known = answers.get(key);
    if (step.step === 'first') {
      const { bundleHash, judgement } = step;
      answers.set(key, {
        userId: row.user_id,
        userName: row.user_name,
        caseId: row.case_id,
        bundleHash,
        judgement,
        finalAnswer: null,
      });
    } else if (known) known.finalAnswer = step.finalAnswer;
  }
  return [...answers.values()];
}
