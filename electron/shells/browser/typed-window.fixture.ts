// A window with a marker typed into it, for the test that kills it: node typed-window.fixture.ts ROOT BROWSER MARKER
import { join } from 'node:path';
import { createAssetServer } from '../../host/assets/serve-app-request.ts';
import { launchBrowserShell } from './launch-browser-shell.ts';
import { typeMarker } from './type-marker.fixture.ts';

const [root = '', executablePath = '', marker = ''] = process.argv.slice(2);
const shell = await launchBrowserShell({
  executablePath,
  sandbox: process.getuid?.() !== 0,
  headless: true,
  assets: createAssetServer({
    rendererFolder: join(root, 'page'),
    modelsFolder: join(root, 'models'),
    wasmFolder: join(root, 'wasm'),
  }),
  profilesFolder: join(root, 'killed'),
  serve: async () => '',
});
await typeMarker(shell.page, marker);
console.log(shell.profileFolder);
