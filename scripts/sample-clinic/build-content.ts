/** Builds the sample clinic through the same contract that a clinician's screen uses. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceId, UserId } from '../../core/contract/schemas/clinical.ts';
import { createClient, createMemoryPair } from '../../core/contract/wire.ts';
import { createHost } from '../../electron/host/app/create-host.ts';
import { expectOk } from '../../electron/host/app/test-clinic.ts';
import { BulkPaths } from '../../electron/host/assets/bulk-paths.ts';
import { exportContent, type StoreContent } from '../../electron/host/services/content.ts';
import type { LocalInference } from '../headless/local-inference.ts';
import { addVisit, type SampleWorld } from './add-visit.ts';
import { deterministicIds, deterministicTokens, SetClock } from './deterministic.ts';
import { SAMPLE_DEVICES, SAMPLE_PEOPLE, SAMPLE_READERS } from './people.ts';

const FIRST_DAY = '2025-11-01T08:00:00Z';

/**
 * The whole clinic as canonical content: the same bytes every time with the same bundles.
 * @param inference - the shipped bundles, with a clock that stands still.
 */
export async function buildSampleContent(inference: LocalInference): Promise<StoreContent> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'prehensa-sample-'));
  const clock = new SetClock();
  const newId = deterministicIds('sample clinic');
  const pair = createMemoryPair();
  const bulk = new BulkPaths();
  const host = await createHost({
    dataFolder,
    modelsFolder: 'models',
    resourcesFolder: 'resources',
    shell: 'memory',
    transport: pair.host,
    appVersion: 'sample',
    clock: clock.now,
    newId,
    newToken: deterministicTokens('sample clinic'),
    bulk,
  });
  try {
    const api = createClient(pair.page);
    clock.set(FIRST_DAY);
    const readers = SAMPLE_READERS.map(({ key, name }) => ({ key, id: newId() as UserId, name }));
    await host.clinic.openEmptySample(readers.map(({ id, name }) => ({ id, name })));
    let present = readers[0]?.id;
    const world: SampleWorld = {
      api,
      clock,
      inference,
      devices: new Map(),
      bulk,
      asReader: async (reader) => {
        const userId = readers.find(({ key }) => key === reader)?.id;
        if (userId === undefined) throw new RangeError(`nobody is called ${reader}`);
        if (userId === present) return;
        expectOk(await api['app.switchUser']({ userId, pin: null }));
        present = userId;
      },
    };
    const devices = new Map<string, DeviceId>();
    for (const { key, ...fields } of SAMPLE_DEVICES) {
      devices.set(key, expectOk(await api['devices.create'](fields)).id);
    }
    for (const person of SAMPLE_PEOPLE) {
      clock.set(person.visits[0]?.at ?? FIRST_DAY, -600);
      await world.asReader('surgeon');
      const patient = expectOk(await api['patients.create'](person.fields));
      for (const { on, kind, note } of person.interventions ?? []) {
        expectOk(
          await api['interventions.add']({ patientId: patient.id, kind, side: null, onDate: on, note }),
        );
      }
      for (const visit of person.visits) await addVisit({ ...world, devices }, person, patient, visit);
    }
    await world.asReader('surgeon');
    const open = host.clinic.opened;
    if (!open) throw new Error('the sample store is not open');
    return exportContent(open.db);
  } finally {
    await host.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
