import { useMemo } from 'react';
import type { Recording, TraceMark } from '../../../core/contract/schemas/recording.ts';
import type { TraceSeries } from '../../charts/trace-band-props.ts';
import { secondsText, valueWithUnit } from '../../charts/trace-text.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { FactList } from '../../ui/fact-list.tsx';
import { Section } from '../../ui/page.tsx';
import { clockNotes, rateWords } from './recording-words.ts';
import { plateauMean, traceFacts } from './trace-facts.ts';

const SOURCE_WORDS = { file: 'stated by the file', person: 'stated at the import' } as const;

/** What the trace shows, in words and numbers: the same to somebody who does not see the picture. */
export function RecordingFacts(props: {
  recording: Recording;
  series: TraceSeries;
  marks: readonly TraceMark[];
  channel: number;
  tareText: string;
}) {
  const { recording, series, marks, channel } = props;
  const { header } = recording;
  const facts = useMemo(() => traceFacts(series), [series]);
  const plateau = useMemo(() => plateauMean(series, marks), [series, marks]);
  const notes = clockNotes(header.clock, header.emptyTailCount);
  const crop = recording.view.crop;
  const count = (value: number) => value.toLocaleString('en');
  return (
    <Section title="Facts">
      <FactList
        facts={[
          { name: 'duration shown', value: secondsText(facts.durationS) },
          { name: 'samples shown', value: `${count(facts.sampleCount)} of ${count(recording.sampleCount)}` },
          { name: 'sampling rate', value: rateWords(header.clock) },
          {
            name: 'largest value',
            value:
              facts.largest === null
                ? 'no value'
                : `${valueWithUnit(facts.largest.value, series.unit)} at ${secondsText(facts.largest.atS)}`,
          },
          {
            name: 'mean of the plateau',
            value:
              plateau === null
                ? 'no plateau marked'
                : `${valueWithUnit(plateau.mean, series.unit)} over ${secondsText(plateau.durationS)}`,
          },
          { name: 'zero', value: props.tareText },
          {
            name: 'part looked at',
            value: crop === null ? 'the whole' : `${secondsText(crop.fromS)} to ${secondsText(crop.toS)}`,
          },
          {
            name: 'unit',
            value: `${series.unit}, ${SOURCE_WORDS[header.unitSources[channel] ?? 'person']}`,
          },
          {
            name: header.mapping.time.kind === 'rate' ? 'rate' : 'unit of time',
            value: SOURCE_WORDS[header.timeSource],
          },
          ...(facts.missingCount > 0
            ? [{ name: 'without a value', value: `${count(facts.missingCount)} samples` }]
            : []),
          ...notes.map((note) => ({ name: 'clock', value: note })),
          ...(recording.isBlinded
            ? [{ name: 'file', value: 'hidden while a blinded judgement is open' }]
            : [{ name: 'file', value: <bdi>{recording.fileName}</bdi> }]),
          {
            name: 'imported',
            value:
              recording.importedAt === null
                ? recording.importedBy
                : `${shortDate(recording.importedAt)}, ${recording.importedBy}`,
          },
          { name: 'sha256 of the file', value: `${recording.fileSha256.slice(0, 16)}…` },
        ]}
      />
    </Section>
  );
}
