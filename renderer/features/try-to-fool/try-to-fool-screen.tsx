import { Button, NativeSelect } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { changedInput, type InputChange, NO_CHANGE } from '../../../core/inference/changed-input.ts';
import { type Evaluation, readEvaluation } from '../../app/model-evaluation.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { type ReadText, readOwnFile } from '../../platform/own-file.ts';
import { Page, Section } from '../../ui/page.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { AnswerCard } from './answer-card.tsx';
import { ChangeForm } from './change-form.tsx';
import { EXAMPLE_PEOPLE } from './example-people.ts';
import { publishedRates } from './published-rates.ts';
import { RatesList } from './rates-list.tsx';
import styles from './try-to-fool.module.css';
import { useLiveAnswer } from './use-live-answer.ts';
import { ValuesTable } from './values-table.tsx';

/**
 * Mistakes put into the measurements of an invented person, and what the model says to them. It has no way to a patient:
 * its people come with the app, and it asks the store for nothing.
 */
export function TryToFoolScreen(props: {
  inference: InferenceClient;
  onDone: () => void;
  /** For tests; the app's own files otherwise. */
  readText?: ReadText;
}) {
  const { inference, readText = readOwnFile } = props;
  const [personId, setPersonId] = useState('1');
  const [change, setChange] = useState<InputChange>(NO_CHANGE);
  const { forceUnit } = usePreferences();
  const person = EXAMPLE_PEOPLE.find(({ id }) => id === personId) ?? EXAMPLE_PEOPLE[0]!;
  const changed = useMemo(() => changedInput(person.input, change), [person, change]);
  const asMeasured = useLiveAnswer(inference, person.input);
  const isSame = JSON.stringify(changed) === JSON.stringify(person.input);
  const answerToChanged = useLiveAnswer(inference, isSame ? null : changed);
  const asChanged = isSame ? asMeasured : answerToChanged;
  const evaluation = useEvaluation(inference, readText);
  const pattern = asChanged.prediction?.inputPattern ?? 'C';
  const rates = evaluation ? publishedRates(evaluation, change, pattern, changed) : [];
  return (
    <Page
      title="Try to fool it"
      lead="Put mistakes into the measurements of an invented person and see whether the model notices. Nothing is stored, and no patient is involved. Research use; not a medical device."
      actions={
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={18} aria-hidden="true" />}
          onClick={props.onDone}
        >
          Back to the models
        </Button>
      }
    >
      <div className={styles.layout}>
        <div className={styles.controls}>
          <NativeSelect
            label="Invented person, simulated as"
            description="The first woman and man of each class from a simulation of their own: not picked."
            data={EXAMPLE_PEOPLE.map(({ id, name }) => ({ value: id, label: name }))}
            value={personId}
            onChange={(event) => setPersonId(event.currentTarget.value)}
            mb="md"
          />
          <ChangeForm change={change} onChange={setChange} />
        </div>
        <div className={styles.answers}>
          <div className={styles.cards}>
            <AnswerCard title="As measured" answer={asMeasured} />
            <AnswerCard title="Changed" answer={asChanged} />
          </div>
          <Section title="How often such a mistake is noticed">
            {evaluation === null && (
              <p className={styles.quiet}>No published figures are on this computer.</p>
            )}
            {evaluation && rates.length === 0 && (
              <p className={styles.quiet}>
                Choose a mistake on the left. Each was tried on simulated people.
              </p>
            )}
            {rates.length > 0 && <RatesList rates={rates} />}
            {rates.length > 1 && (
              <p className={styles.quiet}>Each was measured alone; together they were not measured.</p>
            )}
          </Section>
          <ValuesTable measured={person.input} changed={changed} unit={forceUnit} />
        </div>
      </div>
    </Page>
  );
}

/** What was published of the model that answers; undefined while it is read, null when it is not there. */
function useEvaluation(inference: InferenceClient, readText: ReadText): Evaluation | null | undefined {
  const [evaluation, setEvaluation] = useState<Evaluation | null | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    inference.ready
      .then(({ modelId, version }) => readEvaluation(modelId, version, readText))
      .catch(() => null)
      .then((found) => {
        if (isCurrent) setEvaluation(found);
      });
    return () => {
      isCurrent = false;
    };
  }, [inference, readText]);
  return evaluation;
}
