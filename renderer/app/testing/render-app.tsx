import './jsdom-gaps.ts';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { App } from '../app.tsx';
import { startMemoryHost, type TestHandlers } from './memory-host.ts';

/** A worker that never becomes ready: jsdom has no workers, and these tests need no prediction. */
function silentInference(): InferenceClient {
  return {
    ready: new Promise(() => {}),
    predict: () => new Promise(() => {}),
    explain: () => new Promise(() => {}),
    callChanges: () => new Promise(() => {}),
    compareMethods: () => ({ result: new Promise(() => {}), cancel: () => {} }),
    analyse: () => new Promise(() => {}),
    explainAnalysis: () => new Promise(() => {}),
    forecast: () => new Promise(() => {}),
    dispose: () => {},
  };
}

/** The whole page over the real wire. */
export function renderApp(handlers: TestHandlers) {
  const host = startMemoryHost(handlers);
  const user = userEvent.setup();
  render(<App api={host.api} styleNonce="" startInference={silentInference} />);
  return { ...host, user };
}
