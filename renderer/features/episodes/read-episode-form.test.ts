import { describe, expect, it } from 'vitest';
import { testPatient } from '../../app/testing/memory-host.ts';
import { dateReaderOf } from '../../app/typed-date.ts';
import { formOfEpisode, newEpisodeForm, readEpisodeForm } from './read-episode-form.ts';

const FORM = newEpisodeForm(testPatient(1), '2026-11-25');

describe('the form of an episode', () => {
  it('begins with what the record says and reads back what it was made of', () => {
    const read = readEpisodeForm(FORM);
    expect(read).toEqual({
      ok: true,
      fields: {
        side: 'left',
        diagnosis: 'SLAC wrist, stage II',
        operation: 'four-corner-fusion',
        operationNote: '',
        operationDate: '2026-05-12',
        startedOn: '2026-11-25',
        endedOn: null,
      },
    });
    if (!read.ok) throw new Error('not read');
    const again = readEpisodeForm(formOfEpisode({ ...read.fields, id: 'x', version: 1 }));
    expect(again).toEqual(read);
  });

  it('says at each field what is missing', () => {
    const empty = { ...newEpisodeForm(null, ''), operation: 'other' as const, operationDate: '31.2.2026' };
    const read = readEpisodeForm(empty);
    expect(read.ok ? [] : Object.keys(read.errors).sort()).toEqual([
      'diagnosis',
      'operationDate',
      'operationNote',
      'side',
      'startedOn',
    ]);
  });

  it('reads days in the order that the user has chosen, and names that order where it cannot', () => {
    const typed = { ...FORM, operationDate: '3.4.2026', startedOn: '5.4.2026' };
    const german = readEpisodeForm(typed, dateReaderOf('day-month-year'));
    expect(german.ok && [german.fields.operationDate, german.fields.startedOn]).toEqual([
      '2026-04-03',
      '2026-04-05',
    ]);
    const yearFirst = readEpisodeForm(typed);
    expect(yearFirst.ok ? null : yearFirst.errors.startedOn).toContain('year-month-day');
  });

  it('takes no end before the start, and no date of an operation that was not', () => {
    const early = readEpisodeForm({ ...FORM, endedOn: '2026-11-24' });
    expect(early.ok ? null : early.errors.endedOn).toBe('This is before the start.');
    const none = readEpisodeForm({ ...FORM, operation: 'none', operationDate: 'letters' });
    expect(none.ok && none.fields.operationDate).toBeNull();
  });
});
