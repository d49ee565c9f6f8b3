import { Button, NativeSelect } from '@mantine/core';
import { IconArrowBackUp, IconEyeOff } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { TraceMarkKind } from '../../../core/clinical/trace-mark-proposals.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { Recording, RecordingView as StoredView } from '../../../core/contract/schemas/recording.ts';
import { tareOffset } from '../../../core/formats/recording-view.ts';
import { errorText } from '../../app/error-text.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { type RecordingSamples, recordingUnitText, traceSeries } from '../../app/recording-samples.ts';
import { tracePng } from '../../charts/trace-picture.ts';
import { secondsText } from '../../charts/trace-text.ts';
import { TraceView } from '../../charts/trace-view.tsx';
import { type TimeWindow, wholeWindow } from '../../charts/trace-window.ts';
import { useApi } from '../../platform/api.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { markRefusal } from './mark-limits.ts';
import { MarksTable } from './marks-table.tsx';
import { RecordingFacts } from './recording-facts.tsx';
import { recordingTitle, tareWords } from './recording-words.ts';
import styles from './recordings.module.css';
import { TareAndCrop } from './tare-and-crop.tsx';
import { MAX_CSV_ROWS, stretchCsv } from './trace-facts.ts';
import { MARK_NAMES, useMarks, withMark } from './use-marks.ts';

/** Steps that can be taken back on one screen. */
const MOST_STEPS_BACK = 100;

