import { createContext, use } from 'react';

/** Name of the user who is signed in; null outside the open frame. */
export const PresentUserName = createContext<string | null>(null);

/** Name of whoever locked the judgement that a result stands beside; null: the present user. */
export const JudgeName = createContext<string | null>(null);

/** Whose judgement a result is held against: "your answer" of the present user, "the answer of M. Rossi" of a colleague. */
export function useJudge() {
  const present = use(PresentUserName);
  const judge = use(JudgeName);
  const colleague = judge === null || present === null || judge === present ? null : judge;
  return judgeWords(colleague);
}

export type JudgeWords = ReturnType<typeof judgeWords>;

/** The words for a judge; null: the present user. */
export const judgeWords = (colleague: string | null) => ({
  isOwn: colleague === null,
  judgement: colleague === null ? 'Your judgement' : `Judgement of ${colleague}`,
  drivers: colleague === null ? 'Your drivers' : `Drivers of ${colleague}`,
  /** Begins a line. */
  subject: colleague ?? 'You',
  /** Within a line. */
  inLine: colleague ?? 'you',
  answer: colleague === null ? 'your answer' : `the answer of ${colleague}`,
  range: colleague === null ? 'your range' : `the range of ${colleague}`,
});
