import type { TrialEntry } from '../contract/schemas/clinical.ts';
import { type CellKey, cellKey, SIDES } from './entry-walk.ts';
import { MEASURES } from './measures.ts';

/** A trial as it is stored: one version of several. */
export type StoredTrial = TrialEntry & {
  version: number;
  /** UTC instant; null where blinding hides it. */
  createdAt: string | null;
  /** Null for the first version. */
  correctionReason: string | null;
  /** Who saved this version. */
  userName?: string | undefined;
};

/** One trial with everything that was ever stored for it. */
export interface TrialVersions {
  key: CellKey;
  /** What counts now. */
  newest: StoredTrial;
  /** Superseded versions, oldest first; empty when the trial was never corrected. */
  earlier: StoredTrial[];
}

const keyOf = (trial: StoredTrial) => cellKey(trial.measure, trial.side, trial.trialNumber);

/**
 * The trials of a session with their versions: pinch first, right before left, by trial number.
 * @param newest one version of each trial. @param superseded any order; versions of trials that are not in
 *   `newest` are left out, as nothing says what replaced them.
 */
export function trialVersions(
  newest: readonly StoredTrial[],
  superseded: readonly StoredTrial[],
): TrialVersions[] {
  return newest
    .map((trial) => ({
      key: keyOf(trial),
      newest: trial,
      earlier: superseded
        .filter((other) => keyOf(other) === keyOf(trial))
        .sort((a, b) => a.version - b.version),
    }))
    .sort(
      (a, b) =>
        MEASURES.indexOf(a.newest.measure) - MEASURES.indexOf(b.newest.measure) ||
        SIDES.indexOf(a.newest.side) - SIDES.indexOf(b.newest.side) ||
        a.newest.trialNumber - b.newest.trialNumber,
    );
}

/**
 * The version of a trial that stood when something was decided; null when the trial did not exist yet, or its time is
 * hidden.
 * @param instant UTC, e.g. the moment of the lock. A correction at exactly that moment counts as before it.
 */
export function versionAt(versions: TrialVersions, instant: string): StoredTrial | null {
  const at = Date.parse(instant);
  const known = [...versions.earlier, versions.newest].filter(
    ({ createdAt }) => createdAt !== null && Date.parse(createdAt) <= at,
  );
  return known.at(-1) ?? null;
}

/** Trials that were corrected after an instant: what was decided then was decided on another version. */
export function correctedAfter(trials: readonly TrialVersions[], instant: string): TrialVersions[] {
  return trials.filter((trial) => {
    const then = versionAt(trial, instant);
    return then !== null && then.version < trial.newest.version;
  });
}

/**
 * The versions that a decision stood on, of the trials that were corrected since: [1] reads "made on version 1".
 * Empty when nothing was corrected after it.
 */
export function versionsBehind(trials: readonly TrialVersions[], instant: string): number[] {
  const versions = correctedAfter(trials, instant).flatMap((trial) => {
    const then = versionAt(trial, instant);
    return then === null ? [] : [then.version];
  });
  return [...new Set(versions)].sort((a, b) => a - b);
}
