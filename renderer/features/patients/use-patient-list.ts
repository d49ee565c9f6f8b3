import { useEffect, useState } from 'react';
import { useDateReader } from '../../app/typed-date.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';

export const PAGE_SIZE = 100;
const TYPING_PAUSE_MS = 150;

/**
 * The page of patients that matches what is typed. The question follows the typing after a short pause; the old rows
 * stay until the new ones are here, so that the list does not flicker.
 */
export function usePatientList(search: string, limit: number, includeArchived: boolean) {
  const api = useApi();
  const dates = useDateReader();
  const [asked, setAsked] = useState(search);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(search), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [search]);
  const birthDate = searchedDate(asked, dates.read);
  const question = JSON.stringify([asked, birthDate, limit, includeArchived]);
  const answer = useCall(question, () =>
    api['patients.list']({
      search: asked.trim(),
      ...(birthDate && { birthDate }),
      limit,
      offset: 0,
      includeArchived,
    }),
  );
  const [shown, setShown] = useState(answer.value);
  if (answer.value !== null && answer.value !== shown) setShown(answer.value);
  const { reload } = answer;
  useEffect(() => api.on('patients.changed', reload), [api, reload]);
  return {
    page: answer.status === 'failed' ? null : (answer.value ?? shown),
    error: answer.error,
    isSettled: answer.status !== 'loading' && asked === search,
    askedSearch: asked.trim(),
    reload,
  };
}

/** The whole search as a date, or else its first word that is one: "4. 3. 1968", "kowalska 1968-03-04". */
function searchedDate(search: string, read: (typed: string) => string | null) {
  for (const typed of [search.trim(), ...search.split(/\s+/)]) {
    const date = read(typed);
    if (date !== null) return { typed, date };
  }
  return null;
}
