import { Stack } from '@mantine/core';
import { type Preferences, TEXT_SIZES_PERCENT } from '../../../core/contract/channels/preferences.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { Section } from '../../ui/page.tsx';
import { useSavedChoice } from './use-saved-choice.tsx';

const THEMES: { value: Preferences['theme']; label: string }[] = [
  { value: 'system', label: 'As the computer' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** Colours and size of text, of the user who is signed in. */
export function AppearanceSection() {
  const { theme, textSizePercent } = usePreferences();
  const { save, failure } = useSavedChoice();
  return (
    <Section title="Appearance" lead="Yours: kept for the next time you sign in.">
      <Stack gap="md">
        {failure}
        <ChoiceRow
          label="Colours"
          choices={THEMES}
          value={theme}
          onChange={(value) => void save({ theme: value })}
        />
        <ChoiceRow
          label="Size of text"
          choices={TEXT_SIZES_PERCENT.map((percent) => ({ value: String(percent), label: `${percent} %` }))}
          value={String(textSizePercent)}
          onChange={(value) =>
            void save({ textSizePercent: Number(value) as Preferences['textSizePercent'] })
          }
        />
      </Stack>
    </Section>
  );
}
