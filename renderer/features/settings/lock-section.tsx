import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { parseMeasurement } from '../../../core/clinical/parse-measurement.ts';
import { LOCK_MINUTES } from '../../../core/contract/channels/preferences.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { Section } from '../../ui/page.tsx';
import { useSavedChoice } from './use-saved-choice.tsx';

const RANGE = `from ${LOCK_MINUTES.min} to ${LOCK_MINUTES.max}`;

/** After how many idle minutes the clinic locks, for everybody. */
export function LockSection() {
  const { lockMinutes } = usePreferences();
  const { save, failure } = useSavedChoice();
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState<number | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const parsed = parseMeasurement(typed ?? String(lockMinutes));
    const isMinutes = parsed.ok && Number.isInteger(parsed.value);
    if (!isMinutes || parsed.value < LOCK_MINUTES.min || parsed.value > LOCK_MINUTES.max) {
      setProblem(`Type whole minutes ${RANGE}.`);
      return;
    }
    setProblem(null);
    if (!(await save({ lockMinutes: parsed.value }))) return;
    setTyped(null);
    setSaved(parsed.value);
  };
  return (
    <Section
      title="Lock"
      lead="For the whole clinic. Prehensa locks when nobody touched it for this long; what is typed is kept as a draft."
    >
      {failure}
      <form onSubmit={submit} noValidate>
        <Group align="flex-start" gap="md">
          <TextInput
            label="Minutes without a touch"
            description={`Whole minutes ${RANGE}`}
            inputMode="numeric"
            autoComplete="off"
            maxLength={4}
            value={typed ?? String(lockMinutes)}
            error={problem}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setSaved(null);
            }}
          />
          <Button mt="1.65rem" type="submit" variant="default">
            Save minutes
          </Button>
        </Group>
        <p role="status">{saved !== null && `Prehensa locks after ${saved} min from now on.`}</p>
      </form>
    </Section>
  );
}
