import '@mantine/core/styles.layer.css';
import '@fontsource-variable/inter/wght.css';
import './tokens.css';
import './base.css';
import './long-words.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient } from '../../core/contract/wire.ts';
import { findAppTransport } from '../platform/app-transport.ts';
import { startInferenceClient } from '../workers/inference-client.ts';
import { App } from './app.tsx';
import { NotInTheApp } from './not-in-the-app.tsx';
import { ensureValidLanguage } from './valid-language.ts';

ensureValidLanguage(navigator);

declare global {
  var __webpack_nonce__: string | undefined;
  /** Asked by a shell that checks itself: loads, verifies and warms up the model, and answers what it found. */
  var prehensaSelfCheck: (() => Promise<unknown>) | undefined;
}

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// Mantine's dialogs lock scrolling with a small library that looks for its nonce under this name.
globalThis.__webpack_nonce__ = nonce;

globalThis.prehensaSelfCheck = async () => {
  const client = startInferenceClient('/models/');
  try {
    return await client.ready;
  } finally {
    client.dispose();
  }
};

const transport = findAppTransport();
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root element');
createRoot(root).render(
  <StrictMode>
    {transport === null ? (
      <NotInTheApp />
    ) : (
      <App
        api={createClient(transport)}
        styleNonce={nonce}
        startInference={() => startInferenceClient('/models/')}
      />
    )}
  </StrictMode>,
);
