import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptySessionDraft } from '../../../core/clinical/session-entries.ts';
import type { SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import { createDraftSaver, type DraftStatus } from './draft-saver.ts';

const form = (text: string): SessionDraft => ({
  ...emptySessionDraft(),
  cells: { 'lateral-pinch/right/1': text },
});
const textOf = (draft: SessionDraft) => draft.cells['lateral-pinch/right/1'];
const PROMISE_MS = 500;

/** Broken twin: waits for a pause in typing, so that somebody who types on is never saved. */
function pauseTwin(save: (draft: SessionDraft) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (draft: SessionDraft) => {
    clearTimeout(timer);
    timer = setTimeout(() => save(draft), 300);
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('draft saver', () => {
  it('sends what was typed within 500 ms, also while typing goes on', async () => {
    const sent: string[] = [];
    const saver = createDraftSaver(
      async (draft) => {
        sent.push(textOf(draft) ?? '');
        return { ok: true, value: { savedAt: '2026-01-01T00:00:00.000Z' } };
      },
      () => {},
    );
    const twinSent: string[] = [];
    const twin = pauseTwin((draft) => twinSent.push(textOf(draft) ?? ''));
    for (let key = 0; key < 20; key += 1) {
      saver.change(form(String(key)));
      twin(form(String(key)));
      await vi.advanceTimersByTimeAsync(100);
      const newestSent = Number(sent.at(-1) ?? -1);
      expect(key - newestSent).toBeLessThanOrEqual(PROMISE_MS / 100);
    }
    expect(twinSent).toEqual([]);
    await vi.advanceTimersByTimeAsync(PROMISE_MS);
    expect(sent.at(-1)).toBe('19');
  });

  it('never has two requests under way, and ends with the newest form', async () => {
    const sent: string[] = [];
    let underWay = 0;
    const saver = createDraftSaver(
      async (draft) => {
        underWay += 1;
        expect(underWay).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 1000));
        sent.push(textOf(draft) ?? '');
        underWay -= 1;
        return { ok: true, value: { savedAt: '2026-01-01T00:00:00.000Z' } };
      },
      () => {},
    );
    for (const text of ['7', '7.', '7.2', '7.25']) {
      saver.change(form(text));
      await vi.advanceTimersByTimeAsync(400);
    }
    const done = saver.flush();
    await vi.advanceTimersByTimeAsync(5000);
    await done;
    expect(sent.at(-1)).toBe('7.25');
  });

  it('keeps a failed form, says so until it is saved, and tries again', async () => {
    const statuses: DraftStatus[] = [];
    let isFull = true;
    const sent: string[] = [];
    const saver = createDraftSaver(
      async (draft) => {
        if (isFull) return { ok: false, error: { code: 'store.full', incident: 'K1' } };
        sent.push(textOf(draft) ?? '');
        return { ok: true, value: { savedAt: '2026-01-01T00:00:00.000Z' } };
      },
      (status) => statuses.push(status),
    );
    saver.change(form('7.2'));
    await vi.advanceTimersByTimeAsync(400);
    expect(statuses.at(-1)).toMatchObject({ kind: 'failed', error: { incident: 'K1' } });
    saver.change(form('7.3'));
    expect(statuses.at(-1)).toMatchObject({ kind: 'failed' });
    isFull = false;
    await vi.advanceTimersByTimeAsync(3000);
    expect(sent).toEqual(['7.3']);
    expect(statuses.at(-1)).toEqual({ kind: 'saved', savedAt: '2026-01-01T00:00:00.000Z' });
  });

  it('sends nothing after it is stopped', async () => {
    const sent: string[] = [];
    const saver = createDraftSaver(
      async (draft) => {
        sent.push(textOf(draft) ?? '');
        return { ok: true, value: { savedAt: '2026-01-01T00:00:00.000Z' } };
      },
      () => {},
    );
    saver.change(form('7'));
    saver.stop();
    saver.change(form('8'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toEqual([]);
  });
});
