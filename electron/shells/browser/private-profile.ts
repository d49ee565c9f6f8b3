import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Browser settings that would otherwise keep what was typed, seen or opened. */
const PREFERENCES = {
  autofill: { enabled: false, profile_enabled: false, credit_card_enabled: false },
  browser: { has_seen_welcome_page: true, enable_spellchecking: false },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false, default_content_setting_values: { notifications: 2 } },
  history: { saving_disabled: true },
  search: { suggest_enabled: false },
  // 5: open a new tab at the next start, never the last session.
  session: { restore_on_startup: 5 },
  spellcheck: { use_spelling_service: false },
  translate: { enabled: false },
  webrtc: { ip_handling_policy: 'disable_non_proxied_udp' },
};

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The folder in which this user's profiles live while the app runs. */
export function defaultProfilesFolder(): string {
  return join(tmpdir(), `prehensa-profiles-${userInfo().username.replace(/[^\w-]/g, '_')}`);
}

/**
 * Deletes every profile whose program has ended: a crash or a cut of power leaves one behind until the next start.
 * @returns how many were deleted.
 */
export async function deleteLeftProfiles(profilesFolder: string): Promise<number> {
  const names = await readdir(profilesFolder).catch(() => []);
  let deleted = 0;
  for (const name of names) {
    const processId = Number(/^profile-(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(processId) || isRunning(processId)) continue;
    await rm(join(profilesFolder, name), { recursive: true, force: true, maxRetries: 5 });
    deleted++;
  }
  return deleted;
}

/** True for a real folder that belongs to this user and that nobody else can write into. */
async function isOwnFolder(folder: string): Promise<boolean> {
  // Windows keeps each user's temporary folder apart.
  if (process.platform === 'win32') return true;
  const found = await lstat(folder);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

/** How often in a row the folder must be found gone, how long between two looks, and how many looks at most. */
const GONE = { looks: 3, pauseMs: 80, most: 60 } as const;

/**
 * Deletes the profile and looks again: a part of the browser that ends a moment later than its window can make the folder
 * anew (seen in one of three runs on a busy machine).
 */
async function removeForGood(folder: string): Promise<void> {
  let gone = 0;
  for (let look = 0; look < GONE.most && gone < GONE.looks; look += 1) {
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    await setTimeout(GONE.pauseMs);
    gone = existsSync(folder) ? 0 : gone + 1;
  }
}

/**
 * A fresh profile that only this user can read; what an earlier start left behind is deleted first.
 * @returns its folder and `remove`, which deletes it (the browser may still be writing for a moment).
 */
export async function createPrivateProfile(
  profilesFolder: string = defaultProfilesFolder(),
): Promise<{ folder: string; remove(): Promise<void> }> {
  await mkdir(profilesFolder, { recursive: true, mode: 0o700 });
  const parent = (await isOwnFolder(profilesFolder))
    ? profilesFolder
    : // Somebody else made this folder first, or put a link there: nothing of ours goes into it.
      await mkdtemp(join(tmpdir(), 'prehensa-profiles-'));
  if (parent === profilesFolder) await deleteLeftProfiles(profilesFolder);
  const folder = await mkdtemp(join(parent, `profile-${process.pid}-`));
  await mkdir(join(folder, 'Default'), { mode: 0o700 });
  // No setting turns the session files off, and they hold what stands in form fields: where their folder
  // would be made there is a file, so that none can be written. (Measured: without it a typed name was on disk.)
  await writeFile(join(folder, 'Default', 'Sessions'), '', { mode: 0o600 });
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(PREFERENCES), { mode: 0o600 });
  return {
    folder,
    remove: () => removeForGood(folder),
  };
}
