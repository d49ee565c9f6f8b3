import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { messagePlugin } from './scripts/messages/message-plugin.ts';

/** Absent: English, the language of the sources. */
const language = process.env.PREHENSA_LANGUAGE ?? '';

/** The page. Everything it loads is a file of its own, so that the content security policy needs no exception. */
export default defineConfig({
  root: 'renderer',
  base: '/',
  plugins: [...(language === '' ? [] : [messagePlugin(language, import.meta.dirname)]), react()],
  worker: {
    format: 'es',
    plugins: () => (language === '' ? [] : [messagePlugin(language, import.meta.dirname)]),
  },
  build: {
    outDir: `../out/renderer${language === '' ? '' : `-${language}`}`,
    emptyOutDir: true,
    target: 'chrome140',
    minify: true,
    sourcemap: false,
    // A font or picture inlined as data: would be refused by the policy.
    assetsInlineLimit: 0,
    // Chromium preloads modules itself; the polyfill would add an inline script.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: 'renderer/index.html',
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
});
