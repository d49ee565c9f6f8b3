import type { PatientId, SessionId, SessionState } from '../../core/contract/schemas/clinical.ts';

export type PatientTab = 'timeline' | 'trends' | 'recordings' | 'report';

/** Where the page is. Held in memory: no patient or session id ever stands in an address or a title. */
export type Route =
  | { screen: 'patients' }
  | { screen: 'new-patient' }
  | { screen: 'edit-patient'; patientId: PatientId }
  | { screen: 'patient'; patientId: PatientId; tab: PatientTab }
  | { screen: 'bedside'; sessionId: SessionId }
  /** Also other measurements; back to where it was opened. */
  | { screen: 'add-wrist-strength'; sessionId: SessionId; isFromSession?: boolean }
  | { screen: 'judgement'; sessionId: SessionId }
  | { screen: 'result'; sessionId: SessionId }
  /** Measurements as typed, and their corrections. */
  | { screen: 'session'; sessionId: SessionId }
  | { screen: 'episodes'; patientId: PatientId }
  | { screen: 'merge-patient'; patientId: PatientId }
  | { screen: 'recording'; sessionId: SessionId; recordingId: string }
  | { screen: 'import-recording'; sessionId: SessionId; isBeforeJudging?: boolean }
  /** Judge-first analyses beside the wrist's state. */
  | { screen: 'muscle-parameters'; sessionId: SessionId }
  | { screen: 'elbow'; sessionId: SessionId }
  | { screen: 'forecast'; sessionId: SessionId }
  /** Sessions that wait for a blinded second reader, and one of them. */
  | { screen: 'readings' }
  | { screen: 'second-reading'; sessionId: SessionId }
  | { screen: 'concordance' }
  | { screen: 'training' }
  | { screen: 'try-to-fool' }
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
  if ('recordingId' in route) return `${route.screen}/${route.recordingId}`;
  if ('sessionId' in route) return `${route.screen}/${route.sessionId}`;
  return 'patientId' in route ? `${route.screen}/${route.patientId}` : route.screen;
}

export type Section = 'patients' | 'concordance' | 'models' | 'help' | 'settings';

/** The entry of the top bar that a screen belongs to. */
export function sectionOf(route: Route): Section {
  switch (route.screen) {
    case 'concordance':
    case 'models':
    case 'help':
    case 'settings':
      return route.screen;
    case 'training':
    case 'readings':
    case 'second-reading':
      return 'concordance';
    case 'try-to-fool':
      return 'models';
    default:
      return 'patients';
  }
}
