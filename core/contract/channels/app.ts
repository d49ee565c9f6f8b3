import * as z from 'zod';
import { call, push } from '../definition.ts';
import { UserId } from '../schemas/clinical.ts';
import { UserName } from '../schemas/user-name.ts';

const Passphrase = z.string().min(1).max(1024);

export const StoreKind = z.enum(['clinic', 'sample']);

/** Everything the page needs to decide which screen to draw. */
export const AppState = z.strictObject({
  phase: z.enum(['first-run', 'locked', 'open', 'fatal']),
  storeKind: StoreKind.nullable(),
  fatal: z
    .strictObject({
      code: z.enum(['store.damaged', 'store.newer', 'store.busy', 'vault.damaged']),
      incident: z.string(),
    })
    .nullable(),
  user: z.strictObject({ id: UserId, name: z.string() }).nullable(),
  users: z.array(
    z.strictObject({
      id: UserId,
      name: z.string(),
      /** Whether the user can take over by PIN: 'off' after three wrong ones. Told while the store is open only. */
      pin: z.enum(['none', 'set', 'off']).optional(),
    }),
  ),
  appVersion: z.string(),
  shell: z.enum(['electron', 'browser', 'memory']),
  /** Seconds until the next passphrase may be tried; 0 when now. */
  waitSeconds: z.number().min(0),
  isGuideDone: z.boolean(),
});
export type AppState = z.output<typeof AppState>;

export const appChannels = {
  'app.state': call({
    access: 'open',
    doc: 'Which screen to draw: first run, locked, open or a fatal page.',
    input: z.strictObject({}),
    output: AppState,
  }),
  'app.openSampleClinic': call({
    access: 'open',
    doc: 'Opens the store of invented people; no passphrase.',
    input: z.strictObject({}),
    output: AppState,
    errors: ['store.busy', 'store.damaged', 'store.newer'],
  }),
  'app.resetSampleClinic': call({
    access: 'write',
    doc: 'Puts the sample clinic back to its first state. Refused in a clinic store.',
    input: z.strictObject({}),
    output: AppState,
    errors: ['sample.only', 'store.busy'],
  }),
  'app.createUser': call({
    access: 'open',
    doc: 'First user of a new vault, or a further one (needs an unlocked store). The recovery code is answered once and never stored.',
    input: z.strictObject({ name: UserName, passphrase: Passphrase }),
    output: z.strictObject({ state: AppState, recoveryCode: z.string() }),
    errors: [
      'vault.user_exists',
      'vault.weak_passphrase',
      'vault.damaged',
      'store.busy',
      'store.damaged',
      'store.newer',
      'sample.only',
    ],
  }),
  'app.unlock': call({
    access: 'open',
    doc: 'Opens the clinic store with a user and passphrase. Wrong ones make the wait grow.',
    input: z.strictObject({ userId: UserId, passphrase: Passphrase }),
    output: AppState,
    errors: [
      'vault.wrong_passphrase',
      'vault.wait',
      'vault.damaged',
      'store.busy',
      'store.damaged',
      'store.newer',
    ],
  }),
  'app.recover': call({
    access: 'open',
    doc: 'Sets a new passphrase with the recovery code.',
    input: z.strictObject({
      userId: UserId,
      recoveryCode: z.string().min(1).max(200),
      newPassphrase: Passphrase,
    }),
    output: AppState,
    errors: [
      'vault.wrong_passphrase',
      'vault.wait',
      'vault.weak_passphrase',
      'vault.damaged',
      'store.busy',
      'store.damaged',
      'store.newer',
    ],
  }),
  'app.lock': call({
    access: 'open',
    doc: 'Closes the store and forgets the keys.',
    input: z.strictObject({}),
    output: AppState,
  }),
  'app.switchUser': call({
    access: 'write',
    doc: 'Another user of this clinic takes over while the store is open; in the sample clinic without a PIN.',
    input: z.strictObject({ userId: UserId, pin: z.string().max(20).nullable() }),
    output: AppState,
    errors: ['pin.wrong', 'pin.off', 'vault.not_authorised', 'vault.damaged', 'store.full'],
  }),
  'app.setPin': call({
    access: 'write',
    doc: 'Sets the PIN of the present user, or takes it away (null); needs their own passphrase.',
    input: z.strictObject({ passphrase: Passphrase, pin: z.string().max(20).nullable() }),
    output: AppState,
    errors: [
      'pin.weak',
      'vault.wrong_passphrase',
      'vault.wait',
      'vault.damaged',
      'sample.only',
      'store.full',
    ],
  }),
  'app.setGuideDone': call({
    access: 'write',
    doc: 'Remembers per user whether the five-step guide was seen.',
    input: z.strictObject({ isDone: z.boolean() }),
    output: z.strictObject({}),
  }),
  'app.seedMap': call({
    access: 'open',
    doc: 'The roadmap page (docs/seed-map.md) for Help.',
    input: z.strictObject({}),
    output: z.strictObject({ markdown: z.string() }),
  }),
  'app.stateChanged': push({ doc: 'The store was opened, closed or locked.', payload: z.strictObject({}) }),
};
