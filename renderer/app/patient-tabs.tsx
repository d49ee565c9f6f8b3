import { Tabs, VisuallyHidden } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import { LoadingLines } from '../ui/loading-lines.tsx';
import styles from './patient-tabs.module.css';
import type { PatientTab } from './routes.ts';

const VIEWS = [
  { tab: 'timeline', label: 'Timeline' },
  { tab: 'trends', label: 'Trends' },
  { tab: 'recordings', label: 'Recordings' },
  { tab: 'report', label: 'Report' },
] as const satisfies readonly { tab: PatientTab; label: string }[];

/** The views of a patient. */
export function PatientTabs(props: {
  tab: PatientTab;
  onTab: (tab: PatientTab) => void;
  views: Record<PatientTab, ReactNode>;
}) {
  return (
    <Tabs
      value={props.tab}
      onChange={(tab) => tab !== null && props.onTab(tab as PatientTab)}
      keepMounted={false}
      classNames={{ list: styles.list ?? '', tab: styles.tab ?? '' }}
    >
      <VisuallyHidden component="h1">{VIEWS.find(({ tab }) => tab === props.tab)?.label}</VisuallyHidden>
      <Tabs.List aria-label="Views of this patient" data-no-print>
        {VIEWS.map(({ tab, label }) => (
          <Tabs.Tab key={tab} value={tab}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {VIEWS.map(({ tab, label }) => (
        <Tabs.Panel key={tab} value={tab} pt="lg">
          <Suspense fallback={<LoadingLines label={`Opening: ${label.toLowerCase()}`} />}>
            {props.views[tab]}
          </Suspense>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
