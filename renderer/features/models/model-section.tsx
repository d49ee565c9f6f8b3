import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { type Evaluation, readEvaluation } from '../../app/model-evaluation.ts';
import { readOwnFile } from '../../platform/own-file.ts';
import { FactList } from '../../ui/fact-list.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { FactsPage } from './facts-page.tsx';
import { Fold } from './fold.tsx';
import { MeasuredFolds } from './measured-folds.tsx';
import styles from './models.module.css';
import type { ShippedModel } from './read-shipped-models.ts';

export type Verification =
  | { status: 'checking' }
  | { status: 'verified'; loaded: Awaited<InferenceClient['ready']> }
  | { status: 'refused' };

/** The model that is loaded and verified before anybody asks. */
export const FIRST_MODEL = 'wrist-state';

const MUSCLES = 'Muscle parameters of a session, after you judged each muscle group';
const MODELS: Readonly<Record<string, { title: string; answers: string }>> = {
  'wrist-state': {
    title: 'Wrist state: what a key pinch behaves most like',
    answers: 'Result of a session, after your judgement is locked',
  },
  'muscle-parameters-1': { title: 'Muscle parameters from peak pinch', answers: MUSCLES },
  'muscle-parameters-2': {
    title: 'Muscle parameters from pinch in several postures and grip',
    answers: MUSCLES,
  },
  'muscle-parameters-3': { title: 'Muscle parameters from a force ramp', answers: MUSCLES },
  'elbow-torque-fatigue': {
    title: 'Elbow torque and fatigue',
    answers: 'Elbow, on an imported recording, after you judged the time to failure',
  },
  'next-visit': {
    title: 'Next visit: a forecast of key pinch',
    answers: 'Forecast of the next visit, after your own is locked',
  },
};

/** One model: where it answers, whether it is untouched, and what was measured of it. */
export function ModelSection({ model, verification }: { model: ShippedModel; verification: Verification }) {
  const words = MODELS[model.id];
  return (
    <Section title={words?.title ?? model.id}>
      {model.id === FIRST_MODEL && <VerificationLine verification={verification} />}
      <FactList
        facts={[
          { name: 'Name and version', value: `${model.id} ${model.version}` },
          { name: 'Answers', value: words?.answers ?? 'not known' },
          ...(model.id === FIRST_MODEL && verification.status === 'verified'
            ? [
                { name: 'Fingerprint (SHA-256)', value: <code>{verification.loaded.bundleHash}</code> },
                { name: 'Computed with', value: `TensorFlow.js, ${verification.loaded.backend}` },
              ]
            : []),
        ]}
      />
      <Measured model={model} />
      {model.facts === null ? (
        <p className={styles.quiet}>No description of this model is on this computer.</p>
      ) : (
        <Fold title="What it is, what was assumed, everything that was measured">
          <FactsPage text={model.facts} />
        </Fold>
      )}
    </Section>
  );
}

/** The measured figures, read when somebody asks for them: six evaluations are large. */
function Measured({ model }: { model: ShippedModel }) {
  const [evaluation, setEvaluation] = useState<Evaluation | 'loading' | 'missing' | null>(null);
  const read = () => {
    setEvaluation('loading');
    void readEvaluation(model.id, model.version, readOwnFile).then((found) =>
      setEvaluation(found ?? 'missing'),
    );
  };
  return (
    <Fold title="What was measured of it" onOpen={() => evaluation === null && read()}>
      {evaluation === 'loading' && <LoadingLines label="Reading the figures" lines={3} />}
      {evaluation === 'missing' && (
        <p className={styles.quiet}>The measured figures of this model are not on this computer.</p>
      )}
      {evaluation !== null && typeof evaluation === 'object' && (
        <div className={styles.group}>
          <MeasuredFolds evaluation={evaluation} />
        </div>
      )}
    </Fold>
  );
}

function VerificationLine({ verification }: { verification: Verification }) {
  if (verification.status === 'checking') {
    return <LoadingLines label="Checking the model’s files" lines={2} />;
  }
  if (verification.status === 'refused') {
    return (
      <Notice tone="danger" title="This model will not be used.">
        A file is missing or differs from what was published. Nothing of yours is lost; measurements and
        judgements work as before. Ask your IT contact to reinstall Prehensa.
      </Notice>
    );
  }
  return (
    <p className={styles.verified}>
      <IconCircleCheck size={20} stroke={1.75} aria-hidden="true" />
      Verified: networks, calibration and test case are as published, and the test case gives the published
      answer.
    </p>
  );
}
