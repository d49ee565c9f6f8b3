import { NativeSelect, ScrollArea, Table } from '@mantine/core';
import type { RecordingLayout } from '../../../core/formats/recording-layout.ts';
import type { OpenMapping } from '../../../core/formats/recording-mapping.ts';
import {
  CHANNEL_ROLES,
  type ChannelRole,
  type RecordingUnit,
  statedRecordingUnit,
  statedTimeUnit,
  TIME_UNITS,
  type TimeUnit,
  UNITS_OF_ROLE,
} from '../../../core/formats/recording-units.ts';
import {
  directionOf,
  nameWithDirection,
  type PinchDirection,
} from '../../../core/inference/pinch-trace-channels.ts';
import { TRACE_COMPONENTS } from '../../../core/signals/trace-shape.ts';
import { recordingUnitText } from '../../app/recording-samples.ts';
import { DecimalField } from '../../ui/decimal-field.tsx';
import styles from './recordings.module.css';

type Kind = ChannelRole | 'time' | 'ignored';
const KIND_WORDS: Record<Kind, string> = {
  ignored: 'ignored',
  time: 'time',
  force: 'force',
  torque: 'torque',
  angle: 'angle',
  emg: 'EMG (muscle activity)',
};
const KINDS: readonly Kind[] = ['ignored', 'time', ...CHANNEL_ROLES];
const TIME_WORDS: Record<TimeUnit, string> = {
  s: 'seconds (s)',
  ms: 'milliseconds (ms)',
  us: 'microseconds (µs)',
};

/** What a pinch gauge reads, and the two forces beside it. */
const DIRECTION_WORDS: Record<PinchDirection, string> = {
  palmar: 'palmar: thumb against the finger, + when it pushes',
  longitudinal: 'longitudinal: along the thumb, + towards its tip',
  transverse: 'transverse: across the thumb, + towards the back of the hand',
};

/** A sign alone is hard to read in a list. */
const UNIT_WORDS: Readonly<Record<string, string>> = { deg: 'degrees (°)' };

