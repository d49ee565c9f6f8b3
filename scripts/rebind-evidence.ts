/**
 * node scripts/run.mjs rebind-evidence -- --from COMMIT --redirect OLD=NEW[,OLD=NEW]
 *
 * Evidence goes stale when the bundled code of its experiment changes, also where only an import moved: a module that held
 * two constants and a hundred schemas gives way to one with the constants. Then nothing that runs has changed, and hours of
 * training would come to the same cells.
 *
 * This program shows that, or refuses. It takes the tree of COMMIT, in which the evidence was up to date, lets the imports of
 * OLD lead to NEW there, and bundles each experiment in both trees. Only where the two bundles are the same byte for byte,
 * and the evidence was fresh in that commit, is the new hash written, with a note of what was done.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Evidence } from '../training/experiments/evidence-file.ts';
import { hashedModule } from './experiments/present-hashes.ts';
import { readJsonOr, writeFileAtomically } from './processes/atomic-files.ts';
import { codeHash } from './processes/code-hash.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { from: { type: 'string' }, redirect: { type: 'string', default: '' }, help: { type: 'boolean' } },
});
if (values.help || values.from === undefined) {
  console.log('npm run rebind-evidence -- --from COMMIT --redirect OLD=NEW[,OLD=NEW]');
  process.exit(values.help ? 0 : 1);
}
const redirects = new Map(
  values.redirect
    .split(',')
    .filter(Boolean)
    .map((pair) => pair.split('=') as [string, string]),
);
const here = process.cwd();
const commit = execFileSync('git', ['rev-parse', values.from], { encoding: 'utf8' }).trim();
const folder = mkdtempSync(join(tmpdir(), 'prehensa-rebind-'));
const tree = join(folder, 'tree');
execFileSync('git', ['worktree', 'add', '--quiet', '--detach', tree, commit]);
symlinkSync(join(here, 'node_modules'), join(tree, 'node_modules'));
let refused = 0;
try {
  for (const file of readdirSync('models/evidence').filter((name) => name.endsWith('.json'))) {
    const name = file.replace('.json', '');
    const path = join('models/evidence', file);
    const evidence = Evidence.parse(readJsonOr(path));
    const module = hashedModule(name);
    const now = await codeHash(module);
    if (evidence.codeHash === now) {
      console.log(`${name}: up to date`);
      continue;
    }
    process.chdir(tree);
    const then = existsSync(module) ? await codeHash(module) : '';
    const redirected = existsSync(module) ? await codeHash(module, redirects, tree) : '';
    process.chdir(here);
    const isFresh = then === evidence.codeHash;
    const isSame = redirected === now;
    console.log(
      `${name}: ${isFresh ? 'fresh' : 'STALE'} in ${commit.slice(0, 7)}, ${isSame ? 'same code' : 'OTHER CODE'}`,
    );
    if (!isFresh || !isSame) {
      refused += 1;
      continue;
    }
    const reboundFrom = { commit, codeHash: evidence.codeHash, redirects: Object.fromEntries(redirects) };
    writeFileAtomically(path, `${JSON.stringify({ ...evidence, codeHash: now, reboundFrom }, null, 1)}\n`);
  }
} finally {
  process.chdir(here);
  execFileSync('git', ['worktree', 'remove', '--force', resolve(tree)]);
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = refused === 0 ? 0 : 1;
