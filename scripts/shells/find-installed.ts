import { accessSync, constants, existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Why a browser at this path cannot be used, or null. A snap may not read our profile folder or keep our pipe. */
export function reasonAgainst(path: string): string | null {
  let target = path;
  try {
    target = realpathSync(path);
  } catch {
    return 'cannot be read';
  }
  const isSnap = (text: string) => /\/snap\/|\bsnap run\b|\/usr\/bin\/snap\b/.test(text);
  if (isSnap(path) || isSnap(target)) {
    return 'a snap: its confinement hides the private profile and the pipe';
  }
  // Ubuntu's chromium-browser is a short script that starts the snap.
  const head = readFileSync(target).subarray(0, 4096);
  if (head.subarray(0, 2).toString('latin1') === '#!' && isSnap(head.toString('latin1'))) {
    return 'a script that starts a snap: its confinement hides the private profile and the pipe';
  }
  return null;
}

const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

/** Where Chrome, Edge and Chromium are usually installed, in the order in which they are tried. */
export function usualPlaces(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): string[] {
  if (platform === 'win32') {
    const roots = [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA];
    const names = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
      'Chromium\\Application\\chrome.exe',
    ];
    return roots.flatMap((root) => (root ? names.map((name) => join(root, name)) : []));
  }
  if (platform === 'darwin') {
    const roots = ['/Applications', join(environment.HOME ?? '', 'Applications')];
    const names = ['Google Chrome', 'Microsoft Edge', 'Chromium'];
    return roots.flatMap((root) => names.map((name) => `${root}/${name}.app/Contents/MacOS/${name}`));
  }
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  // Name by name, so that Chromium wins over Chrome wherever they lie.
  const onPath = LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...new Set([...onPath, '/snap/bin/chromium'])];
}

/**
 * The first usable installed browser.
 * @returns its path, or null, and a line for each that was found and refused.
 */
export function findInstalled(places: readonly string[] = usualPlaces()): {
  path: string | null;
  refused: string[];
} {
  const refused: string[] = [];
  for (const path of places) {
    if (!existsSync(path) || !isExecutable(path)) continue;
    const reason = reasonAgainst(path);
    if (reason === null) return { path, refused };
    refused.push(`${path} refused: ${reason}`);
  }
  return { path: null, refused };
}