/** What each column is and in which unit. A unit that the file does not state stays open until a person chooses it. */
export function ColumnMapping(props: {
  layout: RecordingLayout;
  mapping: OpenMapping;
  onChange: (mapping: OpenMapping) => void;
}) {
  const { layout, mapping, onChange } = props;
  const { time } = mapping;
  const kindOf = (column: number): Kind => {
    if (time.kind === 'column' && time.column === column) return 'time';
    return mapping.channels.find((c) => c.column === column)?.role ?? 'ignored';
  };
  const nameOf = (column: number) => mapping.channels.find((c) => c.column === column)?.name ?? '';
  const hasDirections =
    mapping.channels.filter(({ role }) => role === 'force').length >= TRACE_COMPONENTS.length;
  const setDirection = (column: number, direction: PinchDirection | null) =>
    onChange({
      ...mapping,
      channels: mapping.channels.map((c) =>
        c.column === column ? { ...c, name: nameWithDirection(layout.columns[column]!.name, direction) } : c,
      ),
    });
  const setKind = (column: number, kind: Kind) => onChange(withKind(layout, mapping, column, kind));
  const setUnit = (column: number, unit: string) => {
    if (time.kind === 'column' && time.column === column) {
      onChange({ ...mapping, time: { ...time, unit: (unit || null) as TimeUnit | null } });
    } else {
      onChange({
        ...mapping,
        channels: mapping.channels.map((c) =>
          c.column === column ? { ...c, unit: (unit || null) as RecordingUnit | null } : c,
        ),
      });
    }
  };
  return (
    <>
      <ScrollArea>
        <Table className={styles.mapping} aria-label="Columns of the file">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Heading</Table.Th>
              <Table.Th>First values</Table.Th>
              <Table.Th>What it is</Table.Th>
              <Table.Th>Unit</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {layout.columns.map((column, index) => {
              const kind = kindOf(index);
              const unit =
                kind === 'time' && time.kind === 'column'
                  ? time.unit
                  : (mapping.channels.find((c) => c.column === index)?.unit ?? null);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns are their place
                <Table.Tr key={index}>
                  <Table.Th scope="row">
                    <bdi>{column.name}</bdi>
                  </Table.Th>
                  <Table.Td className={styles.sampleCells}>
                    {layout.firstRows
                      .slice(0, 3)
                      .map((cells) => cells[index] || '–')
                      .join('   ')}
                  </Table.Td>
                  <Table.Td>
                    <NativeSelect
                      aria-label={`What column ${index + 1} "${column.name}" is`}
                      value={kind}
                      onChange={(event) => setKind(index, event.currentTarget.value as Kind)}
                      data={KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
                    />
                    {kind === 'force' && hasDirections && (
                      <NativeSelect
                        mt="xs"
                        aria-label={`Direction of column ${index + 1} "${column.name}"`}
                        value={directionOf(nameOf(index)) ?? ''}
                        onChange={(event) =>
                          setDirection(index, (event.currentTarget.value || null) as PinchDirection | null)
                        }
                        data={[
                          { value: '', label: 'direction not stated' },
                          ...TRACE_COMPONENTS.map((value) => ({ value, label: DIRECTION_WORDS[value] })),
                        ]}
                      />
                    )}
                  </Table.Td>
                  <Table.Td>
                    {kind !== 'ignored' && (
                      <UnitField
                        heading={`column ${index + 1} "${column.name}"`}
                        kind={kind}
                        unit={unit}
                        stated={column.statedUnit}
                        onUnit={(value) => setUnit(index, value)}
                      />
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {time.kind === 'rate' && (
        <div className={styles.narrow}>
          <DecimalField
            label="Sampling rate, samples per second (Hz)"
            description="The file has no time column. State the rate of the device; it is not guessed."
            value={time.rateHz}
            decimals={6}
            onValue={(value) =>
              onChange({
                ...mapping,
                time: { kind: 'rate', rateHz: value !== null && value > 0 ? value : null },
              })
            }
          />
        </div>
      )}
    </>
  );
}

function UnitField(props: {
  heading: string;
  kind: Exclude<Kind, 'ignored'>;
  unit: string | null;
  stated: string | null;
  onUnit: (unit: string) => void;
}) {
  const { kind, unit } = props;
  const choices =
    kind === 'time'
      ? TIME_UNITS.map((value) => ({ value: value as string, label: TIME_WORDS[value] }))
      : UNITS_OF_ROLE[kind].map((value) => ({
          value: value as string,
          label: UNIT_WORDS[value] ?? recordingUnitText(value),
        }));
  const stated = kind === 'time' ? statedTimeUnit(props.stated) : statedRecordingUnit(props.stated);
  const about =
    unit === null
      ? props.stated === null
        ? 'not stated by the file: choose it'
        : `the file says "${props.stated}": choose the unit`
      : stated === unit
        ? 'stated by the file'
        : stated === null
          ? 'stated by you'
          : `stated by you; the file says ${props.stated}`;
  return (
    <NativeSelect
      aria-label={`Unit of ${props.heading}`}
      value={unit ?? ''}
      onChange={(event) => props.onUnit(event.currentTarget.value)}
      data={[{ value: '', label: 'choose' }, ...choices]}
      description={about}
      inputWrapperOrder={['input', 'description']}
    />
  );
}

/** The mapping after one column became something else; its unit is asked anew unless the file states it. */
function withKind(layout: RecordingLayout, mapping: OpenMapping, column: number, kind: Kind): OpenMapping {
  const described = layout.columns[column]!;
  const others = mapping.channels.filter((c) => c.column !== column);
  const wasTime = mapping.time.kind === 'column' && mapping.time.column === column;
  let { time } = mapping;
  if (kind === 'time') {
    const before = mapping.time.kind === 'column' && !wasTime ? mapping.time.column : null;
    if (before !== null)
      others.push({ column: before, name: layout.columns[before]!.name, role: null, unit: null });
    time = { kind: 'column', column, unit: statedTimeUnit(described.statedUnit) };
    return { time, channels: others.sort((a, b) => a.column - b.column) };
  }
  if (wasTime) time = { kind: 'rate', rateHz: null };
  const stated = statedRecordingUnit(described.statedUnit);
  const role = kind === 'ignored' ? null : kind;
  const fits =
    role !== null && stated !== null && (UNITS_OF_ROLE[role] as readonly string[]).includes(stated);
  return {
    time,
    channels: [...others, { column, name: described.name, role, unit: fits ? stated : null }].sort(
      (a, b) => a.column - b.column,
    ),
  };
}
