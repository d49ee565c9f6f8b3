import type { Session, SessionView } from '../../../core/contract/channels/sessions.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { AddMeasurementsForm } from './add-measurements-form.tsx';

export interface AddWristStrengthScreenProps {
  sessionId: SessionId;
  onDone: () => void;
}

const TAKES_MORE: readonly Session['state'][] = ['saved', 'locked', 'revealed', 'compared'];

/** Adds wrist strength, or any other measurement, to a session that is already saved. */
export function AddWristStrengthScreen({ sessionId, onDone }: AddWristStrengthScreenProps) {
  const api = useApi();
  const session = useCall<SessionView>(`wrist/${sessionId}`, () => api['sessions.get']({ sessionId }));
  const devices = useCall('devices', () => api['devices.list']({}));
  if (session.status === 'failed') {
    return (
      <FailureNotice
        {...errorText(session.error)}
        incident={session.error.incident}
        onRetry={session.reload}
      />
    );
  }
  if (session.status === 'loading' || devices.status === 'loading') {
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
  return (
    <AddMeasurementsForm
      view={session.value}
      devices={devices.value ?? []}
      onDevicesChanged={devices.reload}
      onDone={onDone}
    />
  );
}
