import { useMantineColorScheme } from '@mantine/core';
import type { AppState } from '../../../core/contract/channels/app.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { AddUser } from './add-user.tsx';
import { DeviceSection } from './device-section.tsx';

const SHELL_WORDS: Record<AppState['shell'], string> = {
  electron: 'desktop app',
  browser: 'browser window without network',
  memory: 'test',
};

/** Looks, users, devices, and facts about the store. */
export function SettingsScreen(props: { state: AppState; onUsersChanged: () => void }) {
  const { state } = props;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isSample = state.storeKind === 'sample';
  return (
    <Page title="Settings" width="reading">
      <Section title="Appearance" lead="Kept until the window is closed.">
        <ChoiceRow
          label="Colours"
          choices={[
            { value: 'auto', label: 'As the computer' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          value={colorScheme}
          onChange={setColorScheme}
        />
      </Section>
      <DeviceSection />
      <Section
        title="Users"
        lead={
          isSample
            ? 'The sample clinic has no users. Users and passphrases belong to your own clinic.'
            : 'Everyone has a name and passphrase of their own; each entry keeps who made it.'
        }
      >
        {!isSample && <AddUser users={state.users} currentUser={state.user} onAdded={props.onUsersChanged} />}
      </Section>
      <Section title="This installation">
        <FactList
          facts={[
            { name: 'Records', value: isSample ? 'sample clinic, invented people' : 'clinic, encrypted' },
            { name: 'Version', value: state.appVersion },
            { name: 'Window', value: SHELL_WORDS[state.shell] },
            { name: 'Network', value: 'none: nothing leaves this computer' },
            { name: 'Purpose', value: 'research use; not a medical device' },
          ]}
        />
      </Section>
    </Page>
  );
}
