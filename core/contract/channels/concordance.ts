import * as z from 'zod';
import { call } from '../definition.ts';
import { ConcordanceRow, ElbowConcordanceRow, MuscleConcordanceRow } from '../schemas/concordance.ts';

/** Judged sessions that are in no figure, by the reason. */
const LeftOut = z.strictObject({
  /** A judgement of the patient is open, or the caller was asked to read the session and has not yet. */
  heldBack: z.int(),
  /** A value was corrected or added between the lock and the first result. */
  changedAfterLock: z.int(),
  /** The model has not answered. */
  withoutResult: z.int(),
});

export const concordanceChannels = {
  'concordance.rows': call({
    access: 'write',
    doc: 'A page of judged sessions, oldest lock first, each with the clinician’s locked answer and the model’s. Never of a patient with an open judgement. It is noted of whose answers the caller was told: who reads such a session later is not blinded.',
    input: z.strictObject({ limit: z.int().min(1).max(500), offset: z.int().min(0) }),
    output: z.strictObject({
      rows: z.array(ConcordanceRow),
      /** Of this page. */
      leftOut: LeftOut,
      /** Judged sessions in all, left-out ones too. */
      total: z.int(),
    }),
  }),
  'concordance.analyses': call({
    access: 'read',
    doc: 'Judged analyses beside the wrist’s state, each beside the model’s answer to the same input. Never of a patient with an open judgement.',
    input: z.strictObject({}),
    output: z.strictObject({
      muscles: z.array(MuscleConcordanceRow),
      elbow: z.array(ElbowConcordanceRow),
      leftOut: LeftOut.extend({
        /** The clinician said so, or a time held stood in the session at the lock. */
        endKnown: z.int(),
      }),
    }),
  }),
};
