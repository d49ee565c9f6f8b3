import { userNameProblem } from '../../core/contract/schemas/user-name.ts';

const SENTENCES: Readonly<Record<NonNullable<ReturnType<typeof userNameProblem>>, string>> = {
  empty: 'Type the name that your colleagues know.',
  unseen: 'This name holds a character that cannot be seen. Type it anew.',
  'mixed-scripts':
    'This name mixes letters of different scripts in one word: they look alike. Type it in one script.',
  'too-long': 'This name is too long: at most 80 characters.',
};

/** Why a name cannot be that of a user, as a sentence; null when it can. */
export function userNameSentence(typed: string): string | null {
  const problem = userNameProblem(typed);
  return problem === null ? null : SENTENCES[problem];
}
