import { Button, ScrollArea, Table } from '@mantine/core';
import { TRACE_MARK_KINDS, type TraceMarkKind } from '../../../core/clinical/trace-mark-proposals.ts';
import type { TraceMark } from '../../../core/contract/schemas/recording.ts';
import type { TraceSeries } from '../../charts/trace-band-props.ts';
import { valueWithUnit } from '../../charts/trace-text.ts';
import { MarkTimeField } from './mark-time-field.tsx';
import styles from './recordings.module.css';
import { peakAt, valueAt } from './trace-facts.ts';
import { authorText, MARK_NAMES } from './use-marks.ts';

/** The marks as numbers: each can be typed, placed and removed without a drag. */
export function MarksTable(props: {
  series: TraceSeries;
  marks: readonly TraceMark[];
  /** Where a mark goes that is placed anew. */
  middleS: number;
  /** Why a mark cannot stand at a time; null when it can. */
  refusalOf: (kind: TraceMarkKind, atS: number) => string | null;
  onMove: (kind: TraceMarkKind, atS: number) => void;
  onRemove: (kind: TraceMarkKind) => void;
}) {
  const { series, marks } = props;
  return (
    <ScrollArea>
      <Table className={styles.marks} aria-label="Marks">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Mark</Table.Th>
            <Table.Th>Time, s</Table.Th>
            <Table.Th>Value there</Table.Th>
            <Table.Th>Who</Table.Th>
            <Table.Th>Change</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {TRACE_MARK_KINDS.map((kind) => {
            const mark = marks.find((m) => m.kind === kind);
            const name = MARK_NAMES[kind];
            return (
              <Table.Tr key={kind}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td className={styles.timeCell}>
                  {mark ? (
                    <MarkTimeField
                      label={`Time of ${name}, s`}
                      atS={mark.atS}
                      refusalOf={(atS) => props.refusalOf(kind, atS)}
                      onMove={(atS) => props.onMove(kind, atS)}
                    />
                  ) : (
                    'not placed'
                  )}
                </Table.Td>
                <Table.Td>
                  {mark
                    ? valueWithUnit((kind === 'peak' ? peakAt : valueAt)(series, mark.atS), series.unit)
                    : ''}
                </Table.Td>
                <Table.Td>{mark ? authorText(mark) : ''}</Table.Td>
                <Table.Td>
                  {mark ? (
                    <Button
                      variant="subtle"
                      color="gray"
                      aria-label={`Remove ${name}`}
                      onClick={() => props.onRemove(kind)}
                    >
                      Remove
                    </Button>
                  ) : (
                    <Button
                      variant="subtle"
                      aria-label={`Place in the middle of the plot: ${name}`}
                      onClick={() => props.onMove(kind, props.middleS)}
                    >
                      Place in the middle of the plot
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
