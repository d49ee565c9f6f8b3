import { type DeviceRole, measureOf } from '../../core/clinical/measures.ts';
import { PREFERENCE_DEFAULTS } from '../../core/contract/channels/preferences.ts';
import type { SessionView } from '../../core/contract/channels/sessions.ts';
import type { Result } from '../../core/contract/errors.ts';
import type { Device, PatientId, SessionDraft, SessionId } from '../../core/contract/schemas/clinical.ts';
import type { Api } from '../../core/contract/wire.ts';

/**
 * Starts a session with an empty form. Device, unit and rule are those of the patient's newest session, as a trend
 * breaks where the device changes; with a single device of its kind in the clinic it is that one. A unit is never guessed beyond
 * the unit of the device; without one it is the user's preferred unit. The protocol is the clinic's usual one.
 * @param clockNote - what was confirmed about a clock that stands before the newest record; empty where nothing was.
 */
export async function startSession(
  api: Api,
  patientId: PatientId,
  clockNote = '',
): Promise<Result<SessionId>> {
  const [devices, sessions, chosen] = await Promise.all([
    api['devices.list']({}),
    api['sessions.listForPatient']({ patientId, limit: 1, offset: 0 }),
    api['preferences.get']({}),
  ]);
  if (!devices.ok) return devices;
  if (!sessions.ok) return sessions;
  const preferences = chosen.ok ? chosen.value : PREFERENCE_DEFAULTS;
  const newest = sessions.value.rows[0];
  const usual = devices.value.find((device) => device.id === newest?.session.deviceId);
  const device = usual ?? onlyOne(devices.value, ['pinch-gauge']);
  const further = furtherDevices(devices.value, newest?.trials ?? []);
  const draft: SessionDraft = {
    forceUnit: device?.unit ?? preferences.forceUnit,
    torqueUnit: preferences.torqueUnit,
    summaryRule: newest?.session.summaryRule ?? preferences.summaryRule,
    deviceId: device?.id ?? null,
    trialCount: 3,
    cells: {},
    pain: {},
    stoppedEarly: [],
    notTested: {},
    confirmedUnusual: [],
    note: '',
    isBlinded: false,
    protocol: preferences.defaultProtocol,
    devices: { grip: further.grip?.id ?? null, torque: further.torque?.id ?? null },
    ...(further.grip && { gripUnit: further.grip.unit }),
    ...(clockNote !== '' && { conditions: { splint: null, positionNote: '', clockNote } }),
  };
  const started = await api['sessions.start']({ patientId, draft });
  return started.ok ? { ok: true, value: started.value.session.id } : started;
}

/** The device of these kinds, where the clinic has exactly one. */
function onlyOne(devices: readonly Device[], kinds: readonly Device['kind'][]): Device | undefined {
  const fitting = devices.filter(({ kind }) => kinds.includes(kind));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Devices of grip and torque that the patient's newest session was measured with; else the clinic's only dynamometer. */
function furtherDevices(devices: readonly Device[], trials: SessionView['trials']) {
  const lastOf = (role: DeviceRole) => {
    const id = trials.find(
      (trial) => measureOf(trial.measure).deviceRole === role && trial.deviceId,
    )?.deviceId;
    return devices.find((device) => device.id === id);
  };
  return { grip: lastOf('grip') ?? onlyOne(devices, ['dynamometer']), torque: lastOf('torque') };
}
