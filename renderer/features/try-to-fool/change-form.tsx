import { Button, Checkbox, Group, NativeSelect, Slider, Stack } from '@mantine/core';
import {
  type Droppable,
  type InputChange,
  NO_CHANGE,
  type TraceMistake,
  UNIT_MISTAKES,
  type UnitMistake,
} from '../../../core/inference/changed-input.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import styles from './try-to-fool.module.css';

const UNIT_CHOICES = [
  { value: '', label: 'No mistake' },
  ...Object.keys(UNIT_MISTAKES).map((value) => ({ value, label: value })),
];
const TRACE_CHOICES: { value: TraceMistake | ''; label: string }[] = [
  { value: '', label: 'As recorded' },
  { value: 'shuffled', label: 'Samples shuffled in time' },
  { value: 'three-times', label: 'Three times too large' },
  { value: 'a-third', label: 'A third of its size' },
  { value: 'time-as-force', label: 'Columns of time and force swapped' },
];
const NOISE_CHOICES = [
  { value: '0', label: 'none' },
  { value: '0.05', label: '5 %' },
  { value: '0.1', label: '10 %' },
  { value: '0.2', label: '20 %' },
];
const DROP_WORDS: Readonly<Record<Droppable, string>> = {
  'other-hand': 'Other hand',
  'wrist-strength': 'Wrist strength',
  postures: 'Pinch in other postures',
  trace: 'Force trace',
  'all-trials-but-one': 'All trials but one',
};

/** What may go wrong in measuring and typing, to be tried in any combination. */
export function ChangeForm(props: { change: InputChange; onChange: (change: InputChange) => void }) {
  const { change } = props;
  const set = (part: Partial<InputChange>) => props.onChange({ ...change, ...part });
  const drop = (group: Droppable, isDropped: boolean) =>
    set({
      dropped: isDropped ? [...change.dropped, group] : change.dropped.filter((each) => each !== group),
    });
  const isUnchanged = JSON.stringify({ ...change, draw: 0 }) === JSON.stringify(NO_CHANGE);
  return (
    <form className={styles.form} aria-label="Mistakes to try" onSubmit={(event) => event.preventDefault()}>
      <Stack gap="md">
        <NativeSelect
          label="Unit"
          data={UNIT_CHOICES}
          value={change.unit?.mistake ?? ''}
          onChange={(event) => {
            const mistake = event.currentTarget.value as UnitMistake | '';
            set({ unit: mistake === '' ? null : { mistake, scope: change.unit?.scope ?? 'all-values' } });
          }}
        />
        {change.unit !== null && (
          <ChoiceRow
            label="In which values"
            choices={[
              { value: 'all-values', label: 'All pinch values' },
              { value: 'one-trial', label: 'One trial' },
            ]}
            value={change.unit.scope}
            onChange={(scope) => change.unit !== null && set({ unit: { ...change.unit, scope } })}
          />
        )}
        <div>
          <p className={styles.label} id="gain-label">
            Gauge reads {change.gain.toFixed(2)} times the force
          </p>
          <Slider
            min={0.5}
            max={2}
            step={0.05}
            value={change.gain}
            label={null}
            marks={[
              { value: 0.5, label: '0.5' },
              { value: 1, label: '1' },
              { value: 2, label: '2' },
            ]}
            thumbProps={{ 'aria-labelledby': 'gain-label' }}
            onChange={(gain) => set({ gain: Math.round(gain * 100) / 100 })}
            mb="lg"
          />
        </div>
        <ChoiceRow
          label="Noise on each value"
          choices={NOISE_CHOICES}
          value={String(change.noise)}
          onChange={(value) => set({ noise: Number(value) })}
        />
        <NativeSelect
          label="Force trace"
          data={TRACE_CHOICES}
          value={change.trace ?? ''}
          onChange={(event) => {
            const trace = event.currentTarget.value as TraceMistake | '';
            set({ trace: trace === '' ? null : trace });
          }}
        />
        <fieldset className={styles.group}>
          <legend>Mixed up</legend>
          <Checkbox
            label="Right and left hand"
            checked={change.isHandSwapped}
            onChange={(event) => set({ isHandSwapped: event.currentTarget.checked })}
          />
          <Checkbox
            label="Radial and ulnar deviation"
            checked={change.isRadialUlnarSwapped}
            onChange={(event) => set({ isRadialUlnarSwapped: event.currentTarget.checked })}
          />
          <Checkbox
            label="Order of the trials"
            checked={change.isTrialOrderShuffled}
            onChange={(event) => set({ isTrialOrderShuffled: event.currentTarget.checked })}
          />
        </fieldset>
        <fieldset className={styles.group}>
          <legend>Left out</legend>
          {(Object.entries(DROP_WORDS) as [Droppable, string][]).map(([group, words]) => (
            <Checkbox
              key={group}
              label={words}
              checked={change.dropped.includes(group)}
              onChange={(event) => drop(group, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
        <Group gap="sm">
          <Button
            variant="default"
            onClick={() => set({ draw: change.draw + 1 })}
            disabled={!isRandom(change)}
          >
            Draw again
          </Button>
          <Button variant="subtle" onClick={() => props.onChange(NO_CHANGE)} disabled={isUnchanged}>
            Undo all mistakes
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Whether another draw would give other values. */
const isRandom = (change: InputChange) =>
  change.noise > 0 || change.trace === 'shuffled' || change.isTrialOrderShuffled;
