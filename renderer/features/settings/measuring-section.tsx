import { Select, Stack } from '@mantine/core';
import { PROTOCOLS } from '../../../core/clinical/protocols.ts';
import { PROTOCOL_IDS, type ProtocolId, type SummaryRule } from '../../../core/contract/schemas/clinical.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { Section } from '../../ui/page.tsx';
import { useSavedChoice } from './use-saved-choice.tsx';

const RULES: { value: SummaryRule; label: string }[] = [
  { value: 'mean-of-three', label: 'Mean of three' },
  { value: 'maximum', label: 'Maximum' },
];

/** What a new session starts with, for everybody of the clinic. */
export function MeasuringSection() {
  const { defaultProtocol, summaryRule } = usePreferences();
  const { save, failure } = useSavedChoice();
  return (
    <Section
      title="Usual measurement"
      lead="For the whole clinic: colleagues measure the same patients. Both can be changed on each form."
    >
      <Stack gap="md">
        {failure}
        <Select
          label="Protocol of a new session"
          description={PROTOCOLS[defaultProtocol].about}
          data={PROTOCOL_IDS.map((value) => ({ value, label: PROTOCOLS[value].name }))}
          value={defaultProtocol}
          allowDeselect={false}
          onChange={(value) => value !== null && void save({ defaultProtocol: value as ProtocolId })}
        />
        <ChoiceRow
          label="Three trials are summed up as"
          description="At a patient’s first session. Later ones keep the rule of the session before, so that a trend compares like with like."
          choices={RULES}
          value={summaryRule}
          onChange={(value) => void save({ summaryRule: value })}
        />
      </Stack>
    </Section>
  );
}
