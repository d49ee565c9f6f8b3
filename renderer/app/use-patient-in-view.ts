import { useEffect, useState } from 'react';
import type { SessionView, ShownSession } from '../../core/contract/channels/sessions.ts';
import type { Result } from '../../core/contract/errors.ts';
import type { Patient, SessionDraft } from '../../core/contract/schemas/clinical.ts';
import type { Api } from '../../core/contract/wire.ts';
import { useAfterWrite, useApi } from '../platform/api.tsx';
import { useCall } from '../platform/use-call.ts';
import type { Route } from './routes.ts';

/** The patient that the present screen is about, and the session when it is one. */
export interface PatientInView {
  patient: Patient;
  session: ShownSession | null;
  /** True while a blinded session has no locked judgement: diagnosis, operation and its dates are hidden. */
  isBlinded: boolean;
}

type Answer = PatientInView | null;

/**
 * Reads whose screen this is. The answer is bound to the question, so that a strip never shows one patient above the
 * data of another.
 */
export function usePatientInView(route: Route): PatientInView | null {
  const api = useApi();
  const [typedBlinding, setTypedBlinding] = useState<{ sessionId: string; isBlinded: boolean } | null>(null);
  // A blinded second reader is told neither name nor diagnosis: no strip, and nothing of it asked for.
  const isBlindReading = route.screen === 'second-reading';
  const key = isBlindReading
    ? ''
    : 'sessionId' in route
      ? `session/${route.sessionId}`
      : 'patientId' in route
        ? `patient/${route.patientId}`
        : '';
  const answer = useCall<Answer>(key, () => askInView(api, route));
  const { reload } = answer;
  useEffect(() => (key === '' ? undefined : api.on('patients.changed', reload)), [api, key, reload]);
  useAfterWrite((name, input) => {
    if (key === '') return;
    // A draft is written twice a second: only its blinding matters here, and it stands in what was sent.
    if (name === 'sessions.saveDraft') {
      const { sessionId, draft } = input as { sessionId: string; draft: SessionDraft };
      const hasChanged =
        typedBlinding?.sessionId !== sessionId || typedBlinding.isBlinded !== draft.isBlinded;
      if (!hasChanged) return;
      setTypedBlinding({ sessionId, isBlinded: draft.isBlinded });
      // The host blanks or gives back diagnosis and operation with it.
      reload();
    } else if (/^(sessions|records|episodes)\./.test(name) || name === 'patients.update') reload();
  });
  const view = answer.value;
  if (view === null) return null;
  const isTyping =
    view.session?.state === 'measuring' && typedBlinding?.sessionId === view.session.id
      ? typedBlinding
      : null;
  // Hidden as soon as either says so: the host has blanked the fields, which must not read as "no operation".
  const isBlinded = view.patient.isBlinded === true || (isTyping?.isBlinded ?? view.isBlinded);
  return { ...view, isBlinded };
}

async function askInView(api: Api, route: Route): Promise<Result<Answer>> {
  if (route.screen === 'second-reading') return { ok: true, value: null };
  if ('sessionId' in route) {
    const result = await api['sessions.get']({ sessionId: route.sessionId });
    return result.ok ? { ok: true, value: inViewOfSession(result.value) } : result;
  }
  if ('patientId' in route) {
    const result = await api['patients.get']({ id: route.patientId });
    return result.ok
      ? { ok: true, value: { patient: result.value, session: null, isBlinded: false } }
      : result;
  }
  return { ok: true, value: null };
}

function inViewOfSession(view: SessionView): PatientInView {
  const isOpen = view.session.state === 'measuring' || view.session.state === 'saved';
  const isBlinded = view.session.isBlinded || (view.draft?.isBlinded ?? false);
  return { patient: view.patient, session: view.session, isBlinded: isOpen && isBlinded };
}
