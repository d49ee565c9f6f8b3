import { Button } from '@mantine/core';
import { IconCircleCheck, IconMoodPuzzled, IconTopologyStar3 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { readOwnFile } from '../../platform/own-file.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { FactsPage } from './facts-page.tsx';
import { Fold } from './fold.tsx';
import styles from './models.module.css';
import { readShippedModels, type ShippedModel } from './read-shipped-models.ts';

type Loaded = Awaited<InferenceClient['ready']>;
type Verification = { status: 'checking' } | { status: 'verified'; loaded: Loaded } | { status: 'refused' };

/** The model that the inference worker loads and verifies. */
const ANSWERING_MODEL = 'wrist-state';

/** The model that answers opens the page; the others keep their order. */
const answeringFirst = (models: readonly ShippedModel[]): ShippedModel[] => [
  ...models.filter(({ id }) => id === ANSWERING_MODEL),
  ...models.filter(({ id }) => id !== ANSWERING_MODEL),
];

const MODEL_TITLES: Record<string, string> = {
  'wrist-state': 'Wrist state: what a key pinch behaves most like',
  'muscle-parameters-1': 'Muscle parameters from peak pinch',
  'muscle-parameters-2': 'Muscle parameters from pinch in several postures and grip',
  'muscle-parameters-3': 'Muscle parameters from a force ramp',
  'elbow-torque-fatigue': 'Elbow torque and fatigue',
  'next-visit': 'Next visit: a forecast of key pinch',
};

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
      if (isCurrent) setModels(found === null || found.length === 0 ? 'missing' : answeringFirst(found));
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
      lead="One of them answers in this version, wrist state: on this computer only, after your judgement is locked. The others are described here and give no answer yet. All were trained on simulated people: research use, not a medical device."
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
      {Array.isArray(models) &&
        models.map((model) => (
          <Section key={model.id} title={MODEL_TITLES[model.id] ?? model.id}>
            <VerificationLine model={model} verification={verification} />
            {model.facts === null ? (
              <p className={styles.quiet}>No description of this model is on this computer.</p>
            ) : (
              <Fold
                title="What it is, what was assumed, how wrong it is"
                isOpenAtFirst={model.id === ANSWERING_MODEL}
              >
                <FactsPage text={model.facts} />
              </Fold>
            )}
          </Section>
        ))}
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

function VerificationLine({ model, verification }: { model: ShippedModel; verification: Verification }) {
  if (model.id !== ANSWERING_MODEL) {
    return (
      <FactList
        facts={[
          { name: 'Name and version', value: `${model.id} ${model.version}` },
          { name: 'State', value: 'not in use: no screen asks this model yet' },
        ]}
      />
    );
  }
  if (verification.status === 'checking')
    return <LoadingLines label="Checking the model’s files" lines={2} />;
  if (verification.status === 'refused') {
    return (
      <Notice tone="danger" title="This model will not be used.">
        A file is missing or differs from what was published. Nothing of yours is lost; measurements and
        judgements work as before. Ask your IT contact to reinstall Prehensa.
      </Notice>
    );
  }
  const { loaded } = verification;
  return (
    <>
      <p className={styles.verified}>
        <IconCircleCheck size={20} stroke={1.75} aria-hidden="true" />
        Verified: networks, calibration and test case are as published, and the test case gives the published
        answer.
      </p>
      <FactList
        facts={[
          { name: 'Name and version', value: `${model.id} ${model.version}` },
          { name: 'Fingerprint (SHA-256)', value: <code>{loaded.bundleHash}</code> },
          { name: 'Computed with', value: `TensorFlow.js, ${loaded.backend}` },
        ]}
      />
    </>
  );
}
