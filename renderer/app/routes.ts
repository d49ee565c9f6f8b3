import type { PatientId, SessionId, SessionState } from '../../core/contract/schemas/clinical.ts';

export type PatientTab = 'timeline' | 'trends';

/** Where the page is. Held in memory: no patient or session id ever stands in an address or a title. */
export type Route =
  | { screen: 'patients' }
  | { screen: 'new-patient' }
  | { screen: 'edit-patient'; patientId: PatientId }
  | { screen: 'patient'; patientId: PatientId; tab: PatientTab }
  | { screen: 'bedside'; sessionId: SessionId }
  | { screen: 'add-wrist-strength'; sessionId: SessionId }
  | { screen: 'judgement'; sessionId: SessionId }
  | { screen: 'result'; sessionId: SessionId }
  /** Measurements as typed, and their corrections. */
  | { screen: 'session'; sessionId: SessionId }
  | { screen: 'help' }
  | { screen: 'settings' }
  | { screen: 'models' };

export type Screen = Route['screen'];

/** The screen on which a session goes on from its state. */
export function routeOfSession(sessionId: SessionId, state: SessionState): Route {
  switch (state) {
    case 'measuring':
      return { screen: 'bedside', sessionId };
    case 'saved':
      return { screen: 'judgement', sessionId };
    default:
      return { screen: 'result', sessionId };
  }
}

/** A text that differs for every place: used as a React key, so that a screen never keeps another patient's state. */
export function routeKey(route: Route): string {
  if ('sessionId' in route) return `${route.screen}/${route.sessionId}`;
  if (route.screen === 'edit-patient') return `${route.screen}/${route.patientId}`;
  if (route.screen === 'patient') return `${route.screen}/${route.patientId}`;
  return route.screen;
}

/** The entry of the top bar that a screen belongs to. */
export function sectionOf(route: Route): 'patients' | 'models' | 'help' | 'settings' {
  switch (route.screen) {
    case 'models':
    case 'help':
    case 'settings':
      return route.screen;
    default:
      return 'patients';
  }
}
