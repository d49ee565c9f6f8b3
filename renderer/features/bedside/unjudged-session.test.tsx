// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { OpenSession } from '../../../core/contract/channels/records.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { startMemoryHost, testId, testPatient } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { earlierUnjudged, UnjudgedSession } from './unjudged-session.tsx';

const PATIENT = testPatient(1);
const OWN = testId<SessionId>(501);
const EARLIER = testId<SessionId>(502);
const open = (change: Partial<OpenSession>): OpenSession => ({
  sessionId: EARLIER,
  patientId: PATIENT.id,
  displayName: PATIENT.displayName,
  state: 'saved',
  startedAt: '2026-11-24T08:05:00.000Z',
  userName: 'Reader, Rosa',
  ...change,
});

function show(rows: OpenSession[]) {
  const judged: string[] = [];
  const host = startMemoryHost({ 'records.openSessions': () => rows });
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <UnjudgedSession patientId={PATIENT.id} sessionId={OWN} onJudge={(id) => judged.push(id)} />
      </ApiProvider>
    </MantineProvider>,
  );
  return { judged, host };
}

describe('an earlier session that was never judged', () => {
  it('is named before saving would close it, with the way to its judgement', async () => {
    const { judged, host } = show([open({ sessionId: OWN }), open({})]);
    await screen.findByText(/^The session of 24 Nov 2026, \d\d:\d\d of this patient was never judged/);
    await userEvent.click(screen.getByRole('button', { name: 'Judge that one first' }));
    expect(judged).toEqual([EARLIER]);
    expect(host.inputsOf('records.openSessions')).toEqual([{ patientId: PATIENT.id }]);
  });

  it('keeps the date of a blinded one to itself', async () => {
    show([open({ startedAt: null })]);
    const title = await screen.findByText(/was never judged/);
    expect(title.textContent).toBe('The session of this patient was never judged.');
  });

  it('is not the session on screen, nor one that is still measured', () => {
    expect(earlierUnjudged([open({ sessionId: OWN }), open({ state: 'measuring' })], OWN)).toBeNull();
    expect(earlierUnjudged([open({ state: 'measuring' }), open({})], OWN)?.sessionId).toBe(EARLIER);
  });
});
