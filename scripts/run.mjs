// Starts every program on a good Node: checks the version before anything else is loaded.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...rest] = process.argv.slice(2);
const [major, minor] = process.versions.node.split('.').map(Number);
const isGoodNode = major > 22 || (major === 22 && minor >= 18);
const bundledNode = join(root, 'node_modules', '.bin', 'node');
if (!isGoodNode && !existsSync(bundledNode)) {
  console.error(`Prehensa needs Node 22.18 or newer; this is ${process.versions.node}. Run "npm ci" first.`);
  process.exit(1);
}
const node = existsSync(bundledNode) ? bundledNode : process.execPath;
const script = join(root, 'scripts', `${command}.ts`);
if (!command || !existsSync(script)) {
  console.error(`There is no program "${command}" in scripts/.`);
  process.exit(1);
}
const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`;
const child = spawn(node, [script, ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: path, NODE_NO_WARNINGS: '1' },
});
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
