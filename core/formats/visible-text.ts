/**
 * Text of a file as it may be shown: without control and formatting characters, which can draw words in another order
 * than they are read, and without half characters. A tab, which ends no line, becomes a blank.
 */
export const visibleText = (text: string): string =>
  text
    .replace(/\t/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .normalize('NFC');
