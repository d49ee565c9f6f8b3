import type { Conclusion, EXPORT_KINDS } from '../../../core/contract/channels/reports.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { PatientId, SessionId } from '../../../core/contract/schemas/clinical.ts';
import { type FileKind, type Platform, saveFile } from '../app/platform.ts';
import { transact } from '../db/open-store.ts';
import { findConclusion, insertConclusion } from '../db/repositories/conclusion-repository.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import { findSession, isJudgementOpen } from '../db/repositories/session-repository.ts';
import { stepsOf } from '../db/repositories/step-order.ts';
import { writeAudit } from './audit.ts';
import { assertNotBlinded } from './record-rules.ts';
import type { WriteScope } from './scope.ts';
import { wasUnderAnotherPatient } from './session-moves.ts';
import { isWaitingReader, type ViewScope } from './waiting-reader.ts';

const NOTHING_WRITTEN = { text: '', version: 0, userName: '', createdAt: null } as const;

/**
 * The newest conclusion of a session. It was written beside the session's result, so it is hidden wherever that is: while
 * any judgement of the patient is open, and from a user who is still to read the session blinded. It says when it was
 * written in front of another person's name. @throws AppError session.not_found
 */
export function conclusionToShow(scope: ViewScope, sessionId: SessionId): Conclusion {
  const { db } = scope;
  const session = findSession(db, sessionId);
  if (!session) throw new AppError('session.not_found');
  if (isJudgementOpen(db, session.patientId) || isWaitingReader(scope, sessionId)) {
    return { ...NOTHING_WRITTEN, isHidden: true };
  }
  const written = findConclusion(db, sessionId);
  const savedSeq = stepsOf(db, 'conclusion.saved', sessionId).at(-1)?.seq ?? 0;
  const isForAnother = written !== null && wasUnderAnotherPatient(db, sessionId, savedSeq);
  return {
    ...NOTHING_WRITTEN,
    ...written,
    isHidden: false,
    ...(isForAnother ? { isForAnotherPerson: true } : {}),
  };
}

/**
 * Adds a version. @param basedOn version that the writer saw: another one since must not be written over unseen.
 * @throws AppError session.not_found; session.wrong_state when there is a newer version, or a judgement is open.
 */
export function saveConclusion(
  scope: WriteScope,
  sessionId: SessionId,
  text: string,
  basedOn: number,
): Conclusion {
  const { db } = scope;
  transact(db, () => {
    const session = findSession(db, sessionId);
    if (!session) throw new AppError('session.not_found');
    const version = findConclusion(db, sessionId)?.version ?? 0;
    const isHidden = isJudgementOpen(db, session.patientId) || isWaitingReader(scope, sessionId);
    if (isHidden || version !== basedOn) {
      throw new AppError('session.wrong_state');
    }
    const row = { session_id: sessionId, version: version + 1, content: text, user_id: scope.user.id };
    insertConclusion(db, { ...row, created_at: scope.clock().toISOString() });
    writeAudit(scope, 'conclusion.saved', sessionId, { version: version + 1, text });
  });
  return conclusionToShow(scope, sessionId);
}

const KINDS: Readonly<Record<(typeof EXPORT_KINDS)[number] | 'pdf', FileKind>> = {
  csv: { name: 'table (CSV)', extensions: ['csv'] },
  svg: { name: 'drawing (SVG)', extensions: ['svg'] },
  png: { name: 'picture (PNG)', extensions: ['png'] },
  pdf: { name: 'document (PDF)', extensions: ['pdf'] },
};

/**
 * The page as it would be printed now. @returns where it was saved; null when the user decided against it.
 * @throws AppError session.not_found; patient.judgement_open while a blinded judgement hides the report; pdf.not_made;
 * file.not_saved.
 */
export async function savePdf(
  scope: WriteScope,
  platform: Platform,
  sessionId: SessionId,
  suggestedName: string,
): Promise<string | null> {
  const session = findSession(scope.db, sessionId);
  if (!session) throw new AppError('session.not_found');
  assertNotBlinded(scope.db, session.patientId);
  let bytes: Uint8Array;
  try {
    bytes = await platform.printToPdf();
  } catch (cause) {
    throw new AppError('pdf.not_made', undefined, { cause });
  }
  return saveAndRecord(scope, platform, suggestedName, 'pdf', bytes, sessionId);
}

/**
 * A table or picture of a patient's course.
 * @param content text; base64 of a PNG. @returns and @throws as {@link savePdf}, with patient.not_found.
 */
export async function saveExport(
  scope: WriteScope,
  platform: Platform,
  asked: {
    patientId: PatientId;
    suggestedName: string;
    kind: (typeof EXPORT_KINDS)[number];
    content: string;
  },
): Promise<string | null> {
  const { patientId, suggestedName, kind, content } = asked;
  if (!findPatient(scope.db, patientId)) throw new AppError('patient.not_found');
  assertNotBlinded(scope.db, patientId);
  const bytes = Buffer.from(content, kind === 'png' ? 'base64' : 'utf8');
  return saveAndRecord(scope, platform, suggestedName, kind, bytes, patientId);
}

/** On record before it is written: a file that then fails is one row too many, never a file without its row. */
async function saveAndRecord(
  scope: WriteScope,
  platform: Platform,
  suggestedName: string,
  kind: keyof typeof KINDS,
  bytes: Uint8Array,
  objectId: string,
): Promise<string | null> {
  return saveFile(platform, suggestedName, KINDS[kind], bytes, () => {
    // While the dialogue stood open the clinic may have locked, or another user taken over.
    if (!scope.isStillOpen()) throw new AppError('store.locked');
    transact(scope.db, () => writeAudit(scope, 'export.saved', objectId, { kind }));
  });
}
