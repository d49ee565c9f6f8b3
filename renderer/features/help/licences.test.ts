import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LICENCES } from './licences.ts';

const readPackage = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const own = readPackage('package.json') as { dependencies: Record<string, string> };

describe('the licences on the help page', () => {
  it.each(LICENCES.map((entry) => [entry.name, entry.licence]))('%s is %s', (name, licence) => {
    expect(readPackage(`node_modules/${name}/package.json`).license).toBe(licence);
  });

  it('leaves out no package that ships, save parts of one that is named', () => {
    const named = LICENCES.map((entry) => entry.name as string);
    const isPartOf = (name: string) =>
      named.some((known) => name === known || (known.includes('/') && name.startsWith(`${known}-`)));
    const missing = Object.keys(own.dependencies).filter((name) => !isPartOf(name));
    expect(missing).toEqual(['@mantine/hooks', 'react-dom']);
  });
});
