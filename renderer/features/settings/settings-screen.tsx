import { Button, Group } from '@mantine/core';
import type { AppState } from '../../../core/contract/channels/app.ts';
import { FactList } from '../../ui/fact-list.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { AddUser } from './add-user.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { BackupSection } from './backup-section.tsx';
import { DeviceSection } from './device-section.tsx';
import { LockSection } from './lock-section.tsx';
import { MeasuringSection } from './measuring-section.tsx';
import { PinSection } from './pin-section.tsx';
import { UnitsSection } from './units-section.tsx';

const SHELL_WORDS: Record<AppState['shell'], string> = {
  electron: 'desktop app',
  browser: 'browser window without network',
  memory: 'test',
};

/** Looks, units, the usual measurement, devices, users, lock, and facts about the installation. */
export function SettingsScreen(props: { state: AppState; onUsersChanged: () => void; onHelp: () => void }) {
  const { state } = props;
  const isSample = state.storeKind === 'sample';
  return (
    <Page title="Settings" width="reading">
      <AppearanceSection />
      <UnitsSection />
      <MeasuringSection />
      <DeviceSection />
      <Section
        title="Users"
        lead={
          isSample
            ? 'The users of the sample clinic are invented and change without a PIN (Alt+U). Passphrases belong to your own clinic.'
            : 'Everyone has a name and passphrase of their own; each entry keeps who made it.'
        }
      >
        {!isSample && <AddUser users={state.users} currentUser={state.user} onAdded={props.onUsersChanged} />}
      </Section>
      <PinSection state={state} onChanged={props.onUsersChanged} />
      {!isSample && <LockSection />}
      {!isSample && <BackupSection />}
      <Section title="About this installation">
        <FactList
          facts={[
            { name: 'Records', value: isSample ? 'sample clinic, invented people' : 'clinic, encrypted' },
            { name: 'Version', value: state.appVersion },
            { name: 'Window', value: SHELL_WORDS[state.shell] },
            { name: 'Network', value: 'none: nothing leaves this computer' },
            { name: 'Purpose', value: 'research use; not a medical device' },
          ]}
        />
        <Group gap="sm" mt="md">
          <Button variant="default" onClick={props.onHelp}>
            Open licences and roadmap
          </Button>
        </Group>
      </Section>
    </Page>
  );
}
