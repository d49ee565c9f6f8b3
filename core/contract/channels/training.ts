import * as z from 'zod';
import { call } from '../definition.ts';
import { JudgedClass } from '../schemas/clinical.ts';
import { TrainingCaseView, TrainingJudgement, TrainingResult } from '../schemas/training.ts';

const CaseId = z.string().max(20);

export const trainingChannels = {
  'training.cases': call({
    access: 'read',
    doc: 'The simulated cases with the caller’s own answers. The model is absent before the lock, the truth before the final answer.',
    input: z.strictObject({}),
    output: z.strictObject({
      modelVersion: z.string(),
      bundleHash: z.string(),
      cases: z.array(TrainingCaseView),
    }),
    errors: ['training.missing'],
  }),
  'training.lock': call({
    access: 'write',
    doc: 'Locks the caller’s answer to a simulated case; the model’s is shown after it. Kept apart from judgements of patients.',
    input: z.strictObject({ caseId: CaseId, judgement: TrainingJudgement }),
    output: TrainingCaseView,
    errors: ['training.missing', 'session.wrong_state', 'store.full'],
  }),
  'training.finish': call({
    access: 'write',
    doc: 'The final answer with the model’s in view; the truth is shown after it.',
    input: z.strictObject({ caseId: CaseId, finalAnswer: JudgedClass }),
    output: TrainingCaseView,
    errors: ['training.missing', 'session.wrong_state', 'store.full'],
  }),
  'training.results': call({
    access: 'read',
    doc: 'Finished cases of everybody, of the cases that the caller has finished.',
    input: z.strictObject({}),
    output: z.array(TrainingResult),
    errors: ['training.missing'],
  }),
};
