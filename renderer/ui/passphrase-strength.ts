/** What the page can say about a passphrase while it is typed. The host decides; this only advises. */
export interface PassphraseAdvice {
  level: 'empty' | 'too-short' | 'easy-to-guess' | 'fair' | 'strong';
  sentence: string;
}

export const SHORTEST_PASSPHRASE = 12;
const ADVISED_LENGTH = 15;
const COMMON = [
  'password',
  'passphrase',
  'passwort',
  'qwerty',
  'letmein',
  'welcome',
  'hospital',
  'clinic',
  'prehensa',
];

/**
 * Advice in one sentence: length first, as length is what counts; then what a guesser would try first.
 * @param passphrase as typed. @param name of the user, which must not carry the passphrase.
 */
export function passphraseAdvice(passphrase: string, name: string): PassphraseAdvice {
  const text = passphrase.normalize('NFKC');
  const length = [...text].length;
  if (length === 0) {
    return {
      level: 'empty',
      sentence: 'At least 12 characters. Four unrelated words are strong and easy to type.',
    };
  }
  if (length < SHORTEST_PASSPHRASE) {
    const missing = SHORTEST_PASSPHRASE - length;
    return {
      level: 'too-short',
      sentence: `Too short: ${missing} more ${missing === 1 ? 'character' : 'characters'} needed.`,
    };
  }
  if (isEasyToGuess(text.toLowerCase(), name.toLowerCase())) {
    return {
      level: 'easy-to-guess',
      sentence: 'Easy to guess: it repeats itself, or leans on a name or a common word.',
    };
  }
  return length >= ADVISED_LENGTH
    ? { level: 'strong', sentence: 'Strong: guessing it would take far longer than anyone has.' }
    : { level: 'fair', sentence: 'Acceptable. One more word would make it strong.' };
}

function isEasyToGuess(text: string, name: string): boolean {
  if (new Set(text).size < 6) return true;
  let rest = text;
  const names = name.split(/[^\p{L}\p{N}]+/u).filter((part) => part.length >= 3);
  for (const word of [...COMMON, ...names]) rest = rest.replaceAll(word, '');
  rest = rest.replaceAll(/0123456789|123456789|12345678|1234567|123456|12345|1234|abcdef|asdfgh/g, '');
  return [...rest].length < 8;
}
