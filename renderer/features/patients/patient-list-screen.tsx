import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { IconArchive, IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { PatientId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import styles from './patient-list.module.css';
import { PatientTable } from './patient-table.tsx';
import { PAGE_SIZE, usePatientList } from './use-patient-list.ts';

/** Everyone in the store, most recent first. Type to search, arrows to move, Enter to open, N for a new patient. */
export function PatientListScreen(props: { onOpen: (patientId: PatientId) => void; onNew: () => void }) {
  const [search, setSearch] = useState('');
  const [limit, setLimit] = useState(PAGE_SIZE);
  const searchInput = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const [isWithArchived, setIsWithArchived] = useState(false);
  const list = usePatientList(search, limit, isWithArchived);
  useEffect(() => searchInput.current?.focus(), []);

  const rowButtons = () => [...(table.current?.querySelectorAll<HTMLElement>('[data-row-button]') ?? [])];
  const focusRow = (index: number) => {
    const rows = rowButtons();
    if (index < 0) searchInput.current?.focus();
    else rows[Math.min(index, rows.length - 1)]?.focus();
  };
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      focusRow(0);
    }
    // Enter right after typing must not open a row of the question before.
    if (event.key === 'Enter' && list.isSettled) {
      const first = list.page?.rows[0];
      if (first !== undefined) props.onOpen(first.id);
    }
    if (event.key === 'Escape' && search !== '') setSearch('');
  };
  const onRowsKey = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = rowButtons();
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      focusRow(target);
    } else if (event.key.toLowerCase() === 'n') {
      event.preventDefault();
      props.onNew();
    } else if (event.key === 'Escape') {
      searchInput.current?.focus();
    } else if (/^[\p{L}\p{N}]$/u.test(event.key)) {
      event.preventDefault();
      setSearch((text) => text + event.key);
      searchInput.current?.focus();
    }
  };

  const page = list.page;
  const archivedCount = page?.archivedCount ?? 0;
  const isNobody = page !== null && page.total === 0;
  const isEmptyStore = isNobody && list.askedSearch === '' && archivedCount === 0;
  return (
    <Page
      title="Patients"
      actions={
        <Button
          leftSection={<IconUserPlus size={18} aria-hidden="true" />}
          onClick={props.onNew}
          aria-keyshortcuts="Alt+N"
        >
          New patient
        </Button>
      }
    >
      {!isEmptyStore && (
        <div className={styles.tools}>
          <TextInput
            ref={searchInput}
            className={styles.search}
            type="search"
            aria-label="Search patients"
            placeholder="Search by name, clinic number, birth date or diagnosis"
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            leftSection={<IconSearch size={18} aria-hidden="true" />}
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              setLimit(PAGE_SIZE);
            }}
            onKeyDown={onSearchKey}
          />
          {(archivedCount > 0 || isWithArchived) && (
            <Checkbox
              className={styles.archived ?? ''}
              label="Show archived"
              checked={isWithArchived}
              onChange={(event) => {
                setIsWithArchived(event.currentTarget.checked);
                setLimit(PAGE_SIZE);
              }}
            />
          )}
          <p className={styles.count} role="status">
            {page !== null && list.isSettled && countSentence(page.total, list.askedSearch !== '')}
          </p>
        </div>
      )}
      {list.error !== null && (
        <FailureNotice {...errorText(list.error)} incident={list.error.incident} onRetry={list.reload} />
      )}
      {page === null && list.error === null && <LoadingLines label="Reading the patients" lines={8} />}
      {isEmptyStore && (
        <EmptyState
          icon={<IconUsers size={40} stroke={1.25} />}
          title="No patients yet"
          action={<Button onClick={props.onNew}>Add the first patient</Button>}
        >
          Everyone you measure will stand here, most recent first. A pseudonym is enough to start.
        </EmptyState>
      )}
      {isNobody && list.askedSearch === '' && archivedCount > 0 && (
        <EmptyState
          icon={<IconArchive size={40} stroke={1.25} />}
          title="Everyone is archived"
          action={
            <Button variant="default" onClick={() => setIsWithArchived(true)}>
              Show archived
            </Button>
          }
        >
          Archived records are out of the list and nothing of them is deleted.
        </EmptyState>
      )}
      {isNobody && list.askedSearch !== '' && (
        <EmptyState
          icon={<IconSearch size={40} stroke={1.25} />}
          title="No patient matches"
          action={
            <Group gap="sm" justify="center">
              <Button variant="default" onClick={() => setSearch('')}>
                Clear the search
              </Button>
              {archivedCount > 0 && !isWithArchived && (
                <Button variant="default" onClick={() => setIsWithArchived(true)}>
                  Look among the archived too
                </Button>
              )}
            </Group>
          }
        >
          Nobody here has “{list.askedSearch}” in the name, clinic number, birth date or a diagnosis.
        </EmptyState>
      )}
      {page !== null && page.rows.length > 0 && (
        <PatientTable ref={table} rows={page.rows} onOpen={props.onOpen} onKeyDown={onRowsKey} />
      )}
      {page !== null && page.rows.length < page.total && (
        <div className={styles.more}>
          <span>
            {page.rows.length} of {page.total} shown
          </span>
          {limit < 500 && (
            <Button variant="default" onClick={() => setLimit(Math.min(500, limit + PAGE_SIZE))}>
              Show more
            </Button>
          )}
          {limit >= 500 && <span>Search to find the others.</span>}
        </div>
      )}
    </Page>
  );
}

function countSentence(total: number, isSearch: boolean): string {
  const people = total === 1 ? '1 patient' : `${total} patients`;
  return isSearch ? `${people} found` : people;
}
