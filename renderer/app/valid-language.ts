/**
 * Some Chromium builds name the language of a bare system "en-US@posix", which is no language tag: code of a library that
 * asks for a number format of it throws while its file is loaded, and the screen with it.
 * @returns the tag itself where it is one, otherwise English.
 */
export function validLanguage(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

/** Gives the page a language that every library can read; before any of them is loaded. */
export function ensureValidLanguage(navigator: Navigator): void {
  const language = validLanguage(navigator.language);
  if (language === navigator.language) return;
  Object.defineProperty(navigator, 'language', { value: language, configurable: true });
}
