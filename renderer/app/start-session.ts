import { emptySessionDraft } from '../../core/clinical/session-entries.ts';
import { PREFERENCE_DEFAULTS } from '../../core/contract/channels/preferences.ts';
import type { Result } from '../../core/contract/errors.ts';
import type { PatientId, SessionDraft, SessionId } from '../../core/contract/schemas/clinical.ts';
import type { Api } from '../../core/contract/wire.ts';
import { usualMeasuring } from './usual-measuring.ts';

/** So many visits back a measure is looked for: what was measured last before them is no habit any more. */
export const VISITS_LOOKED_AT = 12;

/**
 * Starts a session with an empty form. Devices and units are those of the patient's newest trials, see
 * {@link usualMeasuring}; the rule is that of the newest session. The protocol is the clinic's usual one.
 * @param options.clockNote - what was confirmed about a clock that stands before the newest record; empty where nothing was.
 * @param options.leaves - unfinished sessions that are not taken up.
 */
export async function startSession(
  api: Api,
  patientId: PatientId,
  { clockNote = '', leaves = [] }: { clockNote?: string; leaves?: SessionId[] } = {},
): Promise<Result<SessionId>> {
  const [devices, sessions, chosen] = await Promise.all([
    api['devices.list']({}),
    api['sessions.listForPatient']({ patientId, limit: VISITS_LOOKED_AT, offset: 0 }),
    api['preferences.get']({}),
  ]);
  if (!devices.ok) return devices;
  if (!sessions.ok) return sessions;
  const preferences = chosen.ok ? chosen.value : PREFERENCE_DEFAULTS;
  const visits = sessions.value.rows;
  const draft: SessionDraft = {
    ...emptySessionDraft(),
    ...usualMeasuring(devices.value, visits, preferences),
    summaryRule: visits[0]?.session.summaryRule ?? preferences.summaryRule,
    protocol: preferences.defaultProtocol,
    ...(clockNote !== '' && { conditions: { splint: null, positionNote: '', clockNote } }),
  };
  const started = await api['sessions.start']({ patientId, draft, ...(leaves.length > 0 && { leaves }) });
  return started.ok ? { ok: true, value: started.value.session.id } : started;
}
