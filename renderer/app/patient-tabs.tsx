import { Tabs, VisuallyHidden } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import { LoadingLines } from '../ui/loading-lines.tsx';
import styles from './patient-tabs.module.css';
import type { PatientTab } from './routes.ts';

/** The two views of a patient. */
export function PatientTabs(props: {
  tab: PatientTab;
  onTab: (tab: PatientTab) => void;
  timeline: ReactNode;
  trends: ReactNode;
}) {
  return (
    <Tabs
      value={props.tab}
      onChange={(tab) => tab !== null && props.onTab(tab as PatientTab)}
      keepMounted={false}
      classNames={{ list: styles.list ?? '', tab: styles.tab ?? '' }}
    >
      <VisuallyHidden component="h1">{props.tab === 'timeline' ? 'Timeline' : 'Trends'}</VisuallyHidden>
      <Tabs.List aria-label="Views of this patient" data-no-print>
        <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
        <Tabs.Tab value="trends">Trends</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="timeline" pt="lg">
        {props.timeline}
      </Tabs.Panel>
      <Tabs.Panel value="trends" pt="lg">
        <Suspense fallback={<LoadingLines label="Opening the trends" />}>{props.trends}</Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}
