import { Button, NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { RecordingMapping } from '../../../core/formats/recording-mapping.ts';
import { type Crop, type Tare, tareOffset } from '../../../core/formats/recording-view.ts';
import { nameWithoutUnit, type RecordingSamples, recordingUnitText } from '../../app/recording-samples.ts';
import type { DrawnMark } from '../../charts/trace-marks.tsx';
import { TraceView } from '../../charts/trace-view.tsx';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { DecimalField } from '../../ui/decimal-field.tsx';
import { tareWords } from './recording-words.ts';
import styles from './recordings.module.css';

export interface TareAndCropValue {
  tares: (Tare | null)[];
  crop: Crop | null;
}

/** A first stretch of rest to be moved: what devices ask for, cut to the recording. */
const REST_S = 0.3;

/**
 * Zero and ends of a recording, by handles on the trace or as numbers. Both are kept beside the samples and can be
 * changed later: the samples stay as in the file.
 */
export function TareAndCrop(props: {
  mapping: RecordingMapping;
  samples: RecordingSamples;
  value: TareAndCropValue;
  onChange: (value: TareAndCropValue) => void;
}) {
  const { mapping, samples, value, onChange } = props;
  const [shown, setShown] = useState(0);
  const channel = Math.min(shown, mapping.channels.length - 1);
  const mapped = mapping.channels[channel]!;
  const values = samples.channels[channel]!;
  const unit = recordingUnitText(mapped.unit);
  const tare = value.tares[channel] ?? null;
  const offset = tareOffset(samples.timeS, values, tare);
  const endS = samples.timeS.at(-1) ?? 0;
  const series = useMemo(
    () => ({
      timeS: samples.timeS,
      values: offset === null || offset === 0 ? values : values.map((v) => v - offset),
      name: nameWithoutUnit(mapped.name),
      unit,
    }),
    [samples, values, offset, mapped.name, unit],
  );
  const setTare = (next: Tare | null) =>
    onChange({ ...value, tares: value.tares.map((old, index) => (index === channel ? next : old)) });
  const setCrop = (crop: Crop | null) => onChange({ ...value, crop });
  const inside = (atS: number) => Math.min(endS, Math.max(0, atS));
  const cropTo = (part: keyof Crop, atS: number) => {
    const crop = { ...(value.crop ?? { fromS: 0, toS: endS }), [part]: inside(atS) };
    if (crop.toS > crop.fromS) setCrop(crop);
  };
  const restTo = (part: 'fromS' | 'toS', atS: number) => {
    if (tare?.kind !== 'rest') return;
    const rest = { ...tare, [part]: inside(atS) };
    if (rest.toS > rest.fromS) setTare(rest);
  };
  const marks: DrawnMark[] = [
    ...(tare?.kind === 'rest'
      ? [
          { id: 'rest-from', name: 'rest begins', atS: tare.fromS, placedBy: 'tare', row: 0 },
          { id: 'rest-to', name: 'rest ends', atS: tare.toS, placedBy: 'tare', row: 1 },
        ]
      : []),
    ...(value.crop
      ? [
          { id: 'crop-from', name: 'part begins', atS: value.crop.fromS, placedBy: 'crop', row: 2 },
          { id: 'crop-to', name: 'part ends', atS: value.crop.toS, placedBy: 'crop', row: 2 },
        ]
      : []),
  ];
  const onMarkMoved = (id: string, atS: number) => {
    if (id === 'rest-from') restTo('fromS', atS);
    if (id === 'rest-to') restTo('toS', atS);
    if (id === 'crop-from') cropTo('fromS', atS);
    if (id === 'crop-to') cropTo('toS', atS);
  };
  return (
    <>
      {mapping.channels.length > 1 && (
        <div className={styles.narrow}>
          <NativeSelect
            label="Channel shown"
            value={String(channel)}
            onChange={(event) => setShown(Number(event.currentTarget.value))}
            data={mapping.channels.map(({ name }, index) => ({ value: String(index), label: name }))}
          />
        </div>
      )}
      <TraceView
        key={mapped.column}
        series={series}
        label={`${mapped.name} of the file; zero and ends can be set below`}
        marks={marks}
        onMarkMoved={onMarkMoved}
        heightRem={14}
      />
      <div className={styles.fields}>
        <ChoiceRow
          label={`Zero of ${mapped.name} (tare)`}
          choices={[
            { value: 'none', label: 'as in the file' },
            { value: 'rest', label: 'from a stretch of rest' },
            { value: 'constant', label: 'a constant' },
          ]}
          value={tare?.kind ?? 'none'}
          onChange={(kind) =>
            setTare(
              kind === 'none'
                ? null
                : kind === 'rest'
                  ? { kind, fromS: 0, toS: Math.min(REST_S, endS) }
                  : { kind, value: 0 },
            )
          }
        />
        {tare?.kind === 'rest' && (
          <>
            <DecimalField
              label="Rest begins, s"
              value={tare.fromS}
              onValue={(at) => at !== null && restTo('fromS', at)}
            />
            <DecimalField
              label="Rest ends, s"
              value={tare.toS}
              error={offset === null ? 'fewer than 3 values here' : undefined}
              onValue={(at) => at !== null && restTo('toS', at)}
            />
          </>
        )}
        {tare?.kind === 'constant' && (
          <DecimalField
            label={`Taken off, ${unit}`}
            value={tare.value}
            decimals={6}
            onValue={(taken) => taken !== null && setTare({ kind: 'constant', value: taken })}
          />
        )}
        <p className={styles.quiet}>Zero: {tareWords(tare, unit, offset)}</p>
      </div>
      <div className={styles.fields}>
        <ChoiceRow
          label="Part that is looked at (crop)"
          choices={[
            { value: 'all', label: 'the whole recording' },
            { value: 'part', label: 'a part' },
          ]}
          value={value.crop === null ? 'all' : 'part'}
          onChange={(part) => setCrop(part === 'all' ? null : { fromS: 0, toS: endS })}
        />
        {value.crop !== null && (
          <>
            <DecimalField
              label="Part begins, s"
              value={value.crop.fromS}
              onValue={(at) => at !== null && cropTo('fromS', at)}
            />
            <DecimalField
              label="Part ends, s"
              value={value.crop.toS}
              onValue={(at) => at !== null && cropTo('toS', at)}
            />
            <Button variant="subtle" onClick={() => setCrop(null)}>
              Take the whole
            </Button>
          </>
        )}
      </div>
    </>
  );
}
