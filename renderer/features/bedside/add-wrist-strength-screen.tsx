import { emptySessionDraft } from '../../../core/clinical/session-entries.ts';
import { PREFERENCE_DEFAULTS } from '../../../core/contract/channels/preferences.ts';
import type { Session, SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Output } from '../../../core/contract/contract.ts';
import type { Result } from '../../../core/contract/errors.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { VISITS_LOOKED_AT } from '../../app/start-session.ts';
import { usualMeasuring } from '../../app/usual-measuring.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { AddMeasurementsForm } from './add-measurements-form.tsx';

export interface AddWristStrengthScreenProps {
  sessionId: SessionId;
  onDone: () => void;
}

const NO_VISITS: Result<Output<'sessions.listForPatient'>> = { ok: true, value: { rows: [], total: 0 } };
const TAKES_MORE: readonly Session['state'][] = ['saved', 'locked', 'revealed', 'compared'];

/** Adds wrist strength, or any other measurement, to a session that is already saved. */
export function AddWristStrengthScreen({ sessionId, onDone }: AddWristStrengthScreenProps) {
  const api = useApi();
  const session = useCall<SessionView>(`wrist/${sessionId}`, () => api['sessions.get']({ sessionId }));
  const devices = useCall('devices', () => api['devices.list']({}));
  const preferences = useCall('preferences', () => api['preferences.get']({}));
  const patientId = session.value?.patient.id ?? null;
  const visits = useCall(`visits/${patientId}`, async () =>
    patientId === null
      ? NO_VISITS
      : api['sessions.listForPatient']({ patientId, limit: VISITS_LOOKED_AT, offset: 0 }),
  );
  if (session.status === 'failed') {
    return (
      <FailureNotice
        {...errorText(session.error)}
        incident={session.error.incident}
        onRetry={session.reload}
      />
    );
  }
  // The form takes its devices and units from these once: it is not drawn before they are known, or known to be missing.
  const isLoading = [devices, preferences, visits].some(({ status }) => status === 'loading');
  if (session.status === 'loading' || isLoading) {
    return <LoadingLines label="Opening the session" />;
  }
  if (!TAKES_MORE.includes(session.value.session.state)) {
    return (
      <Notice tone="info" title="This session takes no further measurements.">
        A closed session stays as it is; a value of it can still be corrected. Start a new session to measure
        again.
      </Notice>
    );
  }
  const view = session.value;
  // What is added is like what is there: this session comes before newer ones.
  const usual = usualMeasuring(
    devices.value ?? [],
    [view, ...(visits.value?.rows ?? [])],
    preferences.value ?? PREFERENCE_DEFAULTS,
  );
  const { summaryRule, isBlinded } = view.session;
  return (
    <AddMeasurementsForm
      key={sessionId}
      view={view}
      emptyForm={{ ...emptySessionDraft(), ...usual, summaryRule, isBlinded }}
      devices={devices.value ?? []}
      onDevicesChanged={devices.reload}
      onDone={onDone}
    />
  );
}
