import { describe, expect, it } from 'vitest';
import type { OpenSession } from '../../core/contract/channels/records.ts';
import { testId } from './testing/memory-host.ts';
import { nextOpenSession, routeOfOpen } from './use-open-sessions.ts';

const open = (number: number, state: OpenSession['state'] = 'measuring'): OpenSession => ({
  sessionId: testId(number),
  patientId: testId(100 + number),
  displayName: `Patient ${number}`,
  state,
  startedAt: '2026-11-25T08:00:00.000Z',
  userName: 'Dr A',
});
const LIST = [open(1), open(2), open(3, 'saved')];

describe('the switch between open sessions', () => {
  it('goes round all of them in both directions and comes back', () => {
    for (const step of [1, -1] as const) {
      const seen: string[] = [];
      let route = routeOfOpen(LIST[0] as OpenSession);
      for (let i = 0; i < LIST.length; i++) {
        const next = nextOpenSession(LIST, route, step) as OpenSession;
        seen.push(next.sessionId);
        route = routeOfOpen(next);
      }
      expect(new Set(seen).size).toBe(LIST.length);
      expect(seen.at(-1)).toBe(LIST[0]?.sessionId);
    }
  });

  it('starts with the newest from elsewhere, and stays where there is nothing else', () => {
    expect(nextOpenSession(LIST, { screen: 'settings' }, 1)).toBe(LIST[0]);
    expect(nextOpenSession(LIST, { screen: 'settings' }, -1)).toBe(LIST[2]);
    expect(nextOpenSession([], { screen: 'patients' }, 1)).toBeNull();
    expect(nextOpenSession([open(1)], routeOfOpen(open(1)), 1)).toBeNull();
  });
});
