import { useCallback, useEffect, useRef, useState } from 'react';
import type { Output } from '../../../core/contract/contract.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { ConcordanceRow } from '../../../core/contract/schemas/concordance.ts';
import { useApi } from '../../platform/api.tsx';

const PAGE = 500;

export type LeftOut = Output<'concordance.rows'>['leftOut'];
export type ConcordanceRows =
  | { status: 'loading'; read: number; total: number | null }
  | { status: 'failed'; error: WireError }
  | { status: 'ready'; rows: ConcordanceRow[]; leftOut: LeftOut };

/** Every judged session that may be seen now, read page by page; read again when a session changes. */
export function useConcordanceRows(): ConcordanceRows & { reload: () => void } {
  const api = useApi();
  const [state, setState] = useState<ConcordanceRows>({ status: 'loading', read: 0, total: null });
  const newest = useRef(0);
  const load = useCallback(async () => {
    newest.current += 1;
    const mine = newest.current;
    const rows: ConcordanceRow[] = [];
    const leftOut: LeftOut = { heldBack: 0, changedAfterLock: 0, withoutResult: 0 };
    for (let offset = 0, total = 1; offset < total; offset += PAGE) {
      const page = await api['concordance.rows']({ limit: PAGE, offset });
      if (mine !== newest.current) return;
      if (!page.ok) {
        setState({ status: 'failed', error: page.error });
        return;
      }
      rows.push(...page.value.rows);
      for (const reason of ['heldBack', 'changedAfterLock', 'withoutResult'] as const) {
        leftOut[reason] += page.value.leftOut[reason];
      }
      total = page.value.total;
      if (offset + PAGE < total) {
        setState((now) => (now.status === 'ready' ? now : { status: 'loading', read: offset + PAGE, total }));
      }
    }
    setState({ status: 'ready', rows, leftOut });
  }, [api]);
  useEffect(() => {
    void load();
    const stop = api.on('patients.changed', () => void load());
    return () => {
      newest.current += 1;
      stop();
    };
  }, [api, load]);
  return { ...state, reload: () => void load() };
}
