import { Button } from '@mantine/core';
import { IconBarbell, IconWaveSine } from '@tabler/icons-react';
import type { ANALYSIS_STATES } from '../../../core/contract/channels/analyses.ts';
import type { AnalysisId } from '../../../core/contract/schemas/analysis.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import styles from './analysis-links.module.css';

const NAMES: Readonly<Record<AnalysisId, string>> = {
  'muscle-parameters': 'Muscle parameters',
  'elbow-torque-fatigue': 'Elbow: torque and fatigue',
};
const STATE_WORDS: Readonly<Record<(typeof ANALYSIS_STATES)[number], string>> = {
  'not-measured-enough': 'not measured enough',
  'ready-to-judge': 'ready to judge',
  locked: 'judged',
  revealed: 'judged, with the model’s answer',
};

/** Ways from a session to its further analyses, each with its state. Nothing of a model is in it. */
export function AnalysisLinks(props: { sessionId: SessionId; onOpen: (analysis: AnalysisId) => void }) {
  const { sessionId } = props;
  const api = useApi();
  const offered = useCall(`analyses/${sessionId}`, () => api['analyses.offered']({ sessionId }));
  // A missing row of links must not stand where the session is shown.
  if (offered.value === null) return null;
  return (
    <nav className={styles.links} aria-label="Further analyses of this session">
      <h2>Further analyses</h2>
      <ul>
        {offered.value.map(({ analysis, state }) => (
          <li key={analysis}>
            <Button
              variant="default"
              leftSection={
                analysis === 'muscle-parameters' ? (
                  <IconBarbell size={18} aria-hidden="true" />
                ) : (
                  <IconWaveSine size={18} aria-hidden="true" />
                )
              }
              onClick={() => props.onOpen(analysis)}
            >
              {NAMES[analysis]}
            </Button>
            <span>{STATE_WORDS[state]}</span>
          </li>
        ))}
      </ul>
    </nav>
  );
}
