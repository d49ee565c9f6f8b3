import { draftToEntries } from '../../../core/clinical/session-entries.ts';
import type { OpenSession } from '../../../core/contract/channels/records.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import {
  EMPTY_DRAFT,
  LOCKED,
  OPEN_CLINIC,
  rowOf,
  type TestHandlers,
  testId,
  testPatient,
  testSession,
} from './memory-host.ts';
import { renderApp } from './render-app.tsx';

export const ANNA = testPatient(1, { displayName: 'Kowalska, Anna' });
export const PER = testPatient(2, { displayName: 'Lindqvist, Per' });
export const measuring = testSession(ANNA, EMPTY_DRAFT);
export const CELLS = {
  'lateral-pinch/right/1': '7.2',
  'lateral-pinch/left/1': '4.1',
  'wrist-extension/left/1': '2.1',
};

export const saved = (state: SessionView['session']['state']): SessionView => ({
  ...measuring,
  session: { ...measuring.session, state, judgedSide: state === 'saved' ? null : 'left' },
  draft: null,
  trials: draftToEntries({ ...EMPTY_DRAFT, cells: CELLS }).entries.map((entry, index) => ({
    ...entry,
    id: testId<string>(600 + index),
    version: 1,
    createdAt: '2026-11-25T08:01:00.000Z',
    correctionReason: null,
  })),
});

/** The page with one session of Anna in a state, which the timeline lists. */
export function start(view: SessionView | null = null, openSessions: OpenSession[] = []) {
  const { patient: _patient, ...row } = view ?? measuring;
  const handlers: TestHandlers = {
    'app.state': () => OPEN_CLINIC,
    'app.lock': () => LOCKED,
    'app.seedMap': () => ({ markdown: '' }),
    'patients.list': () => ({ rows: [rowOf(ANNA), rowOf(PER)], total: 2 }),
    'patients.get': () => ANNA,
    'records.openSessions': () => openSessions,
    'devices.list': () => [],
    'sessions.listForPatient': () => ({ rows: view === null ? [] : [row], total: view === null ? 0 : 1 }),
    'sessions.start': () => measuring,
    'sessions.get': ({ sessionId }) => {
      const shown = view ?? measuring;
      const open = openSessions.find((each) => each.sessionId === sessionId);
      return open ? { ...shown, patient: PER, session: { ...shown.session, id: sessionId } } : shown;
    },
    'forecasts.get': () => ({
      sessionId: measuring.session.id,
      startedAt: measuring.session.startedAt,
      patient: ANNA,
      isJudgementOpen: true,
      hands: [],
      earlier: [],
    }),
    'sessions.saveDraft': () => ({ savedAt: '2026-11-25T08:00:01.000Z' }),
    'sessions.saveMeasurements': () => saved('saved'),
    'sessions.addTrials': () => saved('revealed'),
    'sessions.correctTrial': () => saved('saved'),
    'sessions.lockJudgement': ({ judgement }) => ({
      judgement: {
        ...judgement,
        id: testId(801),
        sessionId: measuring.session.id,
        userId: testId(901),
        userName: 'Dr A. Lindgren',
        lockedAt: '2026-11-25T08:02:00.000Z',
        isAfterReveal: false,
      },
      lockedAt: '2026-11-25T08:02:00.000Z',
      receipt: 'a'.repeat(64),
      inputHash: 'b'.repeat(64),
    }),
  };
  return renderApp(handlers);
}
