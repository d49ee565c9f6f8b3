import { measureOf } from '../../../core/clinical/measures.ts';
import type { SessionTrial, SessionView } from '../../../core/contract/channels/sessions.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { DeviceId, Measure, Side, TrialEntry } from '../../../core/contract/schemas/clinical.ts';
import { transact } from '../db/open-store.ts';
import { findDevice } from '../db/repositories/device-repository.ts';
import { updateSession } from '../db/repositories/session-repository.ts';
import { insertTrial, listTrials } from '../db/repositories/trial-repository.ts';
import { writeAudit } from './audit.ts';
import type { WriteScope } from './scope.ts';
import { sessionToShow } from './session-view.ts';
import { requireSession } from './sessions-service.ts';
import { assertTrials, isSameReading } from './trial-check.ts';

/** States in which a stored value can be put right. */
const CORRECTABLE = ['saved', 'locked', 'revealed', 'compared', 'closed'] as const;

/** A new version beside the old one, with its row in the trail. Must run inside the transaction of the correction. */
function writeVersion(
  scope: WriteScope,
  sessionId: string,
  trial: TrialEntry,
  meta: { version: number; reason: string },
): void {
  insertTrial(scope.db, sessionId, trial, {
    id: scope.newId(),
    version: meta.version,
    userId: scope.user.id,
    createdAt: scope.clock().toISOString(),
    correctionReason: meta.reason,
  });
  const seq = writeAudit(scope, 'trial.corrected', sessionId, { trial, reason: meta.reason });
  updateSession(scope.db, sessionId, { last_seq: seq });
}

/** The fields of an entry and nothing of its version. */
function entryOf(trial: SessionTrial): TrialEntry {
  const { id: _id, version: _version, createdAt: _at, correctionReason: _reason, ...entry } = trial;
  return entry;
}

function shown(scope: WriteScope, sessionId: string): SessionView {
  const view = sessionToShow(scope, sessionId);
  scope.emit('patients.changed', { id: view.session.patientId });
  return view;
}

/**
 * A corrected trial as a new version. It keeps its device unless it names another one; a device is never taken away.
 * @param isDeviceOfAll the device is that of every trial of the measure in this session: the slip is a device that was
 *   preset, and a trend that breaks between two trials of one visit would tell of a change nobody made.
 * @throws AppError input.invalid for another value than was typed; session.not_found without such a trial;
 *   session.wrong_state while measuring; trial.unchanged for what is stored already.
 */
export function correctTrial(
  scope: WriteScope,
  sessionId: string,
  trial: TrialEntry,
  reason: string,
  isDeviceOfAll = false,
): SessionView {
  assertTrials([trial]);
  transact(scope.db, () => {
    const session = requireSession(scope, sessionId, ...CORRECTABLE);
    const stored = listTrials(scope.db, sessionId).newest;
    const current = stored.find(
      (t) => t.measure === trial.measure && t.side === trial.side && t.trialNumber === trial.trialNumber,
    );
    if (!current) throw new AppError('session.not_found');
    const deviceId = findDevice(scope.db, trial.deviceId ?? null)?.id ?? current.deviceId ?? null;
    const others = stored.filter(
      (other) =>
        isDeviceOfAll && other !== current && other.measure === trial.measure && other.deviceId !== deviceId,
    );
    const isSame = isSameReading(current, trial) && deviceId === (current.deviceId ?? null);
    if (isSame && others.length === 0) throw new AppError('trial.unchanged');
    if (!isSame) {
      writeVersion(scope, sessionId, { ...trial, deviceId }, { version: current.version + 1, reason });
    }
    if (!isDeviceOfAll) return;
    for (const other of others) {
      writeVersion(scope, sessionId, { ...entryOf(other), deviceId }, { version: other.version + 1, reason });
    }
    followPinchGauge(scope, sessionId, session.deviceId);
  });
  return shown(scope, sessionId);
}

/** The device of the session is its pinch gauge: it follows where every pinch was taken with another one. */
function followPinchGauge(scope: WriteScope, sessionId: string, present: DeviceId | null): void {
  const pinches = listTrials(scope.db, sessionId).newest.filter(
    ({ measure }) => measureOf(measure).deviceRole === 'pinch',
  );
  const [deviceId, ...others] = new Set(pinches.map((trial) => trial.deviceId ?? present));
  // Where none was named the corrected trials carry theirs, and what was first saved stays without one.
  if (present !== null && others.length === 0 && deviceId && deviceId !== present) {
    updateSession(scope.db, sessionId, { device_id: deviceId });
  }
}

const OTHER_SIDE: Readonly<Record<Side, Side>> = { right: 'left', left: 'right' };

/**
 * Values of one measure that were stored under the wrong hand: every trial takes over what stands under the other hand, in
 * one transaction with one reason. A trial that the other hand does not have is left without a value ("other").
 * @throws AppError input.invalid for a measure of the whole person; session.not_found where it was not measured.
 */
export function swapHands(
  scope: WriteScope,
  sessionId: string,
  measure: Measure,
  reason: string,
): SessionView {
  if (!measureOf(measure).isSided) throw new AppError('input.invalid', { path: 'measure' });
  transact(scope.db, () => {
    requireSession(scope, sessionId, ...CORRECTABLE);
    const stored = listTrials(scope.db, sessionId).newest.filter((trial) => trial.measure === measure);
    if (stored.length === 0) throw new AppError('session.not_found');
    const at = (side: Side, trialNumber: number) =>
      stored.find((trial) => trial.side === side && trial.trialNumber === trialNumber);
    for (const trial of stored) {
      const taker = at(OTHER_SIDE[trial.side], trial.trialNumber);
      writeVersion(
        scope,
        sessionId,
        { ...entryOf(trial), side: OTHER_SIDE[trial.side] },
        { version: (taker?.version ?? 0) + 1, reason },
      );
      if (taker === undefined) {
        writeVersion(scope, sessionId, withoutValue(trial), { version: trial.version + 1, reason });
      }
    }
  });
  return shown(scope, sessionId);
}

const withoutValue = (trial: SessionTrial): TrialEntry => ({
  ...entryOf(trial),
  ...{ typedText: '', valueSi: null, notTestedReason: 'other', pain: null },
  ...{ isStoppedEarly: false, isConfirmedUnusual: false },
});
