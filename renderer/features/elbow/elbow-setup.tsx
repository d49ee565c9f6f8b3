import { NativeSelect, TextInput } from '@mantine/core';
import { sideName } from '../../../core/clinical/side-names.ts';
import type { HoldRecording } from '../../../core/contract/channels/analyses.ts';
import { type ElbowSetup, EMG_CHANNELS } from '../../../core/contract/schemas/analysis.ts';
import styles from '../../app/analysis/analysis.module.css';
import { typedNumber } from './elbow-words.ts';

type Channel = (typeof EMG_CHANNELS)[number];

/** The description of a hold as typed. */
export interface TypedSetup {
  recordingId: string;
  start: string;
  level: string;
  maxima: Record<Channel, string>;
}

/** Empty but for the recording when there is one only; a start of 0 s is the file's own. */
export const typedSetup = (usable: readonly HoldRecording[]): TypedSetup => ({
  recordingId: usable.length === 1 ? usable[0]!.id : '',
  start: '0',
  level: '',
  maxima: { biceps: '', brachialis: '', brachioradialis: '', triceps: '' },
});

const isMissing = (recording: HoldRecording, channel: Channel, typed: TypedSetup): boolean =>
  recording.channels[channel]?.needsMaximum === true && !(Number(typedNumber(typed.maxima[channel])) > 0);
const levelOf = (typed: TypedSetup): number | null => {
  const level = typedNumber(typed.level);
  return level !== null && level >= 1 && level <= 100 ? level : null;
};

/** The complete description, or null while something is missing. */
export function setupOf(typed: TypedSetup, recording: HoldRecording): ElbowSetup | null {
  const startS = typedNumber(typed.start);
  const holdLevelPercent = levelOf(typed);
  if (startS === null || holdLevelPercent === null) return null;
  if (EMG_CHANNELS.some((channel) => isMissing(recording, channel, typed))) return null;
  const maximumOf = (channel: Channel) =>
    recording.channels[channel]?.needsMaximum ? typedNumber(typed.maxima[channel]) : null;
  return {
    recordingId: recording.id,
    startS,
    holdLevelPercent,
    maximalAmplitudes: {
      biceps: maximumOf('biceps'),
      brachialis: maximumOf('brachialis'),
      brachioradialis: maximumOf('brachioradialis'),
      triceps: maximumOf('triceps'),
    },
  };
}

/** Recording, start, level and the amplitude at maximal effort of each channel whose unit is an amplifier's. */
export function ElbowSetupFields(props: {
  recordings: readonly HoldRecording[];
  typed: TypedSetup;
  isAsked: boolean;
  onTyped: (typed: TypedSetup) => void;
}) {
  const { recordings, typed, isAsked, onTyped } = props;
  const recording = recordings.find(({ id }) => id === typed.recordingId);
  const needed = recording ? EMG_CHANNELS.filter((channel) => recording.channels[channel]?.needsMaximum) : [];
  return (
    <>
      <div className={styles.fields}>
        <NativeSelect
          label="Recording"
          value={typed.recordingId}
          error={isAsked && !recording ? 'Choose the recording.' : undefined}
          onChange={(event) => onTyped({ ...typed, recordingId: event.currentTarget.value })}
          data={[
            { value: '', label: 'choose one' },
            // How long it lasts tells how long was held: not before the lock.
            ...recordings.map(({ id, name, side }) => ({
              value: id,
              label: `${name === '' ? 'recording' : name}, ${side ?? ''} arm`,
            })),
          ]}
        />
        <TextInput
          label="The hold starts at (s)"
          inputMode="decimal"
          value={typed.start}
          error={isAsked && typedNumber(typed.start) === null ? 'Seconds from the first sample.' : undefined}
          onChange={(event) => onTyped({ ...typed, start: event.currentTarget.value })}
        />
        <TextInput
          label="Target (% of maximal torque)"
          inputMode="decimal"
          value={typed.level}
          error={isAsked && levelOf(typed) === null ? 'Percent from 1 to 100.' : undefined}
          onChange={(event) => onTyped({ ...typed, level: event.currentTarget.value })}
        />
      </div>
      {recording?.maximalTorqueNm != null && (
        <p className={styles.quiet}>
          Maximal torque measured in this session: {recording.maximalTorqueNm.toFixed(1)} N·m,{' '}
          {sideName(recording.side)} arm.
        </p>
      )}
      {recording && needed.length > 0 && (
        <fieldset className={styles.amplitudes}>
          <legend>EMG amplitude at maximal effort (mean over half a second)</legend>
          <div className={styles.fields}>
            {needed.map((channel) => (
              <TextInput
                key={channel}
                label={`${channel} (${recording.channels[channel]?.unit ?? 'unit of the file'})`}
                inputMode="decimal"
                value={typed.maxima[channel]}
                error={isAsked && isMissing(recording, channel, typed) ? 'A number above 0.' : undefined}
                onChange={(event) =>
                  onTyped({ ...typed, maxima: { ...typed.maxima, [channel]: event.currentTarget.value } })
                }
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}
