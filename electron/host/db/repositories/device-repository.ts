import type { Device } from '../../../../core/contract/schemas/clinical.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, first, run, sqlBuilder } from '../query.ts';
import type { Tables } from '../schema.ts';

const deviceFrom = (row: Tables['device']): Device => ({
  id: row.id as Device['id'],
  name: row.name,
  serial: row.serial,
  kind: row.kind as Device['kind'],
  unit: row.unit as Device['unit'],
  calibratedOn: row.calibrated_on,
});

export function insertDevice(db: WritableDb, device: Device, createdAt: string): void {
  run(
    db,
    sqlBuilder.insertInto('device').values({
      id: device.id,
      name: device.name,
      serial: device.serial,
      kind: device.kind,
      unit: device.unit,
      calibrated_on: device.calibratedOn,
      created_at: createdAt,
    }),
  );
}

export function listDevices(db: ReadableDb): Device[] {
  return all(db, sqlBuilder.selectFrom('device').selectAll().orderBy('created_at').orderBy('id')).map(
    deviceFrom,
  );
}

export function findDevice(db: ReadableDb, id: string | null): Device | null {
  if (id === null) return null;
  const row = first(db, sqlBuilder.selectFrom('device').selectAll().where('id', '=', id));
  return row ? deviceFrom(row) : null;
}
