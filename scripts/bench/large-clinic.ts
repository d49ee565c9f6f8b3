/** A clinic with many invented sessions, written past the services so that it takes seconds: for timing the list only. */
import { INVENTED_PATIENT } from '../../electron/host/app/test-clinic.ts';
import { transact, type WritableDb } from '../../electron/host/db/open-store.ts';
import { insertPatient, listPatients } from '../../electron/host/db/repositories/patient-repository.ts';
import { insertSession } from '../../electron/host/db/repositories/session-repository.ts';

const FAMILY = [
  'Kowalska',
  'Müller',
  'Lindqvist',
  'Nowak',
  'Silva',
  'O’Connor',
  'Jansen',
  'Łaski',
  'Dubois',
  'Rossi',
];
const GIVEN = ['Anna', 'Per', 'Ewa', 'João', 'Mary', 'Piotr', 'Claire', 'Ada', 'Nils', 'Ines', 'Karl', 'Zoë'];
const DIAGNOSES = [
  'SNAC wrist, stage II',
  'SLAC wrist, stage III',
  'Scaphoid nonunion',
  'Kienböck disease',
  'De Quervain',
];
const DAY_MS = 86_400_000;

/** A fixed sequence in [0, 1): the same clinic each time. */
function sequence(): () => number {
  let state = 20_261_124;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const TRIGGER = 'listing_session_added';

/** Adds `patients` people with `sessions` closed sessions among them, over ten years. */
export function fillClinic(db: WritableDb, userId: string, patients: number, sessions: number): void {
  const next = sequence();
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
  const uuid = (kind: number, index: number) =>
    `${Math.floor(next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')}-0000-4000-8000-${kind}${String(index).padStart(11, '0')}`;
  const start = Date.parse('2016-11-24T08:00:00Z');
  transact(db, () => {
    const ids: string[] = [];
    for (let i = 0; i < patients; i++) {
      const id = uuid(1, i);
      ids.push(id);
      insertPatient(db, id, new Date(start + i * 60_000).toISOString(), userId, {
        ...INVENTED_PATIENT,
        displayName: `${pick(FAMILY)}, ${pick(GIVEN)} ${i}`,
        clinicNumber: `H-${100_000 + i}`,
        diagnosis: pick(DIAGNOSES),
      });
    }
    // The list's row is brought up to date once a patient at the end, not once a session.
    const trigger = db.raw
      .prepare('SELECT sql FROM sqlite_schema WHERE name = ?')
      .pluck()
      .get(TRIGGER) as string;
    db.raw.exec(`DROP TRIGGER ${TRIGGER}`);
    for (let i = 0; i < sessions; i++) {
      const at = new Date(start + Math.floor(next() * 3650 * DAY_MS)).toISOString();
      insertSession(db, {
        id: uuid(2, i),
        patient_id: pick(ids),
        user_id: userId,
        state: 'closed',
        started_at: at,
        saved_at: at,
        device_id: null,
        summary_rule: 'mean-of-three',
        note: '',
        is_blinded: 0,
        judged_side: null,
        last_seq: 0,
        protocol: 'pinch-and-wrist',
        conditions: '{}',
        episode_id: null,
      });
    }
    db.raw.exec(trigger);
    db.raw.exec('UPDATE patient SET current_version = current_version');
  });
}

/** Milliseconds of one page of 100 each, on the host: the first page, a late page, and searches. */
export function listTimes(db: WritableDb, patients: number, count: number): Record<string, number[]> {
  const questions: Record<string, [search: string, offset: number]> = {
    'first page': ['', 0],
    'last page': ['', Math.max(0, patients - 100)],
    'search by name': ['muller ada', 0],
    'search by clinic number': ['h-101234', 0],
    'search by diagnosis': ['scaphoid', 0],
    'search without a hit': ['zzzz', 0],
  };
  return Object.fromEntries(
    Object.entries(questions).map(([name, [search, offset]]) => [
      name,
      Array.from({ length: count }, () => {
        const started = performance.now();
        listPatients(db, search, 100, offset);
        return performance.now() - started;
      }),
    ]),
  );
}
