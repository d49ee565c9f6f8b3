import { Button } from '@mantine/core';
import { IconMoodPuzzled, IconTopologyStar3 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { readOwnFile } from '../../platform/own-file.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { Page, Section } from '../../ui/page.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { FilesCheck } from './files-check.tsx';
import { FIRST_MODEL, ModelSection, type Verification } from './model-section.tsx';
import { readShippedModels, type ShippedModel } from './read-shipped-models.ts';

/** The model that answers in every session opens the page; the others keep their order. */
const firstModelFirst = (models: readonly ShippedModel[]): ShippedModel[] => [
  ...models.filter(({ id }) => id === FIRST_MODEL),
  ...models.filter(({ id }) => id !== FIRST_MODEL),
];

/** The models in use: what they are, what they were trained on, and whether their files are untouched. */
export function ModelsScreen(props: { inference: InferenceClient; onTryToFool: () => void }) {
  const { inference } = props;
  const [models, setModels] = useState<ShippedModel[] | 'loading' | 'missing'>('loading');
  const [attempt, setAttempt] = useState(0);
  const verification = useVerification(inference);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    let isCurrent = true;
    void readShippedModels(readOwnFile).then((found) => {
      if (isCurrent) setModels(found === null || found.length === 0 ? 'missing' : firstModelFirst(found));
    });
    return () => {
      isCurrent = false;
    };
  }, [attempt]);
  return (
    <Page
      title="Models"
      width="reading"
      actions={
        <Button leftSection={<IconMoodPuzzled size={18} aria-hidden="true" />} onClick={props.onTryToFool}>
          Try to fool it
        </Button>
      }
      lead="They answer on this computer only, each after your own judgement or forecast is locked. All were trained on simulated people: research use, not a medical device."
    >
      {models === 'loading' && <LoadingLines label="Reading the models" />}
      {models === 'missing' && (
        <EmptyState
          icon={<IconTopologyStar3 size={40} stroke={1.25} />}
          title="No model on this computer"
          action={
            <Button variant="default" onClick={() => setAttempt(attempt + 1)}>
              Look again
            </Button>
          }
        >
          Measurements, judgements, timeline and trends work without one. Ask your IT contact to reinstall
          Prehensa.
        </EmptyState>
      )}
      {Array.isArray(models) && (
        <>
          {models.map((model) => (
            <ModelSection key={model.id} model={model} verification={verification} />
          ))}
          <FilesCheck models={models} />
          <Section
            title="Methods lab"
            lead="All methods of explanation side by side, on one result that you have seen: open the result of a session, then “What drove the model’s answer”, then “Compare methods”. Layer-wise relevance is off there until you switch it on; its patent note is under Help."
          >
            {null}
          </Section>
        </>
      )}
    </Page>
  );
}

function useVerification(inference: InferenceClient): Verification {
  const [state, setState] = useState<Verification>({ status: 'checking' });
  useEffect(() => {
    let isCurrent = true;
    inference.ready.then(
      (loaded) => isCurrent && setState({ status: 'verified', loaded }),
      () => isCurrent && setState({ status: 'refused' }),
    );
    return () => {
      isCurrent = false;
    };
  }, [inference]);
  return state;
}
