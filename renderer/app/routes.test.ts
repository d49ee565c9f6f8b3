import { describe, expect, it } from 'vitest';
import { SESSION_STATES, type SessionId } from '../../core/contract/schemas/clinical.ts';
import { GUIDE_STEPS, stepAfterScreen } from './guide-steps.ts';
import { type Route, routeKey, routeOfSession } from './routes.ts';
import { testId } from './testing/memory-host.ts';

const sessionId = testId<SessionId>(1);

describe('routes', () => {
  it('never opens a result before the lock', () => {
    const screens = SESSION_STATES.map((state) => [state, routeOfSession(sessionId, state).screen]);
    expect(Object.fromEntries(screens)).toEqual({
      measuring: 'bedside',
      saved: 'judgement',
      locked: 'result',
      revealed: 'result',
      compared: 'result',
      closed: 'result',
    });
  });

  it('tells two patients and two sessions apart', () => {
    const routes: Route[] = [
      { screen: 'patient', patientId: testId(1), tab: 'timeline' },
      { screen: 'patient', patientId: testId(2), tab: 'timeline' },
      { screen: 'edit-patient', patientId: testId(1) },
      { screen: 'bedside', sessionId: testId(1) },
      { screen: 'bedside', sessionId: testId(2) },
      { screen: 'result', sessionId: testId(1) },
    ];
    expect(new Set(routes.map(routeKey)).size).toBe(routes.length);
  });
});

describe('the guide', () => {
  it('follows the way through the app to its last step', () => {
    const way = ['patients', 'patient', 'bedside', 'judgement', 'result', 'patient'] as const;
    let step = 0;
    const steps = way.map((screen) => {
      step = stepAfterScreen(step, screen);
      return step;
    });
    expect(steps).toEqual([0, 1, 1, 2, 3, GUIDE_STEPS.length - 1]);
  });

  it('does not fall back when a patient list or help is opened on the way', () => {
    expect(stepAfterScreen(2, 'patients')).toBe(2);
    expect(stepAfterScreen(2, 'help')).toBe(2);
  });
});
