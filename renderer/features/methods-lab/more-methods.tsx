import { Switch } from '@mantine/core';
import { useId } from 'react';
import { Section } from '../../ui/page.tsx';
import type { MethodsQuestion } from '../../workers/inference-protocol.ts';
import styles from './methods-lab.module.css';

/** Layer-wise relevance behind its switch, with the note on its patents. */
export function MoreMethods(props: {
  layerWiseRelevance: MethodsQuestion['layerWiseRelevance'];
  onChange: (value: MethodsQuestion['layerWiseRelevance']) => void;
}) {
  const noteId = useId();
  return (
    <Section title="More methods">
      <div className={styles.relevance}>
        <Switch
          checked={props.layerWiseRelevance === 'on'}
          onChange={(event) => props.onChange(event.currentTarget.checked ? 'on' : 'off')}
          label="Include layer-wise relevance"
          aria-describedby={noteId}
        />
        <p id={noteId}>
          This method is the subject of granted patents (US 12,061,966 B2, EP 3 271 863 B1 and others), so it
          is off each time this screen opens. Ask for a legal opinion before you switch it on in a product;
          Help says more under “Layer-wise relevance”. Switched on, all methods run again.
        </p>
      </div>
    </Section>
  );
}
