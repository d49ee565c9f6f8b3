import { Button } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useState } from 'react';
import { ANSWER_NAMES, FEATURE_NAMES } from '../../../core/clinical/answer-names.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import type { CallChanges } from '../../../core/inference/call-changes.ts';
import { type ForceUnit, fromNewtons } from '../../../core/units/quantities.ts';
import { type CallChange, callChange, scatterSentence } from '../../app/call-change.ts';
import { failureWords, modelFailureOf, type RevealFailure } from '../../app/model-failure.ts';
import { useApi } from '../../platform/api.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import styles from './result.module.css';

/** The smallest changes are read; more of them are in the methods. */
const MOST_SHOWN = 3;

type State =
  | { step: 'closed' }
  | { step: 'working' }
  | { step: 'failed'; failure: RevealFailure }
  | { step: 'done'; found: CallChanges };

/** One measurement moved alone until another class is the most probable: on demand, after the number. */
export function WhatWouldChange(props: {
  sessionId: SessionId;
  prediction: WristStatePrediction;
  pinchUnit: ForceUnit;
  inference: Pick<InferenceClient, 'callChanges'>;
}) {
  const { sessionId, prediction, inference } = props;
  const api = useApi();
  const [state, setState] = useState<State>({ step: 'closed' });
  const ask = async () => {
    setState({ step: 'working' });
    const input = await api['predictions.shownInput']({ sessionId });
    if (!input.ok) {
      setState({ step: 'failed', failure: { from: 'store', error: input.error } });
      return;
    }
    try {
      setState({ step: 'done', found: await inference.callChanges(input.value.modelInput, prediction) });
    } catch (cause) {
      setState({ step: 'failed', failure: modelFailureOf(cause) });
    }
  };
  const isOpen = state.step !== 'closed';
  return (
    <section className={styles.changes} aria-label="What would change it">
      <Button
        variant="default"
        aria-expanded={isOpen}
        leftSection={<IconArrowsExchange size="1.125rem" aria-hidden="true" />}
        onClick={() => (isOpen ? setState({ step: 'closed' }) : void ask())}
      >
        What would change it
      </Button>
      <div role="status">
        {state.step === 'working' && <p className={styles.quiet}>Trying each measurement alone…</p>}
      </div>
      {state.step === 'failed' && (
        <FailureNotice {...failureWords(state.failure)} onRetry={() => void ask()} />
      )}
      {state.step === 'done' && <Found {...props} found={state.found} />}
    </section>
  );
}

function Found(props: { found: CallChanges; prediction: WristStatePrediction; pinchUnit: ForceUnit }) {
  const { found, prediction, pinchUnit } = props;
  const toUnit = (value: number, unit: string) =>
    unit === 'N'
      ? { value: fromNewtons(value, pinchUnit), unit: pinchUnit }
      : { value, unit: unit.replace('N.m', 'N·m') };
  const words = found.changes.flatMap((change) => {
    const feature = prediction.features.find(({ id }) => id === change.feature);
    return feature ? [callChange({ ...change, feature }, toUnit)] : [];
  });
  const scatter = scatterSentence(words);
  return (
    <div className={styles.changesBody}>
      <p>
        <strong>Not a treatment effect.</strong> The most probable class is {ANSWER_NAMES[found.call]}. One
        measurement alone is moved, within the range of the training people and where the model answers;
        ratios made of it move along, all else stays as measured.
      </p>
      {scatter !== null && <p>{scatter}</p>}
      {words.length === 0 ? (
        <p>No single change within that range makes another class the most probable one.</p>
      ) : (
        <ul className={styles.changesList}>
          {words.slice(0, MOST_SHOWN).map((change) => (
            <Change key={`${change.measurement} ${change.change}`} change={change} />
          ))}
        </ul>
      )}
      {words.length > MOST_SHOWN && (
        <p className={styles.quiet}>
          {words.length - MOST_SHOWN} larger{' '}
          {words.length - MOST_SHOWN === 1 ? 'change stands' : 'changes stand'} under “Compare methods”.
        </p>
      )}
      {words.length > 0 && found.steady.length > 0 && (
        <p className={styles.quiet}>
          No change within that range: {found.steady.map((id) => FEATURE_NAMES[id]).join(', ')}.
        </p>
      )}
    </div>
  );
}

function Change({ change }: { change: CallChange }) {
  return (
    <li>
      {change.measurement} at <strong>{change.needed}</strong> (now {change.now}, {change.change}):{' '}
      {change.newClass}
      {change.isWithinScatter && (
        <span className={styles.quiet}>; within the usual scatter of one measurement</span>
      )}
    </li>
  );
}
