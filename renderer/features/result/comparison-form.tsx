import { Button, Checkbox, NativeSelect, Textarea } from '@mantine/core';
import { use, useState } from 'react';
import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import { JudgedClass } from '../../../core/contract/schemas/clinical.ts';
import type {
  Comparison,
  JudgementFields,
  StoredComparison,
} from '../../../core/contract/schemas/judgement.ts';
import { useLeaveGuard } from '../../app/leave-guard.tsx';
import { JudgeName, useJudge } from '../../app/present-user.tsx';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { JudgeAgain } from './judge-again.tsx';
import styles from './result.module.css';

export type ComparisonFields = Omit<Comparison, 'id' | 'createdAt'>;

/** Agree, disagree or cannot tell; after a disagreement a second look, never a verdict on who is right. */
export function ComparisonForm(props: {
  isBusy: boolean;
  onCompare: (fields: ComparisonFields, isClosing: boolean) => void;
  /** True when the host took it. */
  onJudgeAgain: (judgement: JudgementFields) => Promise<boolean>;
}) {
  const [verdict, setVerdict] = useState<Comparison['verdict'] | null>(null);
  const [note, setNote] = useState('');
  const [wouldChangeMind, setWouldChangeMind] = useState('');
  const [askColleague, setAskColleague] = useState(false);
  const [finalAnswer, setFinalAnswer] = useState<JudgedClass | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  const judge = useJudge();
  useLeaveGuard(!props.isBusy && (note.trim() !== '' || wouldChangeMind.trim() !== ''));
  const save = (isClosing: boolean) => {
    if (verdict === null) {
      setIsAsked(true);
      return;
    }
    const secondLook = verdict === 'disagree' ? { wouldChangeMind, askColleague, finalAnswer } : null;
    props.onCompare({ verdict, note, secondLook }, isClosing);
  };
  return (
    <section className={styles.compare} aria-labelledby="compare-title">
      <h2 id="compare-title">Compare</h2>
      <ChoiceRow
        label={`${judge.subject} and the model`}
        choices={[
          { value: 'agree', label: 'agree' },
          { value: 'disagree', label: 'disagree' },
          { value: 'cannot-tell', label: 'cannot tell' },
        ]}
        value={verdict}
        error={isAsked && verdict === null ? 'Choose one first; “cannot tell” is an answer too.' : undefined}
        onChange={setVerdict}
      />
      {!judge.isOwn && (
        <p className={styles.quiet}>
          {judge.subject} judged this session. What you save here is kept under your name and is no answer of
          theirs.
        </p>
      )}
      {verdict === 'disagree' && (
        <fieldset className={styles.secondLook}>
          <legend>A second look</legend>
          <p className={styles.quiet}>Both answers stay as they are. Nobody is marked right or wrong.</p>
          <Textarea
            label="What would change your mind?"
            rows={2}
            resize="vertical"
            maxLength={2000}
            value={wouldChangeMind}
            onChange={(event) => setWouldChangeMind(event.currentTarget.value)}
          />
          <Checkbox
            label="Ask a colleague"
            description="Puts the session on the list of second readings: a colleague judges it from the measurements alone."
            checked={askColleague}
            onChange={(event) => setAskColleague(event.currentTarget.checked)}
          />
          <NativeSelect
            label="Your answer after the second look"
            value={finalAnswer ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setFinalAnswer(JudgedClass.options.find((option) => option === value) ?? null);
            }}
            data={[
              { value: '', label: 'not decided' },
              ...JudgedClass.options.map((value) => ({ value, label: ANSWER_NAMES[value] })),
            ]}
          />
          <JudgeAgain
            isBusy={props.isBusy}
            onJudge={async (judgement) => {
              const isTaken = await props.onJudgeAgain(judgement);
              if (isTaken) setFinalAnswer(judgement.answer);
              return isTaken;
            }}
          />
        </fieldset>
      )}
      <Textarea
        label="Note"
        rows={2}
        resize="vertical"
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <footer className={styles.actions}>
        <Button variant="default" disabled={props.isBusy} onClick={() => save(false)}>
          Save, keep the session open
        </Button>
        <Button loading={props.isBusy} onClick={() => save(true)}>
          Save and close the session
        </Button>
      </footer>
    </section>
  );
}

const VERDICT_NAMES = { agree: 'agree', disagree: 'disagree', 'cannot-tell': 'cannot tell' } as const;

/** A comparison that was saved, with the name of whoever made it where it is not the judge. */
export function SavedComparison({ comparison }: { comparison: StoredComparison }) {
  const look = comparison.secondLook;
  const judge = useJudge();
  const judgeName = use(JudgeName);
  return (
    <section className={styles.compare} aria-labelledby="compare-title">
      <h2 id="compare-title">Compare</h2>
      <p>
        {judge.subject} and the model: <strong>{VERDICT_NAMES[comparison.verdict]}</strong>
        {comparison.note !== '' && <>. {comparison.note}</>}
      </p>
      {judgeName !== null && judgeName !== comparison.userName && (
        <p className={styles.quiet}>Compared by {comparison.userName}, who did not judge the session.</p>
      )}
      {look && (
        <p className={styles.quiet}>
          Second look:{' '}
          {look.wouldChangeMind === '' ? 'nothing noted' : `what would change it: ${look.wouldChangeMind}`}
          {look.askColleague && '; a colleague is asked'}
          {look.finalAnswer && `; answer afterwards: ${ANSWER_NAMES[look.finalAnswer]}`}.
        </p>
      )}
    </section>
  );
}
