import { MantineProvider } from '@mantine/core';
import { useMemo } from 'react';
import type { Api } from '../../core/contract/wire.ts';
import { ApiProvider } from '../platform/api.tsx';
import type { InferenceClient } from '../workers/inference-client.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Gate } from './gate.tsx';
import { InferenceProvider } from './inference.tsx';
import { cssVariables, memoryColorSchemeManager, theme } from './theme.ts';

/** The whole page: looks, the client of the contract, the inference worker, and the gate in front of the screens. */
export function App(props: { api: Api; styleNonce: string; startInference: () => InferenceClient }) {
  const colorSchemes = useMemo(memoryColorSchemeManager, []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
      getStyleNonce={() => props.styleNonce}
    >
      <ErrorBoundary>
        <ApiProvider api={props.api}>
          <InferenceProvider start={props.startInference}>
            <Gate />
          </InferenceProvider>
        </ApiProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}
