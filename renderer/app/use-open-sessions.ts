import { useEffect } from 'react';
import type { OpenSession } from '../../core/contract/channels/records.ts';
import { useApi } from '../platform/api.tsx';
import { useCall } from '../platform/use-call.ts';
import { type Route, routeOfSession } from './routes.ts';

/** Sessions over all patients that are measured or wait for their judgement, drafts before those that wait; none while unknown. */
export function useOpenSessions(): readonly OpenSession[] {
  const api = useApi();
  const answer = useCall('open-sessions', () => api['records.openSessions']({}));
  const { reload } = answer;
  useEffect(() => api.on('patients.changed', reload), [api, reload]);
  return answer.value ?? [];
}

/** Where an open session goes on. */
export const routeOfOpen = (session: OpenSession): Route => routeOfSession(session.sessionId, session.state);

/**
 * The open session after the one on screen, in the order of the list and around its end; the first from elsewhere.
 * @param step - 1 for the next, -1 for the one before.
 * @returns null when there is none, or only the one on screen.
 */
export function nextOpenSession(
  sessions: readonly OpenSession[],
  route: Route,
  step: 1 | -1,
): OpenSession | null {
  const present = 'sessionId' in route ? route.sessionId : null;
  const at = sessions.findIndex(({ sessionId }) => sessionId === present);
  if (at === -1) return (step === 1 ? sessions[0] : sessions.at(-1)) ?? null;
  if (sessions.length < 2) return null;
  return sessions[(at + step + sessions.length) % sessions.length] ?? null;
}
