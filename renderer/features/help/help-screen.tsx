import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import layerWiseRelevance from '../../../docs/layer-wise-relevance.md?raw';
import { errorText } from '../../app/error-text.ts';
import { ShortcutTable } from '../../app/shortcut-table.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { LicenceTable } from './licence-table.tsx';

/** The part of the document for users; what is built and measured stands in docs. */
const PATENT_PAGE = sectionOf(layerWiseRelevance, 'Why it is off: patents');

/** How to work the app, what of the roadmap is built, and whose work it stands on. */
export function HelpScreen(props: { appVersion: string; onReplayGuide: () => void }) {
  const api = useApi();
  const seedMap = useCall('seed-map', () => api['app.seedMap']({}));
  return (
    <Page
      title="Help"
      lead="Measure, judge, lock, compare. Everything works from the keyboard, and nothing leaves this computer."
      actions={
        <Button leftSection={<IconPlayerPlay size={18} aria-hidden="true" />} onClick={props.onReplayGuide}>
          Replay the guide
        </Button>
      }
    >
      <Section title="Keyboard">
        <ShortcutTable />
      </Section>
      <Section
        title="What this app measures up to"
        lead="Every point of the research roadmap behind Prehensa, where it is built, and the figure that a check produced."
      >
        {seedMap.status === 'loading' && <LoadingLines label="Reading the roadmap" />}
        {seedMap.status === 'failed' && (
          <FailureNotice
            {...errorText(seedMap.error)}
            incident={seedMap.error.incident}
            onRetry={seedMap.reload}
          />
        )}
        {seedMap.status === 'ready' && seedMap.value.markdown.trim() === '' && (
          <p>This build carries no roadmap. It is made by “npm run seed-check”.</p>
        )}
        {seedMap.status === 'ready' && seedMap.value.markdown.trim() !== '' && (
          <Markdown text={withoutTitle(seedMap.value.markdown)} headingLevel={2} />
        )}
      </Section>
      <Section
        title="Layer-wise relevance"
        lead="One of the methods under “Compare methods” on a result. It is off until you switch it on there, each time."
      >
        <Markdown text={PATENT_PAGE} headingLevel={2} />
      </Section>
      <Section title="Licences" lead={`Prehensa ${props.appVersion}. Research use; not a medical device.`}>
        <LicenceTable />
      </Section>
    </Page>
  );
}

/** The document's own first heading would repeat the heading of the section. */
function withoutTitle(markdown: string): string {
  return markdown.replace(/^\s*# .*\n/, '');
}

/** One second-level section of a document, without its heading. @throws Error when there is none of this name. */
function sectionOf(markdown: string, name: string): string {
  const found = markdown.split(/^## /m).find((part) => part.startsWith(name));
  if (found === undefined) throw new Error(`the document has no section "${name}"`);
  return found.slice(name.length).trim();
}
