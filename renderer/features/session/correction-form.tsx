import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { MEASURE_NAMES, typedTrialText } from '../../../core/clinical/measured-values.ts';
import { unitText } from '../../../core/clinical/stored-value.ts';
import {
  MAX_REASON_LENGTH,
  readCorrection,
  type TypedCorrection,
  unitsOf,
} from '../../../core/clinical/trial-correction.ts';
import type { TrialVersions } from '../../../core/clinical/trial-versions.ts';
import { type Device, NOT_TESTED_REASONS, type TrialEntry } from '../../../core/contract/schemas/clinical.ts';
import { deviceTitle } from './measured-with.ts';
import styles from './session.module.css';
import { trialPlace } from './trial-table.tsx';

export interface Correction {
  entry: TrialEntry;
  reason: string;
  /** The device is that of every trial of the measure. */
  isDeviceOfAll: boolean;
}

/** What stands on the form of one trial. */
export interface CorrectionDraft extends TypedCorrection {
  isDeviceOfAll: boolean;
}

export const untouchedCorrection = ({ newest }: TrialVersions): CorrectionDraft => ({
  text: '',
  unit: newest.typedUnit,
  notTestedReason: null,
  reason: '',
  isConfirmed: false,
  isDeviceOfAll: true,
});

export const isCorrectionTyped = (typed: CorrectionDraft): boolean =>
  typed.text.trim() !== '' ||
  typed.reason.trim() !== '' ||
  typed.notTestedReason !== null ||
  typed.deviceId !== undefined;

/** The right value and why: it becomes a new version, the old one stays. */
export function CorrectionForm(props: {
  trial: TrialVersions;
  /** The other trials of the session: an unusual value is asked about against them. */
  others: readonly TrialVersions[];
  /** Held by the screen, so that looking at another trial loses nothing. */
  typed: CorrectionDraft;
  onTyped: (typed: CorrectionDraft) => void;
  /** Devices that can measure it, the one it was measured with among them; empty where none is recorded. */
  devices: readonly Device[];
  presentDevice: Device | null;
  isSaving: boolean;
  onSave: (correction: Correction) => void;
  onCancel: () => void;
}) {
  const { newest } = props.trial;
  const { typed } = props;
  const [problem, setProblem] = useState<{ place: 'value' | 'reason' | 'question'; sentence: string } | null>(
    null,
  );
  const valueField = useRef<HTMLInputElement>(null);
  const reasonField = useRef<HTMLInputElement>(null);
  useEffect(() => valueField.current?.focus(), []);

  const change = (next: Partial<CorrectionDraft>) => {
    setProblem(null);
    // Another value is asked about anew.
    props.onTyped({ ...typed, isConfirmed: false, ...next });
  };
  const save = (isConfirmed: boolean) => {
    const othersSi = props.others.flatMap((other) => {
      const { measure, side, valueSi } = other.newest;
      return measure === newest.measure && side === newest.side && valueSi !== null ? [valueSi] : [];
    });
    const answer = readCorrection(newest, { ...typed, isConfirmed }, othersSi);
    if (answer.ok) {
      setProblem(null);
      const isDeviceOfAll = typed.deviceId !== undefined && typed.isDeviceOfAll;
      props.onSave({ entry: answer.entry, reason: answer.reason, isDeviceOfAll });
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
      {props.devices.length > 0 && (
        <NativeSelect
          label="Device"
          value={typed.deviceId ?? props.presentDevice?.id ?? ''}
          onChange={(event) => {
            const chosen = props.devices.find(({ id }) => id === event.currentTarget.value);
            change({ deviceId: chosen?.id === props.presentDevice?.id ? undefined : chosen?.id });
          }}
          data={[
            ...(props.presentDevice === null ? [{ value: '', label: 'not named' }] : []),
            ...props.devices.map((device) => ({ value: device.id, label: deviceTitle(device) })),
          ]}
        />
      )}
      {typed.deviceId !== undefined && (
        <Checkbox
          label={`every trial of ${MEASURE_NAMES[newest.measure]} in this session`}
          description="A trend breaks where the device changes."
          checked={typed.isDeviceOfAll}
          onChange={(event) => change({ isDeviceOfAll: event.currentTarget.checked })}
        />
      )}
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
