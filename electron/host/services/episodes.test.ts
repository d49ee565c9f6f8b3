import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  INVENTED_PATIENT,
  savedSession,
  sixTrials,
  startTestClinic,
  type TestClinic,
} from '../app/test-clinic.ts';

const FIELDS = {
  side: 'left',
  diagnosis: 'Scaphoid nonunion',
  operation: 'proximal-row-carpectomy',
  operationNote: 'Dr Invented',
  operationDate: '2026-03-02',
  startedOn: '2026-02-01',
  endedOn: null,
} as const;

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic();
});
afterEach(() => clinic.remove());

async function start() {
  const { patient, session } = await savedSession(clinic);
  const { api } = clinic;
  const list = expectOk(
    await api['episodes.save']({ patientId: patient.id, episodeId: null, fields: FIELDS }),
  );
  return { api, patientId: patient.id, sessionId: session.id, episode: list.episodes[0] as { id: string } };
}

describe('an episode of care', () => {
  it('is kept in versions, and the next session belongs to the one that goes on', async () => {
    const { api, patientId, episode } = await start();
    const fields = { ...FIELDS, diagnosis: 'Scaphoid nonunion, stage II' };
    const saved = expectOk(await api['episodes.save']({ patientId, episodeId: episode.id, fields }));
    expect(saved.episodes).toMatchObject([{ id: episode.id, version: 2, diagnosis: fields.diagnosis }]);
    expect(clinic.host.clinic.opened?.db.raw.prepare('SELECT count(*) n FROM episode_version').get()).toEqual(
      {
        n: 2,
      },
    );
    const { session, patient } = expectOk(await api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    expect(session.episodeId).toBe(episode.id);
    expect(patient.episode).toMatchObject({ id: episode.id, side: 'left' });
  });

  it('that ended takes no further session', async () => {
    const { api, patientId, episode } = await start();
    const fields = { ...FIELDS, endedOn: '2026-06-01' };
    expectOk(await api['episodes.save']({ patientId, episodeId: episode.id, fields }));
    const { session } = expectOk(await api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    expect(session.episodeId).toBeNull();
    const early = { ...FIELDS, endedOn: '2026-01-31' };
    expect(codeOf(await api['episodes.save']({ patientId, episodeId: episode.id, fields: early }))).toBe(
      'input.invalid',
    );
  });

  it('is taken away and brought back with its sessions', async () => {
    const { api, patientId, sessionId, episode } = await start();
    expectOk(await api['episodes.assignSession']({ sessionId, episodeId: episode.id }));
    const before = expectOk(await api['episodes.list']({ patientId })).episodes;
    const gone = expectOk(await api['episodes.setRemoved']({ episodeId: episode.id, isRemoved: true }));
    expect(gone.episodes).toEqual([]);
    expect(expectOk(await api['sessions.get']({ sessionId })).patient.episode).toBeUndefined();
    const back = expectOk(await api['episodes.setRemoved']({ episodeId: episode.id, isRemoved: false }));
    expect(back.episodes).toEqual(before.map((each) => ({ ...each, version: 3 })));
    expect(back.episodes[0]?.sessionCount).toBe(1);
  });

  it('of another patient is not taken', async () => {
    const { api, sessionId } = await start();
    const other = expectOk(await api['patients.create'](INVENTED_PATIENT));
    const list = expectOk(
      await api['episodes.save']({ patientId: other.id, episodeId: null, fields: FIELDS }),
    );
    const episodeId = list.episodes[0]?.id ?? null;
    expect(codeOf(await api['episodes.assignSession']({ sessionId, episodeId }))).toBe('episode.not_found');
  });

  it('is hidden, in list, strip and search, while a blinded judgement is open', async () => {
    const { api, patientId, episode } = await start();
    const found = async (search: string) =>
      expectOk(await api['patients.list']({ search, limit: 5, offset: 0 })).total;
    expect(await found('scaphoid')).toBe(1);
    const draft = { ...EMPTY_DRAFT, isBlinded: true };
    const { session } = expectOk(await api['sessions.start']({ patientId, draft }));
    const view = expectOk(
      await api['sessions.saveMeasurements']({ sessionId: session.id, trials: sixTrials(), draft }),
    );
    const list = expectOk(await api['episodes.list']({ patientId }));
    expect(list).toEqual({ isHidden: true, episodes: [] });
    for (const text of [JSON.stringify(view), JSON.stringify(await api['patients.get']({ id: patientId }))]) {
      expect(text).not.toMatch(/Scaphoid|Dr Invented|2026-03-02|2026-02-01|carpectomy/);
    }
    expect(await found('scaphoid')).toBe(0);
    const codes = [
      await api['episodes.save']({ patientId, episodeId: episode.id, fields: FIELDS }),
      await api['episodes.setRemoved']({ episodeId: episode.id, isRemoved: true }),
      await api['episodes.assignSession']({ sessionId: session.id, episodeId: null }),
    ].map(codeOf);
    expect(new Set(codes)).toEqual(new Set(['patient.judgement_open']));
    expectOk(await api['sessions.close']({ sessionId: session.id }));
    expect(expectOk(await api['episodes.list']({ patientId })).episodes).toHaveLength(1);
  });
});
