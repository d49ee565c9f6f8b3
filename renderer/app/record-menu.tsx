import { Button, Menu } from '@mantine/core';
import { IconArchive, IconArrowMerge, IconDots, IconStethoscope } from '@tabler/icons-react';

/** What can be done with a patient's record as a whole. */
export function RecordMenu(props: { onEpisodes: () => void; onMerge: () => void; onArchive: () => void }) {
  return (
    <Menu position="bottom-end" shadow="md" width={260}>
      <Menu.Target>
        <Button variant="subtle" leftSection={<IconDots size={18} aria-hidden="true" />}>
          Record
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          mih="var(--target)"
          leftSection={<IconStethoscope size={18} aria-hidden="true" />}
          onClick={props.onEpisodes}
        >
          Episodes of care
        </Menu.Item>
        <Menu.Item
          mih="var(--target)"
          leftSection={<IconArrowMerge size={18} aria-hidden="true" />}
          onClick={props.onMerge}
        >
          Merge with another record
        </Menu.Item>
        <Menu.Item
          mih="var(--target)"
          leftSection={<IconArchive size={18} aria-hidden="true" />}
          onClick={props.onArchive}
        >
          Archive patient
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
