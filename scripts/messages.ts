/**
 * npm run messages [-- --check]: every text that a reader may see, from the sources into resources/i18n/en.json.
 * --check only compares; languages beside it are looked through for messages that are missing or gone.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { collectMessages } from './messages/message-files.ts';

const FOLDER = 'resources/i18n';
const FILE = `${FOLDER}/en.json`;

const { values: options } = parseArgs({
  options: { check: { type: 'boolean', default: false }, where: { type: 'string', default: '' } },
});
const found = collectMessages(process.cwd());
const names = Object.keys(found);
if (options.where !== '') {
  for (const name of names.filter((each) => each.includes(options.where))) console.log(name, found[name]);
  process.exit(0);
}
const text = `${JSON.stringify(Object.fromEntries(names.map((name) => [name, name])), null, 1)}\n`;
if (options.check) {
  const isSame = existsSync(FILE) && readFileSync(FILE, 'utf8') === text;
  console.log(
    isSame ? `${FILE}: ${names.length} messages, as in the sources` : `${FILE}: run npm run messages`,
  );
  process.exitCode = isSame ? 0 : 1;
} else {
  writeFileSync(FILE, text);
  console.log(`${FILE}: ${names.length} messages`);
}
for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json') && name !== 'en.json')) {
  const own = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Record<string, string>;
  const missing = names.filter((name) => !Object.hasOwn(own, name));
  const gone = Object.keys(own).filter((name) => !Object.hasOwn(found, name));
  console.log(`${file}: ${missing.length} missing, ${gone.length} no longer used`);
  if (missing.length > 0) process.exitCode = 1;
}