/** A recording with its samples. Marks, zero and ends are stored as versions; the samples never change. */
export function RecordingView(props: { stored: Recording; samples: RecordingSamples }) {
  const { samples } = props;
  const { decimalMark } = usePreferences();
  const api = useApi();
  const [recording, setRecording] = useState(props.stored);
  const [channel, setChannel] = useState(0);
  const [error, setError] = useState<WireError | null>(null);
  /** What was there before each change on this screen, the latest last, to go back to. */
  const [before, setBefore] = useState<readonly { view: StoredView; what: string }[]>([]);
  /** Why the last mark that was dragged or placed stays where it was. */
  const [refusal, setRefusal] = useState<string | null>(null);
  const isSaving = useRef(false);
  const marksArea = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<TimeWindow | null>(null);
  const [isCutting, setIsCutting] = useState(false);
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const { view, header } = recording;
  const viewKey = JSON.stringify([view.tares, view.crop]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is tare and crop as text
  const series = useMemo(() => traceSeries(recording, samples, channel, view), [samples, channel, viewKey]);
  const { marks, proposed, notes, isLooking, drawn } = useMarks(recording, series);
  const unit = recordingUnitText(header.mapping.channels[channel]!.unit);
  const tare = view.tares[channel] ?? null;
  const tareText = tareWords(tare, unit, tareOffset(samples.timeS, samples.channels[channel]!, tare));

  const store = async (next: StoredView): Promise<boolean> => {
    if (isSaving.current) return false;
    isSaving.current = true;
    const result = await api['recordings.saveView']({ recordingId: recording.id, view: next });
    isSaving.current = false;
    setRefusal(null);
    setError(result.ok ? null : result.error);
    if (result.ok) setRecording(result.value);
    return result.ok;
  };
  const save = async (next: StoredView, what: string) => {
    if (await store(next)) setBefore((steps) => [...steps, { view, what }].slice(-MOST_STEPS_BACK));
  };
  const last = before.at(-1);
  const undo = async () => {
    if (last === undefined || !(await store(last.view))) return;
    setBefore((steps) => steps.slice(0, -1));
    // With the last step the button goes, and the cursor with it.
    if (before.length === 1) marksArea.current?.querySelector<HTMLElement>('input, button')?.focus();
  };
  const refusalOf = (kind: TraceMarkKind, atS: number) => {
    const firstS = series?.timeS[0] ?? 0;
    return markRefusal(kind, atS, marks, {
      firstS,
      lastS: series?.timeS.at(-1) ?? firstS,
      isPart: view.crop !== null,
    });
  };
  const moveMark = (kind: TraceMarkKind, atS: number) => {
    const refused = refusalOf(kind, atS);
    if (refused !== null) setRefusal(refused);
    else void save({ ...view, marks: withMark(marks, kind, atS) }, `${MARK_NAMES[kind]} moved`);
  };
  const removeMark = (kind: TraceMarkKind) =>
    void save({ ...view, marks: marks.filter((m) => m.kind !== kind) }, `${MARK_NAMES[kind]} removed`);
  const setAside = async (isSetAside: boolean) => {
    const result = await api['recordings.setAside']({ recordingId: recording.id, isSetAside });
    if (result.ok) setRecording(result.value);
    setError(result.ok ? null : result.error);
  };
  const onWindow = useCallback((window: TimeWindow) => setShown(window), []);

  if (series === null) {
    return (
      <Notice
        tone="caution"
        title="The stretch of rest for the zero holds no values."
        action={
          <Button
            variant="default"
            onClick={() => void save({ ...view, tares: view.tares.map(() => null) }, 'zero taken back')}
          >
            Take the zero back
          </Button>
        }
      />
    );
  }
  const window = shown ?? wholeWindow(series.timeS);
  const copyCsv = async () => {
    const text = stretchCsv(series, window, tareText, decimalMark);
    if (text === null) throw new RangeError('too many rows');
    await navigator.clipboard.writeText(text);
  };
  const copyPicture = async () => {
    if (canvas.current === null) throw new Error('nothing is drawn');
    const picture = tracePng(canvas.current, {
      title: recordingTitle(recording),
      lines: [
        `${series.name} in ${series.unit}, zero: ${tareText}`,
        `${secondsText(window.fromS)} to ${secondsText(window.toS)}; drawn: lowest and highest sample of each pixel`,
        ...marks.map((mark) => `${MARK_NAMES[mark.kind]}: ${secondsText(mark.atS)}`),
      ],
    });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  };
  return (
    <>
      {recording.isSetAside && (
        <Notice
          tone="info"
          title="This recording is set aside: it is not offered for a judgement."
          action={
            <Button variant="default" onClick={() => void setAside(false)}>
              Undo: take it back
            </Button>
          }
        />
      )}
      {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
      {header.mapping.channels.length > 1 && (
        <div className={styles.narrow}>
          <NativeSelect
            label="Channel shown"
            value={String(channel)}
            onChange={(event) => setChannel(Number(event.currentTarget.value))}
            data={header.mapping.channels.map(({ name }, index) => ({ value: String(index), label: name }))}
          />
        </div>
      )}
      <TraceView
        key={`${channel}/${viewKey}`}
        series={series}
        label={`${series.name} over time; facts and marks stand below as numbers`}
        marks={drawn}
        onMarkMoved={(id, atS) => moveMark(id as TraceMarkKind, atS)}
        onWindow={onWindow}
        canvasRef={canvas}
      />
      <div className={styles.fields}>
        <CopyButton label="Copy the picture" done="Copied: paste it into a letter." onCopy={copyPicture} />
        <CopyButton
          label="Copy the stretch shown as CSV"
          done="Copied: paste it into a table."
          onCopy={copyCsv}
        />
        <span className={styles.quiet}>
          CSV: every sample, at most {MAX_CSV_ROWS.toLocaleString('en')} rows
        </span>
      </div>
      <Section title="Marks" lead={isLooking ? 'Looking for onset, peak and plateau.' : undefined}>
        <div role="status" className={styles.fields}>
          {last !== undefined && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size="1.125rem" aria-hidden="true" />}
              onClick={() => void undo()}
            >
              Undo: {last.what}
            </Button>
          )}
          {refusal !== null && <Notice tone="caution" title={refusal} />}
        </div>
        <div ref={marksArea}>
          <MarksTable
            series={series}
            marks={marks}
            middleS={(window.fromS + window.toS) / 2}
            refusalOf={refusalOf}
            onMove={moveMark}
            onRemove={removeMark}
          />
        </div>
        {notes.length > 0 && recording.view.marks === null && (
          <ul className={styles.notes}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        {recording.view.marks !== null && (
          <Button
            variant="subtle"
            onClick={() => void save({ ...view, marks: null }, 'marks put back as proposed')}
          >
            Put all marks back as proposed ({proposed.length})
          </Button>
        )}
      </Section>
      <RecordingFacts
        recording={recording}
        series={series}
        marks={marks}
        channel={channel}
        tareText={tareText}
      />
      <Section title="Zero and ends" lead="The samples stay as in the file; a change is a new version.">
        {isCutting ? (
          <CutEditor
            recording={recording}
            samples={samples}
            onSave={(cut) => {
              setIsCutting(false);
              // Marks that were proposed for other ends are looked for anew; marks of people stay.
              void save({ ...view, ...cut }, 'zero and ends changed');
            }}
            onCancel={() => setIsCutting(false)}
          />
        ) : (
          <Button variant="default" onClick={() => setIsCutting(true)}>
            Change zero or ends
          </Button>
        )}
      </Section>
      {!recording.isSetAside && (
        <div className={styles.end}>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconEyeOff size="1.125rem" aria-hidden="true" />}
            onClick={() => void setAside(true)}
          >
            Set this recording aside
          </Button>
        </div>
      )}
    </>
  );
}

function CutEditor(props: {
  recording: Recording;
  samples: RecordingSamples;
  onSave: (cut: Pick<StoredView, 'tares' | 'crop'>) => void;
  onCancel: () => void;
}) {
  const { recording, samples } = props;
  const [cut, setCut] = useState({ tares: recording.view.tares, crop: recording.view.crop });
  const isFitting = cut.tares.every(
    (tare, index) => tareOffset(samples.timeS, samples.channels[index]!, tare) !== null,
  );
  return (
    <>
      <TareAndCrop mapping={recording.header.mapping} samples={samples} value={cut} onChange={setCut} />
      <div className={styles.fields}>
        <Button disabled={!isFitting} onClick={() => props.onSave(cut)}>
          Save zero and ends
        </Button>
        <Button variant="default" onClick={props.onCancel}>
          Cancel
        </Button>
      </div>
    </>
  );
}
