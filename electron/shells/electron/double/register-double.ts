// node --import register-double.ts out/electron/main.mjs: the built main runs with the double where it imports Electron.
import { registerHooks } from 'node:module';

const double = new URL('./electron-double.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: double, shortCircuit: true }
      : next(specifier, context),
});
console.log('API double, not Electron');
