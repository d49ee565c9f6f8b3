import { describe, expect, it } from 'vitest';
import { ensureValidLanguage, validLanguage } from './valid-language.ts';

describe('the language of the page', () => {
  it('is the browser’s where that is a tag, and English where it is none', () => {
    expect(validLanguage('de-AT')).toBe('de-AT');
    expect(validLanguage('en-US@posix')).toBe('en-US');
    expect(() => new Intl.NumberFormat('en-US@posix')).toThrow(RangeError);
  });

  it('is put right where a library would read it', () => {
    const bare = { language: 'en-US@posix' } as Navigator;
    ensureValidLanguage(bare);
    expect(() => new Intl.NumberFormat(bare.language)).not.toThrow();
  });
});
