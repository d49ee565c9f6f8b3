import {
  PREFERENCE_DEFAULTS,
  PREFERENCE_OWNERS,
  type PreferenceChange,
  type PreferenceName,
  Preferences,
} from '../../../core/contract/channels/preferences.ts';
import { type ReadableDb, transact } from '../db/open-store.ts';
import { CLINIC_OWNER, listPreferences, upsertPreference } from '../db/repositories/preference-repository.ts';
import { writeAudit } from './audit.ts';
import type { WriteScope } from './scope.ts';

const isPreferenceName = (name: string): name is PreferenceName => Object.hasOwn(Preferences.shape, name);
const ownerOf = (name: PreferenceName, userId: string) =>
  PREFERENCE_OWNERS[name] === 'clinic' ? CLINIC_OWNER : userId;

/**
 * All choices that hold for a user. A stored one that this version does not know, or cannot read, gives way to its
 * default: a setting must never keep a clinic from opening.
 */
export function effectivePreferences(db: ReadableDb, userId: string): Preferences {
  const chosen: Record<string, unknown> = {};
  for (const { ownerId, name, json } of listPreferences(db, userId)) {
    if (!isPreferenceName(name) || ownerId !== ownerOf(name, userId)) continue;
    const value = Preferences.shape[name].safeParse(readJson(json));
    if (value.success) chosen[name] = value.data;
  }
  return Preferences.parse({ ...PREFERENCE_DEFAULTS, ...chosen });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Changes the given choices in one step; @returns all that hold afterwards. */
export function setPreferences(scope: WriteScope, change: PreferenceChange): Preferences {
  const { db, user } = scope;
  const changedAt = scope.clock().toISOString();
  transact(db, () => {
    for (const [name, value] of Object.entries(change)) {
      if (!isPreferenceName(name) || value === undefined) continue;
      const ownerId = ownerOf(name, user.id);
      upsertPreference(db, ownerId, name, JSON.stringify(value), changedAt);
      writeAudit(scope, 'preference.changed', ownerId === CLINIC_OWNER ? null : ownerId, { name, value });
    }
  });
  return effectivePreferences(db, user.id);
}
