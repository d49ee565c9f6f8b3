import { PasswordInput } from '@mantine/core';
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useId } from 'react';
import styles from './passphrase-fields.module.css';
import { passphraseAdvice } from './passphrase-strength.ts';

export interface PassphraseValues {
  passphrase: string;
  again: string;
}

/** A passphrase twice, with one sentence about its strength. */
export function PassphraseFields(props: {
  label: string;
  name: string;
  values: PassphraseValues;
  errors: { passphrase?: string | undefined; again?: string | undefined };
  onChange: (values: PassphraseValues) => void;
}) {
  const adviceId = useId();
  const advice = passphraseAdvice(props.values.passphrase, props.name);
  const isGood = advice.level === 'fair' || advice.level === 'strong';
  const Icon = isGood ? IconCircleCheck : IconInfoCircle;
  return (
    <>
      <div>
        <PasswordInput
          label={props.label}
          autoComplete="off"
          value={props.values.passphrase}
          error={props.errors.passphrase}
          aria-describedby={adviceId}
          visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
          onChange={(event) => props.onChange({ ...props.values, passphrase: event.currentTarget.value })}
        />
        <p id={adviceId} className={styles.advice} data-level={advice.level} aria-live="polite">
          <Icon size={16} aria-hidden="true" />
          {advice.sentence}
        </p>
      </div>
      <PasswordInput
        label={`${props.label} again`}
        autoComplete="off"
        value={props.values.again}
        error={props.errors.again}
        visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
        onChange={(event) => props.onChange({ ...props.values, again: event.currentTarget.value })}
      />
    </>
  );
}

/** Sentences for what is missing; empty when the pair may be sent. */
export function passphraseProblems(values: PassphraseValues, name: string) {
  const advice = passphraseAdvice(values.passphrase, name);
  const problems: { passphrase?: string; again?: string } = {};
  if (advice.level === 'empty') problems.passphrase = 'Choose a passphrase.';
  else if (advice.level === 'too-short' || advice.level === 'easy-to-guess') {
    problems.passphrase = advice.sentence;
  }
  if (values.again !== values.passphrase) problems.again = 'The two passphrases differ. Type it once more.';
  return problems;
}
