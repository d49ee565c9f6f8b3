import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { MEASURE_NAMES } from '../../../core/clinical/measured-values.ts';
import { MEASURES, measureOf } from '../../../core/clinical/measures.ts';
import { MAX_REASON_LENGTH } from '../../../core/clinical/trial-correction.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { Measure } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useLeaveGuard } from '../../app/leave-guard.tsx';
import { useApi } from '../../platform/api.tsx';
import { focusOnArrival } from '../../ui/focus-on-arrival.ts';
import { FailureNotice } from '../../ui/notice.tsx';
import styles from './session.module.css';

/** Right and left of one measure were mixed up: one correction with one reason for all of its trials. */
export function SwapHands(props: {
  view: SessionView;
  onSwapped: (view: SessionView, measure: Measure) => void;
}) {
  const { view } = props;
  const api = useApi();
  const measures = MEASURES.filter(
    (measure) => measureOf(measure).isSided && view.trials.some((trial) => trial.measure === measure),
  );
  const opener = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState<Measure | null>(null);
  const [reason, setReason] = useState('');
  const [isReasonMissing, setIsReasonMissing] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  useLeaveGuard(isOpen && !isSaving && reason.trim() !== '');
  const measure = measures.find((each) => each === chosen) ?? measures[0];
  if (measure === undefined) return null;
  const close = () => {
    setIsOpen(false);
    setReason('');
    setIsReasonMissing(false);
    setError(null);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const swap = async (event: FormEvent) => {
    event.preventDefault();
    if (isSaving) return;
    setIsReasonMissing(reason.trim() === '');
    if (reason.trim() === '') return;
    setIsSaving(true);
    const result = await api['sessions.swapHands']({ sessionId: view.session.id, measure, reason });
    setIsSaving(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    close();
    props.onSwapped(result.value, measure);
  };
  if (!isOpen) {
    return (
      <div>
        <Button
          ref={opener}
          variant="subtle"
          leftSection={<IconArrowsExchange size="1.125rem" aria-hidden="true" />}
          onClick={() => setIsOpen(true)}
        >
          Swap right and left
        </Button>
      </div>
    );
  }
  return (
    <form
      className={styles.correction}
      aria-label="Swap right and left"
      noValidate
      onSubmit={(event) => void swap(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <NativeSelect
        ref={focusOnArrival}
        label="Measure"
        value={measure}
        onChange={(event) => setChosen(measures.find((each) => each === event.currentTarget.value) ?? null)}
        data={measures.map((value) => ({ value, label: MEASURE_NAMES[value] }))}
      />
      <TextInput
        label="Why they are swapped"
        className={styles.reasonField ?? ''}
        placeholder="for example: typed in the wrong row"
        maxLength={MAX_REASON_LENGTH}
        error={isReasonMissing ? 'Say in a few words why the hands are swapped.' : undefined}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={styles.correctionEnd}>
        {error && <FailureNotice {...errorText(error)} incident={error.incident} />}
        <Button variant="default" onClick={close}>
          Leave as it is
        </Button>
        <Button type="submit" loading={isSaving}>
          Swap right and left of {MEASURE_NAMES[measure]}
        </Button>
      </div>
    </form>
  );
}
