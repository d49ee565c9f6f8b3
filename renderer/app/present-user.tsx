import { createContext, use } from 'react';

/** Name of the user who is signed in; null outside the open frame. */
export const PresentUserName = createContext<string | null>(null);

/** Whose judgement a column shows: "Your judgement" of the present user, "Judgement of M. Rossi" of a colleague. */
export function useWhose(userName: string) {
  const present = use(PresentUserName);
  const isOwn = present === null || present === userName;
  return {
    judgement: isOwn ? 'Your judgement' : `Judgement of ${userName}`,
    drivers: isOwn ? 'Your drivers' : `Drivers of ${userName}`,
  };
}
