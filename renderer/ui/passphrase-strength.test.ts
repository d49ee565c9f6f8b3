import { describe, expect, it } from 'vitest';
import { passphraseAdvice } from './passphrase-strength.ts';

describe('advice on a passphrase', () => {
  it.each([
    ['', 'empty'],
    ['short', 'too-short'],
    ['aaaaaaaaaaaaaaaa', 'easy-to-guess'],
    ['password1234', 'easy-to-guess'],
    ['lindgren lindgren', 'easy-to-guess'],
    ['quiet river 7', 'fair'],
    ['copper lantern nine', 'strong'],
    ['ブドウ園の静かな朝に鳴く鳥の声', 'strong'],
  ])('%s is %s', (passphrase, level) => {
    expect(passphraseAdvice(passphrase, 'Dr A. Lindgren').level).toBe(level);
  });

  it('counts characters as people do, not code units', () => {
    // Eleven signs of two code units each: a plain length would say 22.
    expect(passphraseAdvice('😀🙃🙂😇😉😊😋😎😏😐😑', '').level).toBe('too-short');
  });

  it('says how many characters are missing', () => {
    expect(passphraseAdvice('elevenchars', '').sentence).toBe('Too short: 1 more character needed.');
  });
});
