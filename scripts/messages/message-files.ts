import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { transformMessages } from './message-transform.ts';

/** Where text for readers stands. The contract is left out: its values are stored and sent, so they are one language for all. */
const FOLDERS = [
  'renderer',
  'core/agreement',
  'core/clinical',
  'core/explain',
  'core/formats',
  'core/inference',
  'core/signals',
];

/** True for a source file whose text a reader may see, and that a build in another language replaces. */
export const hasMessages = (path: string): boolean =>
  FOLDERS.some((folder) => path.startsWith(`${folder}/`)) &&
  /\.tsx?$/.test(path) &&
  !/\.(test|fixture)\.tsx?$/.test(path) &&
  !path.includes('/testing/');

/** Source files with text, by path, in order. @param root folder of the project. */
export function messageFiles(root: string): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .split(sep)
          .join('/'),
      ),
  )
    .filter(hasMessages)
    .sort();
}

/** Every message once, with the files it stands in. */
export function collectMessages(root: string): Record<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of messageFiles(root)) {
    for (const message of transformMessages(readFileSync(join(root, file), 'utf8'), file).messages) {
      found.set(message, [...(found.get(message) ?? []), file]);
    }
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
