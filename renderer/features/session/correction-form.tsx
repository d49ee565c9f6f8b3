import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { typedTrialText } from '../../../core/clinical/measured-values.ts';
import { unitText } from '../../../core/clinical/stored-value.ts';
import {
  MAX_REASON_LENGTH,
  readCorrection,
  type TypedCorrection,
  unitsOf,
} from '../../../core/clinical/trial-correction.ts';
import type { TrialVersions } from '../../../core/clinical/trial-versions.ts';
import { NOT_TESTED_REASONS, type TrialEntry } from '../../../core/contract/schemas/clinical.ts';
import { useLeaveGuard } from '../../app/leave-guard.tsx';
import styles from './session.module.css';
import { trialPlace } from './trial-table.tsx';

export interface Correction {
  entry: TrialEntry;
  reason: string;
}

/** The right value and why: it becomes a new version, the old one stays. */
export function CorrectionForm(props: {
  trial: TrialVersions;
  /** The other trials of the session: an unusual value is asked about against them. */
  others: readonly TrialVersions[];
  isSaving: boolean;
  onSave: (correction: Correction) => void;
  onCancel: () => void;
}) {
  const { newest } = props.trial;
  const [typed, setTyped] = useState<TypedCorrection>({
    text: '',
    unit: newest.typedUnit,
    notTestedReason: null,
    reason: '',
    isConfirmed: false,
  });
  const [problem, setProblem] = useState<{ place: 'value' | 'reason' | 'question'; sentence: string } | null>(
    null,
  );
  useLeaveGuard(
    !props.isSaving &&
      (typed.text.trim() !== '' || typed.reason.trim() !== '' || typed.notTestedReason !== null),
  );
  const valueField = useRef<HTMLInputElement>(null);
  const reasonField = useRef<HTMLInputElement>(null);
  useEffect(() => valueField.current?.focus(), []);

  const change = (next: Partial<TypedCorrection>) => {
    setProblem(null);
    // Another value is asked about anew.
    setTyped({ ...typed, isConfirmed: false, ...next });
  };
  const save = (isConfirmed: boolean) => {
    const othersSi = props.others.flatMap((other) => {
      const { measure, side, valueSi } = other.newest;
      return measure === newest.measure && side === newest.side && valueSi !== null ? [valueSi] : [];
    });
    const answer = readCorrection(newest, { ...typed, isConfirmed }, othersSi);
    if (answer.ok) {
      setProblem(null);
      props.onSave({ entry: answer.entry, reason: answer.reason });
      return;
    }
    setProblem(answer);
    if (answer.place === 'value') valueField.current?.focus();
    if (answer.place === 'reason') reasonField.current?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(false);
  };
  const hasNoValue = typed.notTestedReason !== null;
  return (
    <form
      className={styles.correction}
      aria-label={`Correct ${trialPlace(props.trial)}`}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        props.onCancel();
      }}
    >
      <p className={styles.stored}>
        Stored: <strong>{typedTrialText(newest)}</strong>
      </p>
      <TextInput
        ref={valueField}
        label="Corrected value"
        className={styles.valueField ?? ''}
        inputMode="decimal"
        autoComplete="off"
        maxLength={40}
        disabled={hasNoValue}
        error={problem?.place === 'value' ? problem.sentence : undefined}
        value={typed.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <NativeSelect
        label="Unit"
        disabled={hasNoValue}
        value={typed.unit}
        onChange={(event) => {
          const { value } = event.currentTarget;
          const unit = unitsOf(newest.measure).find((each) => each === value);
          if (unit) change({ unit });
        }}
        data={unitsOf(newest.measure).map((value) => ({ value, label: unitText(value) }))}
      />
      <NativeSelect
        label="Or no value"
        value={typed.notTestedReason ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          change({ notTestedReason: NOT_TESTED_REASONS.find((reason) => reason === value) ?? null });
        }}
        data={[
          { value: '', label: 'there is a value' },
          ...NOT_TESTED_REASONS.map((value) => ({ value, label: `not tested: ${value}` })),
        ]}
      />
      <TextInput
        ref={reasonField}
        label="Why it is corrected"
        className={styles.reasonField ?? ''}
        placeholder="for example: read off the wrong scale"
        maxLength={MAX_REASON_LENGTH}
        error={problem?.place === 'reason' ? problem.sentence : undefined}
        value={typed.reason}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
      <div className={styles.correctionEnd}>
        {problem?.place === 'question' && (
          <p role="alert" className={styles.question}>
            {problem.sentence}{' '}
            <Button variant="default" onClick={() => save(true)}>
              Yes, save it
            </Button>
          </p>
        )}
        <Button variant="default" onClick={props.onCancel}>
          Leave as it is
        </Button>
        <Button type="submit" loading={props.isSaving}>
          Save the correction
        </Button>
      </div>
    </form>
  );
}
