import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createFolderPlatform, type Platform } from '../../host/app/platform.ts';

/** Where files of this shell go, which has no dialogue of its own: a folder that its user finds again. */
export function exportsFolder(home: string = homedir()): string {
  const documents = join(home, 'Documents');
  return join(existsSync(documents) ? documents : home, 'Prehensa exports');
}

/** Files go to `folder`; a PDF is printed by the browser itself. */
export function createBrowserPlatform(page: Page, folder: string): Platform {
  return createFolderPlatform(folder, () =>
    page.pdf({ format: 'A4', printBackground: true, preferCSSPageSize: true }),
  );
}
