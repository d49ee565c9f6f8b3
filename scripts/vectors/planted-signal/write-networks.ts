// node scripts/vectors/planted-signal/write-networks.ts: fits the small networks of the sanity laws anew and writes them down.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { fitNetworks } from './fit-networks.ts';

const path = fileURLToPath(new URL('networks.json', import.meta.url));
writeFileSync(path, `${JSON.stringify(await fitNetworks())}\n`);
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
execFileSync(process.execPath, [biome, 'format', '--write', path], { stdio: 'inherit' });
