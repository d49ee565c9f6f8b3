import { Button, Checkbox, NativeSelect, Progress, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { measureOf } from '../../../core/clinical/measures.ts';
import {
  MEASURES,
  type Measure,
  type SessionId,
  type Side,
} from '../../../core/contract/schemas/clinical.ts';
import { type MappingQuestion, openQuestions } from '../../../core/formats/recording-mapping.ts';
import { tareOffset } from '../../../core/formats/recording-view.ts';
import { visibleText } from '../../../core/formats/visible-text.ts';
import { errorText } from '../../app/error-text.ts';
import { useLeaveGuard } from '../../app/leave-guard.tsx';
import { shortDate } from '../../ui/calendar-date.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { ColumnMapping } from './column-mapping.tsx';
import { FileChoice } from './file-choice.tsx';
import { FilePreview } from './file-preview.tsx';
import { importProblemText } from './import-problem-text.ts';
import { clockNotes, clockQuestion, clockWords } from './recording-words.ts';
import styles from './recordings.module.css';
import { TareAndCrop, type TareAndCropValue } from './tare-and-crop.tsx';
import { useImportFile } from './use-import-file.ts';
import { useSendRecording } from './use-send-recording.ts';

type SideChoice = Side | 'none';
/** What a trace can be of; ranges of motion and scores are single numbers. */
const TRACED = MEASURES.filter((id) => ['force', 'torque', 'duration'].includes(measureOf(id).quantity));

/** One screen from a file to a recording: how it is written, what its columns are, what it shows, zero and ends. */
export function ImportRecordingScreen(props: {
  sessionId: SessionId;
  onImported: (recordingId: string) => void;
  onCancel: () => void;
}) {
  const given = useImportFile();
  const { file, layout, mapping, dialect, read } = given;
  const [side, setSide] = useState<SideChoice | null>(null);
  const [measure, setMeasure] = useState<Measure | ''>('');
  const [name, setName] = useState('');
  const [cut, setCut] = useState<TareAndCropValue>({ tares: [], crop: null });
  const sending = useSendRecording(props.sessionId, props.onImported);
  // While it is sent, the way on is no loss.
  useLeaveGuard(file !== null && sending.state.status !== 'sending');

  const ready = read.status === 'ready' ? read : null;
  /** The samples whose unusual clock somebody said is right. */
  const [clockIsRightFor, setClockIsRightFor] = useState<typeof ready>(null);
  /** The file as read, whose commas somebody said are no decimal marks. */
  const [commaIsSureFor, setCommaIsSureFor] = useState<typeof layout>(null);
  const isCommaOpen = layout?.isDecimalUncertain === true && commaIsSureFor !== layout;
  const isRateTyped = ready?.mapping.time.kind === 'rate';
  const askedClock = ready === null ? null : clockQuestion(ready.recording.clock, isRateTyped);
  const isClockOpen = askedClock !== null && clockIsRightFor !== ready;
  // Zero and ends belong to the samples they were set on.
  useEffect(() => {
    setCut({ tares: ready?.mapping.channels.map(() => null) ?? [], crop: null });
  }, [ready]);
  const isCutFitting =
    ready !== null &&
    cut.tares.length === ready.mapping.channels.length &&
    cut.tares.every(
      (tare, index) =>
        tareOffset(ready.recording.timeS, ready.recording.channels[index]!.values, tare) !== null,
    );
  const missing = [
    ...(file === null ? ['a file'] : []),
    ...(isCommaOpen ? ['whether a comma is a decimal mark'] : []),
    ...(mapping === null ? [] : openQuestions(mapping).map((question) => questionWords(question, layout))),
    ...(side === null ? ['which side'] : []),
    ...(measure === '' ? ['what was measured'] : []),
    ...(isClockOpen ? [isRateTyped ? 'whether the rate is right' : 'whether the unit of time is right'] : []),
    ...(ready !== null && !isCutFitting ? ['a stretch of rest with values'] : []),
  ];
  const canImport = missing.length === 0 && ready !== null && measure !== '' && side !== null;
  const isSending = sending.state.status === 'sending';
  const submit = () => {
    if (!canImport || file === null) return;
    void sending.send(file, {
      mapping: { ...ready.mapping, channels: [...ready.mapping.channels] },
      side: side === 'none' ? null : side,
      measure,
      name: visibleText(name),
      ...cut,
    });
  };
  return (
    <Page
      title="Import a recording"
      lead="Read in this page and stored in the open records. Nothing is resampled, sorted, filled in or guessed."
      actions={
        <Button variant="default" onClick={props.onCancel}>
          Cancel
        </Button>
      }
    >
      <Section title="File">
        <FileChoice
          fileName={file?.name ?? null}
          onChoose={(chosen) => {
            void given.choose(chosen);
          }}
        />
        {given.problem !== null && (
          <div role="alert">
            <ProblemNotice problem={given.problem} layout={layout} />
          </div>
        )}
        {file !== null && dialect !== null && (
          <FilePreview
            layout={layout}
            dialect={dialect}
            onDialect={given.changeDialect}
            isCommaSure={!isCommaOpen}
            onCommaSure={(isSure) => setCommaIsSureFor(isSure ? layout : null)}
          />
        )}
      </Section>
      {layout !== null && mapping !== null && (
        <Section title="Columns">
          {given.remembered !== null && (
            <Notice
              tone="info"
              title={`A file with these headings was imported on ${shortDate(given.remembered.usedAt)}.`}
              action={
                <Button variant="default" onClick={given.takeRemembered}>
                  Fill in as last time
                </Button>
              }
            >
              Check it afterwards: a setting of the device may have changed.
            </Notice>
          )}
          <ColumnMapping layout={layout} mapping={mapping} onChange={given.setMapping} />
          <div role="status">
            {read.status === 'reading' && (
              <div className={styles.progress}>
                <Progress value={read.share * 100} aria-label="Share of the file that is read" />
                <span>Reading: {Math.round(read.share * 100)} %</span>
                <Button variant="default" onClick={given.stopReading}>
                  Stop reading
                </Button>
              </div>
            )}
            {read.status === 'stopped' && (
              <Notice
                tone="info"
                title="Reading was stopped; nothing is imported."
                action={
                  <Button variant="default" onClick={given.readAgain}>
                    Read again
                  </Button>
                }
              />
            )}
            {ready !== null && (
              <>
                <p className={styles.strong}>
                  {clockWords(ready.recording.sampleCount, ready.recording.clock)}
                </p>
                {askedClock !== null && (
                  <Notice tone="caution" title={askedClock}>
                    <Checkbox
                      label={isRateTyped ? 'Yes, the rate is right' : 'Yes, the unit of time is right'}
                      checked={!isClockOpen}
                      onChange={(event) => setClockIsRightFor(event.currentTarget.checked ? ready : null)}
                    />
                  </Notice>
                )}
                <Findings ready={ready} />
              </>
            )}
          </div>
          {read.status === 'refused' && (
            <div role="alert">
              <ProblemNotice problem={read.problem} layout={layout} />
            </div>
          )}
        </Section>
      )}
      {ready !== null && cut.tares.length === ready.mapping.channels.length && (
        <Section
          title="Zero and ends"
          lead="Kept beside the samples; both can be changed or taken back later."
        >
          <TareAndCrop
            mapping={ready.mapping}
            samples={{
              timeS: ready.recording.timeS,
              channels: ready.recording.channels.map(({ values }) => values),
            }}
            value={cut}
            onChange={setCut}
          />
        </Section>
      )}
      {layout !== null && (
        <Section title="What it shows">
          <div className={styles.fields}>
            <ChoiceRow
              label="Side"
              choices={[
                { value: 'right', label: 'right' },
                { value: 'left', label: 'left' },
                { value: 'none', label: 'no one side' },
              ]}
              value={side}
              onChange={setSide}
            />
            <NativeSelect
              label="Measure"
              value={measure}
              onChange={(event) => setMeasure(event.currentTarget.value as Measure | '')}
              data={[
                { value: '', label: 'choose' },
                ...TRACED.map((id) => ({ value: id, label: measureOf(id).name })),
              ]}
            />
            <TextInput
              label="Name (optional)"
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </div>
        </Section>
      )}
      {sending.state.status === 'failed' && (
        <FailureNotice {...errorText(sending.state.error)} incident={sending.state.error.incident} />
      )}
      {sending.state.status === 'stopped' && (
        <Notice tone="info" title="The import was stopped; nothing is stored." />
      )}
      <div className={styles.end}>
        {isSending ? (
          <div className={styles.progress} role="status">
            <Progress value={sending.share * 100} aria-label="Share of the file that is stored" />
            <span>
              {sending.share < 1 ? `Storing: ${Math.round(sending.share * 100)} %` : 'Checking and storing'}
            </span>
            <Button variant="default" disabled={sending.share >= 1} onClick={sending.stop}>
              Stop the import
            </Button>
          </div>
        ) : (
          <>
            <Button disabled={!canImport} onClick={submit}>
              Import recording
            </Button>
            {missing.length > 0 && <p className={styles.quiet}>Still needed: {missing.join(', ')}</p>}
          </>
        )}
      </div>
    </Page>
  );
}

function ProblemNotice(props: {
  problem: Parameters<typeof importProblemText>[0];
  layout: Parameters<typeof importProblemText>[1];
}) {
  const text = importProblemText(props.problem, props.layout);
  return (
    <Notice tone="caution" title={text.title}>
      {text.whatToDo}
    </Notice>
  );
}

/** What the file shows that a reader must know before it is stored as it is. */
function Findings({
  ready,
}: {
  ready: Extract<ReturnType<typeof useImportFile>['read'], { status: 'ready' }>;
}) {
  const { recording, mapping } = ready;
  const notes = [
    ...clockNotes(recording.clock, recording.emptyTailCount),
    ...recording.channels.flatMap(({ missingCount }, index) =>
      missingCount > 0
        ? [
            `${mapping.channels[index]!.name}: ${missingCount.toLocaleString('en')} ${missingCount === 1 ? 'sample has' : 'samples have'} no value.`,
          ]
        : [],
    ),
  ];
  if (notes.length === 0) return null;
  return (
    <Notice tone="caution" title="Stored as it is in the file:">
      <ul className={styles.notes}>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Notice>
  );
}

function questionWords(question: MappingQuestion, layout: Parameters<typeof importProblemText>[1]): string {
  const heading = (column: number) => `"${layout?.columns[column]?.name ?? column + 1}"`;
  switch (question.kind) {
    case 'no-channel':
      return 'a column with values';
    case 'too-many-channels':
      return 'fewer columns (16 at most)';
    case 'time-unit':
      return 'the unit of the time column';
    case 'rate':
      return 'the sampling rate';
    case 'channel-unit':
    case 'unit-of-another-role':
      return `the unit of ${heading(question.column)}`;
  }
}
