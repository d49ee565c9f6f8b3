import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { hasMessages } from './message-files.ts';
import { type Translate, transformMessages } from './message-transform.ts';
import { pseudoText } from './pseudo-locale.ts';

export const PSEUDO_LANGUAGE = 'pseudo';
/** A file name below resources/i18n, never a path. */
const LANGUAGE = /^[a-z]{2,8}(-[A-Za-z]{2,8})?$/;

/**
 * How messages read in a language.
 * @param language "pseudo", or the name of a file in resources/i18n that maps English to it.
 * @throws RangeError for a name that is none; Error when a message is missing there: half a language is none.
 */
export function translationOf(language: string, root: string): Translate {
  if (!LANGUAGE.test(language)) throw new RangeError(`"${language}" is no name of a language`);
  if (language === PSEUDO_LANGUAGE) return pseudoText;
  const file = join(root, 'resources/i18n', `${language}.json`);
  const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  return (message) => {
    if (!Object.hasOwn(messages, message)) throw new Error(`${language} has no text for "${message}"`);
    return messages[message] as string;
  };
}

/** Vite's step that puts a language in place of English while a file is compiled. */
export function messagePlugin(language: string, root: string): Plugin {
  const translate = translationOf(language, root);
  return {
    name: 'prehensa-messages',
    enforce: 'pre',
    transform(code, id) {
      const path = relative(root, id.replace(/\?.*$/, '')).split(sep).join('/');
      return hasMessages(path) ? { code: transformMessages(code, path, translate).code, map: null } : null;
    },
  };
}
