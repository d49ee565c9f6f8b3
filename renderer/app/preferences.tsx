import { useMantineColorScheme } from '@mantine/core';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import {
  PREFERENCE_DEFAULTS,
  type PreferenceChange,
  type Preferences,
} from '../../core/contract/channels/preferences.ts';
import type { WireError } from '../../core/contract/errors.ts';
import { useApi } from '../platform/api.tsx';

interface PreferenceScope {
  preferences: Preferences;
  /** Applies the change on the page at once and stores it; @returns why it was not stored, or null. */
  change: (change: PreferenceChange) => Promise<WireError | null>;
}

const PreferenceContext = createContext<PreferenceScope>({
  preferences: PREFERENCE_DEFAULTS,
  change: async () => null,
});

/**
 * Reads the choices of the user who is signed in, and applies theme and text size to the page. Until they are read, or
 * when they cannot be, the defaults hold: a setting never keeps a clinic from working.
 */
export function PreferencesProvider(props: { userId?: string; children: ReactNode }) {
  const { userId, children } = props;
  const api = useApi();
  const [stored, setPreferences] = useState<Preferences | null>(null);
  const preferences = stored ?? PREFERENCE_DEFAULTS;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another user has other choices
  useEffect(() => {
    let isCurrent = true;
    void api['preferences.get']({}).then((result) => {
      if (isCurrent && result.ok) setPreferences(result.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [api, userId]);
  useLooks(stored);
  const change = async (changed: PreferenceChange) => {
    const before = preferences;
    setPreferences({ ...before, ...(changed as Partial<Preferences>) });
    const result = await api['preferences.set'](changed);
    setPreferences(result.ok ? result.value : before);
    return result.ok ? null : result.error;
  };
  return <PreferenceContext value={{ preferences, change }}>{children}</PreferenceContext>;
}

/** What the user and the clinic have chosen; the defaults outside the open frame. */
export function usePreferences(): Preferences {
  return use(PreferenceContext).preferences;
}

/** Changes one or more choices. */
export function useChangePreferences(): PreferenceScope['change'] {
  return use(PreferenceContext).change;
}

/** Until the choices are read the page keeps the looks it has: a dark room is not lit up for a moment. */
function useLooks(preferences: Preferences | null): void {
  const { setColorScheme } = useMantineColorScheme();
  const theme = preferences?.theme ?? null;
  const textSizePercent = preferences?.textSizePercent ?? null;
  useEffect(() => {
    if (theme !== null) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
  useEffect(() => {
    if (textSizePercent === null) return;
    // All sizes are in rem: they follow the root.
    document.documentElement.style.fontSize = textSizePercent === 100 ? '' : `${textSizePercent}%`;
  }, [textSizePercent]);
}
