import { NativeSelect } from '@mantine/core';
import { READING_WORDS, RECALLED_WORDS, shortNormLabel } from '../../../core/clinical/norms/norm-label.ts';
import type { NormTable } from '../../../core/clinical/norms/norm-table.ts';
import { Notice } from '../../ui/notice.tsx';

/** Which published table is drawn. One that was not read in its source is never the first choice, and says so in the list. */
export function NormChoice(props: {
  /** Of the shown measure, those that were read first. */
  tables: readonly NormTable[];
  chosen: NormTable | null;
  onChoose: (table: NormTable | null) => void;
}) {
  const { tables, chosen } = props;
  if (tables.length === 0) return null;
  return (
    <>
      <NativeSelect
        label="Published norms"
        value={chosen?.id ?? ''}
        onChange={(event) =>
          props.onChoose(tables.find(({ id }) => id === event.currentTarget.value) ?? null)
        }
        data={[
          { value: '', label: 'none' },
          ...tables.map((table) => ({ value: table.id, label: shortNormLabel(table) })),
        ]}
      />
      {chosen?.reading === 'recalled' && (
        <Notice tone="caution" title={`These norms were ${RECALLED_WORDS}.`}>
          {chosen.status} Check them against the source before you rely on them; every copy and print says so.
        </Notice>
      )}
      {chosen?.reading === 'read-second-hand' && (
        <Notice tone="info" title={`These norms were ${READING_WORDS['read-second-hand']}.`}>
          {chosen.status}
        </Notice>
      )}
    </>
  );
}
