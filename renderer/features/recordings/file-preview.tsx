import { Checkbox, ScrollArea, Table } from '@mantine/core';
import type { Dialect } from '../../../core/formats/delimited-dialect.ts';
import type { RecordingLayout } from '../../../core/formats/recording-layout.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './recordings.module.css';

const DELIMITER_CHOICES = [
  { value: ',', label: 'comma ,' },
  { value: ';', label: 'semicolon ;' },
  { value: '\t', label: 'tab' },
] as const;
const DECIMAL_CHOICES = [
  { value: '.', label: 'point 1.5' },
  { value: ',', label: 'comma 1,5' },
] as const;

/** How the file is written, as found and changeable, with its first lines. */
export function FilePreview(props: {
  layout: RecordingLayout | null;
  dialect: Dialect;
  onDialect: (dialect: Dialect) => void;
  /** Somebody said that the commas part columns, and nothing else. */
  isCommaSure: boolean;
  onCommaSure: (isSure: boolean) => void;
}) {
  const { layout, dialect } = props;
  return (
    <>
      <div className={styles.fields}>
        <ChoiceRow
          label="Columns are parted by"
          choices={DELIMITER_CHOICES}
          value={dialect.delimiter}
          onChange={(delimiter) => props.onDialect({ ...dialect, delimiter })}
        />
        <ChoiceRow
          label="Decimal mark"
          choices={DECIMAL_CHOICES}
          value={dialect.decimalSign}
          onChange={(decimalSign) => props.onDialect({ ...dialect, decimalSign })}
        />
      </div>
      {layout?.isDecimalUncertain && (
        <Notice tone="caution" title={commaTitle(layout)}>
          <p>
            The comma may be the decimal mark too. For one column choose semicolon and decimal comma; a file
            of several such columns cannot be read: export it again, with semicolons or tabs between the
            columns.
          </p>
          <Checkbox
            label={`No comma is a decimal mark: a row has ${layout.columns.length} columns`}
            checked={props.isCommaSure}
            onChange={(event) => props.onCommaSure(event.currentTarget.checked)}
          />
        </Notice>
      )}
      {layout !== null && layout.strayLines.length > 0 && (
        <Notice
          tone="caution"
          title={`Numbers above the table are not read: line ${layout.strayLines.slice(0, 5).join(', ')}.`}
        >
          The table begins at line {layout.dataLine}. If they belong to it, correct the lines between in the
          file.
        </Notice>
      )}
      {layout !== null && (
        <>
          {layout.preamble.some((line) => line.trim() !== '') && (
            <details className={styles.preamble}>
              <summary>{layout.preamble.length} lines above the headings</summary>
              <pre>{layout.preamble.slice(0, 40).join('\n')}</pre>
            </details>
          )}
          <ScrollArea>
            <Table className={styles.preview} aria-label="First rows of the file">
              <Table.Thead>
                <Table.Tr>
                  {layout.columns.map(({ name }, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns are their place
                    <Table.Th key={column}>
                      <bdi>{name}</bdi>
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {layout.firstRows.map((cells, row) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows are their place
                  <Table.Tr key={row}>
                    {layout.columns.map((_, column) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: columns are their place
                      <Table.Td key={column}>
                        <bdi>{cells[column] ?? ''}</bdi>
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea>
        </>
      )}
    </>
  );
}

/** What speaks for a decimal comma, in figures. */
function commaTitle({ columns, headingCount }: RecordingLayout): string {
  const headings = headingCount === 1 ? '1 heading' : `${headingCount || 'no'} headings`;
  return `The comma can be read in two ways: ${columns.length} cells in a row, ${headings}.`;
}
