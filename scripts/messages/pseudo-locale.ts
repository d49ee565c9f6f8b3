/** A language nobody speaks: every message can be seen to come from the catalogue, and is a third longer. */
const ACCENTED = 'àƀćďéƒĝĥíĵķļḿñóṕǫŕšţúṽŵẋýž';

export const PSEUDO_OPEN = '⟦';
export const PSEUDO_CLOSE = '⟧';

/**
 * @param message with {0}, {1} where values stand: they stay, in their order, outside of the marks, since a value that is
 *   itself text has marks of its own.
 */
export function pseudoText(message: string): string {
  return message
    .split(/(\{\d+\})/)
    .map((part) => (/^\{\d+\}$/.test(part) || !/\p{L}/u.test(part) ? part : marked(part)))
    .join('');
}

function marked(part: string): string {
  const [, before = '', text = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(part) ?? [];
  const changed = text.replace(/[a-z]/gi, (letter) => {
    const accented = ACCENTED[letter.toLowerCase().charCodeAt(0) - 97] ?? letter;
    return letter === letter.toLowerCase() ? accented : accented.toUpperCase();
  });
  const longer = '·'.repeat(Math.ceil([...text].length / 3));
  return `${before}${PSEUDO_OPEN}${changed}${longer}${PSEUDO_CLOSE}${after}`;
}
