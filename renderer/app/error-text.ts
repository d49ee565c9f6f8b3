import type { ErrorCode, ErrorDetail, WireError } from '../../core/contract/errors.ts';

export interface ErrorText {
  /** What happened. */
  title: string;
  /** That nothing was lost, and what to do. */
  whatToDo: string;
}

type Sentence = ErrorText | ((detail: ErrorDetail) => ErrorText);

/** One entry a code: a new code does not compile until a clinician can read it. */
const TEXTS: Record<ErrorCode, Sentence> = {
  'input.invalid': {
    title: 'An entry could not be understood.',
    whatToDo: 'Nothing was saved or lost. Check the values on this screen and try again.',
  },
  internal: {
    title: 'Something unexpected happened in Prehensa.',
    whatToDo:
      'What was saved before is safe. Try again; if it happens again, note the incident number and tell your IT contact.',
  },
  'store.locked': {
    title: 'Prehensa is locked.',
    whatToDo: 'Nothing was lost. Unlock it with your passphrase to go on.',
  },
  'store.busy': {
    title: 'The records are in use by another window of Prehensa.',
    whatToDo: 'Nothing was lost. Close the other window, or wait a moment, and try again.',
  },
  'store.damaged': {
    title: 'The file with the records is damaged.',
    whatToDo:
      'Prehensa has not changed it. Do not enter data; restore the newest backup with your IT contact.',
  },
  'store.newer': {
    title: 'The records were written by a newer version of Prehensa.',
    whatToDo: 'Nothing was changed. Install the newer version on this computer, then open the records again.',
  },
  'vault.damaged': {
    title: 'The file with the users’ keys is damaged.',
    whatToDo:
      'The records themselves have not been changed. Delete nothing; restore the newest backup with your IT contact.',
  },
  'store.full': {
    title: 'There is no room left on this computer’s disk.',
    whatToDo: 'This entry is not saved yet; everything before it is safe. Free some space, then try again.',
  },
  'vault.wrong_passphrase': {
    title: 'That does not open the records.',
    whatToDo: 'Nothing was lost. Check the name, capital letters and keyboard language, then try again.',
  },
  'vault.wait': (detail) => ({
    title: 'Too many attempts in a row.',
    whatToDo: `Nothing was lost. ${waitSentence(detail)}`,
  }),
  'vault.user_exists': {
    title: 'There is already a user with this name, or one that looks like it.',
    whatToDo: 'Choose a name that tells you apart, for example with an initial.',
  },
  'vault.weak_passphrase': {
    title: 'This passphrase is too easy to guess.',
    whatToDo:
      'Use at least 12 characters; four unrelated words work well. Do not use your name or the clinic’s.',
  },
  'vault.not_authorised': {
    title: 'This user may not do that.',
    whatToDo: 'Nothing was changed. Ask a user who may, or sign in with another name.',
  },
  'sample.only': {
    title: 'This works in one kind of store only.',
    whatToDo: 'Nothing was changed. Reset belongs to the sample clinic; users belong to your own clinic.',
  },
  'patient.not_found': {
    title: 'This patient is not in the records that are open.',
    whatToDo: 'Nothing was lost. Go back to the patient list and look again.',
  },
  'patient.merged': {
    title: 'This record was merged into another patient.',
    whatToDo: 'Nothing was changed. Go on with the patient it was merged into, or take the merge back first.',
  },
  'patient.judgement_open': {
    title: 'A judgement of this patient is still open.',
    whatToDo: 'Nothing was changed. Lock or close the open session first; this can be done afterwards.',
  },
  'episode.not_found': {
    title: 'This episode of care is not in the records that are open.',
    whatToDo: 'Nothing was lost. Open the episodes of this patient again.',
  },
  'undo.not_possible': {
    title: 'This can no longer be taken back.',
    whatToDo: 'Nothing was changed: the records have moved on since. Look at the history of the record.',
  },
  'pin.wrong': (detail) => ({
    title: 'That is not the PIN of this user.',
    whatToDo: `Nothing was lost. ${Number(detail.triesLeft) === 1 ? 'One more try is left' : 'Try again'}; after three wrong PINs the passphrase is needed.`,
  }),
  'pin.off': {
    title: 'This user cannot take over with a PIN now.',
    whatToDo:
      'Nothing was lost. There is no PIN, or it was typed wrong three times. Lock Prehensa and unlock it with the passphrase of that user.',
  },
  'pin.weak': {
    title: 'This PIN is too easy to guess.',
    whatToDo: 'Use four to eight digits that are not all the same and not in a row.',
  },
  'session.not_found': {
    title: 'This session is not in the records that are open.',
    whatToDo: 'It may have been discarded. Go back to the patient’s timeline.',
  },
  'session.wrong_state': {
    title: 'This session has moved on since the screen was opened.',
    whatToDo: 'What was saved is safe. Open the session again from the timeline to see where it stands.',
  },
  'trial.unchanged': {
    title: 'This is what is stored already.',
    whatToDo: 'Nothing was changed. Type the right value, or leave it as it is.',
  },
  'session.incomplete': {
    title: 'Something is still missing in this session.',
    whatToDo: 'What you typed is kept. Enter at least one measurement, or say why a hand was not tested.',
  },
  'judgement.not_locked': {
    title: 'There is no locked judgement yet.',
    whatToDo: 'The model stays closed until you lock yours. Go back to your judgement.',
  },
  'reading.not_asked': {
    title: 'Nobody asked for a second reading of this session.',
    whatToDo: 'Nothing was changed. Go back to the list of readings and choose one that waits.',
  },
  'reading.own': {
    title: 'You judged this session first, so you cannot be its second reader.',
    whatToDo:
      'Your judgement stands as it was locked. A colleague can read it after unlocking with their own name.',
  },
  'reading.done': {
    title: 'Your second reading of this session is locked already.',
    whatToDo: 'It stays as it was made. Open it from the list of readings to see the comparison.',
  },
  'truth.replaced': {
    title: 'This entry was replaced by a newer one meanwhile.',
    whatToDo: 'Nothing was lost. Open the session again and replace the newest entry.',
  },
  'prediction.receipt': {
    title: 'This result was asked for with a permission that is no longer valid.',
    whatToDo: 'Your locked judgement is safe. Open the session again and the model will run once more.',
  },
  'prediction.mismatch': {
    title: 'The result does not belong to the measurements that are stored.',
    whatToDo:
      'It was not saved; measurements and judgement are safe. Open the session again; if it happens again, note the incident number.',
  },
  'model.not_found': {
    title: 'The model is missing or was changed on this computer.',
    whatToDo:
      'It will not be used. Measurements and judgements work as before; ask your IT contact to reinstall Prehensa.',
  },
  'intervention.not_found': {
    title: 'This mark is no longer on the course.',
    whatToDo: 'It was taken off or put back in the meantime; nothing else changed. Look at the course again.',
  },
  'pdf.not_made': {
    title: 'The page could not be made into a PDF.',
    whatToDo:
      'Nothing was lost. Press Print instead and choose “Save as PDF” as the printer, or copy the report as text.',
  },
  'backup.not_one': {
    title: 'This file is no backup of Prehensa.',
    whatToDo: 'Nothing was changed. Choose a file that Prehensa made; its name ends in “.prehensa-backup”.',
  },
  'backup.damaged': {
    title: 'This backup is damaged or incomplete, so it was not used.',
    whatToDo:
      'Your records were not touched. Copy the file again from where you keep it, or choose another backup.',
  },
  'backup.check_again': {
    title: 'The records have changed since this backup was checked.',
    whatToDo: 'Nothing was replaced. Check the backup again and compare once more.',
  },
  'file.not_saved': {
    title: 'The file could not be saved there.',
    whatToDo:
      'The records are safe; only this file was not written. Check that the disk has room and that you may write in that folder, then try again.',
  },
  'recording.not_found': {
    title: 'This recording is not in the open records.',
    whatToDo: 'Nothing was changed. Open the recordings of the patient again.',
  },
  'recording.upload': {
    title: 'The file did not arrive whole.',
    whatToDo: 'Nothing was imported and your file is unchanged. Press "Import recording" again.',
  },
  'session.has_recordings': {
    title: 'This session holds a recording and cannot be discarded.',
    whatToDo: 'Nothing was changed. Save the session, or close it without a judgement later.',
  },
  'training.missing': {
    title: 'The simulated training cases cannot be read.',
    whatToDo: 'Nothing was lost, and patients are not concerned. Ask your IT contact to reinstall Prehensa.',
  },
  'file.not_understood': {
    title: 'This file could not be read.',
    whatToDo:
      'Nothing was imported and nothing was lost. Check that it is an export of your measuring device.',
  },
};

function waitSentence(detail: ErrorDetail): string {
  const seconds = Number(detail.waitSeconds ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0
    ? `You can try again in ${Math.ceil(seconds)} seconds.`
    : 'Wait a little, then try again.';
}

/** The sentences for a failure: what happened, that nothing was lost, and what to do. */
export function errorText(error: WireError): ErrorText {
  const entry = Object.hasOwn(TEXTS, error.code) ? TEXTS[error.code] : TEXTS.internal;
  return typeof entry === 'function' ? entry(error.detail ?? {}) : entry;
}
