/** Names of users: drawn beside what they judged, so that no two may look the same. */
import * as z from 'zod';

/** Longest name of a user, in characters. */
const MAX_USER_NAME = 80;

/** Control, formatting and half characters, fillers and whatever else draws nothing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Scripts whose letters pass for one another. */
const ALIKE_SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

const asTyped = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/\p{Z}+/gu, ' ')
    .trim();

/** Letters of scripts that look alike stand together in one word: nobody spells a name so. */
const mixesScripts = (text: string): boolean =>
  text.split(/[\s\-'’.]+/u).some((word) => ALIKE_SCRIPTS.filter((script) => script.test(word)).length > 1);

/**
 * Why a name cannot be that of a user; null when it can.
 * @returns 'empty', 'unseen' (a character that draws nothing), 'mixed-scripts', or 'too-long'.
 */
export function userNameProblem(typed: string): 'empty' | 'unseen' | 'mixed-scripts' | 'too-long' | null {
  const text = asTyped(typed);
  if (UNSEEN.test(text)) return 'unseen';
  if (text === '') return 'empty';
  if (text.length > MAX_USER_NAME) return 'too-long';
  return mixesScripts(text) ? 'mixed-scripts' : null;
}

/** A name in one spelling: compatibility forms composed, any run of blanks one blank. */
export const UserName = z
  .string()
  .max(4 * MAX_USER_NAME)
  .refine((text) => userNameProblem(text) === null, { message: 'is no name of a user' })
  .transform(asTyped);

/** Greek and Cyrillic letters that are drawn as a Latin one (after Unicode's table of confusables, the letters of names). */
const DRAWN_AS: readonly (readonly [latin: string, alike: string])[] = [
  ['A', 'ΑА'],
  ['B', 'ΒВ'],
  ['C', 'СϹ'],
  ['E', 'ΕЕ'],
  ['H', 'ΗН'],
  ['I', 'ΙІӀ'],
  ['J', 'ЈͿ'],
  ['K', 'ΚКҚ'],
  ['M', 'ΜМ'],
  ['N', 'Ν'],
  ['O', 'ΟО'],
  ['P', 'ΡР'],
  ['S', 'Ѕ'],
  ['T', 'ΤТ'],
  ['X', 'ΧХ'],
  ['Y', 'ΥҮУ'],
  ['Z', 'Ζ'],
  ['a', 'αа'],
  ['c', 'сϲ'],
  ['d', 'ԁ'],
  ['e', 'е'],
  ['h', 'һ'],
  ['i', 'ιіı'],
  ['j', 'јϳ'],
  ['k', 'κк'],
  ['m', 'м'],
  ['n', 'п'],
  ['o', 'οоσ'],
  ['p', 'ρр'],
  ['q', 'ԛ'],
  ['s', 'ѕ'],
  ['t', 'τт'],
  ['u', 'υ'],
  ['v', 'ν'],
  ['w', 'ԝω'],
  ['x', 'χх'],
  ['y', 'γуү'],
];
const LATIN_OF = new Map(DRAWN_AS.flatMap(([latin, alike]) => [...alike].map((letter) => [letter, latin])));
/** What a name is drawn with, letter by letter; accents stay, as they can be seen. */
const drawn = (name: string): string =>
  [...asTyped(name).normalize('NFD')].map((letter) => LATIN_OF.get(letter) ?? letter).join('');
const withOneStroke = (text: string): string => text.replace(/[Il1|]/g, 'l').replaceAll('0', 'O');

/** Whether two names look the same, or nearly: whatever their case, blanks, composition and script. */
export function looksLikeName(a: string, b: string): boolean {
  const [first, second] = [drawn(a), drawn(b)];
  return (
    first.toLowerCase() === second.toLowerCase() ||
    withOneStroke(first).toLowerCase() === withOneStroke(second).toLowerCase()
  );
}
