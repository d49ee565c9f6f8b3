import { useEffect, useRef, useState } from 'react';
import type { Dialect } from '../../../core/formats/delimited-dialect.ts';
import {
  type ImportedRecording,
  type ImportProblem,
  importRecording,
} from '../../../core/formats/recording-import.ts';
import { findLayout, layoutSignature, type RecordingLayout } from '../../../core/formats/recording-layout.ts';
import {
  completeMapping,
  type OpenMapping,
  proposeMapping,
  type RecordingMapping,
  rememberedMapping,
} from '../../../core/formats/recording-mapping.ts';
import { MAX_RECORDING_BYTES } from '../../../core/formats/recording-samples.ts';
import { useApi } from '../../platform/api.tsx';

export interface ChosenFile {
  name: string;
  bytes: Uint8Array;
}

/** The samples of the file as far as they are read. */
export type ReadState =
  | { status: 'waiting' }
  | { status: 'reading'; share: number }
  | { status: 'stopped' }
  | { status: 'ready'; recording: ImportedRecording; mapping: RecordingMapping }
  | { status: 'refused'; problem: ImportProblem };

export type Remembered = { mapping: OpenMapping; usedAt: string };

/** A slice of reading takes this long, milliseconds, before the page draws again. */
const SLICE_MS = 12;

/** A file on its way in: bytes, how it is written, what its columns are, and its samples once all of that is stated. */
export function useImportFile() {
  const api = useApi();
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [problem, setProblem] = useState<ImportProblem | null>(null);
  const [layout, setLayout] = useState<RecordingLayout | null>(null);
  const [dialect, setDialect] = useState<Dialect | null>(null);
  const [mapping, setMapping] = useState<OpenMapping | null>(null);
  const [remembered, setRemembered] = useState<Remembered | null>(null);
  const [read, setRead] = useState<ReadState>({ status: 'waiting' });
  const [attempt, setAttempt] = useState(0);
  const stopped = useRef(false);
  /** Which file an answer belongs to: a slow one must not land on the next file. */
  const question = useRef(0);

  const look = (bytes: Uint8Array, wanted: Dialect | null) => {
    const found = findLayout(bytes, wanted);
    question.current += 1;
    const mine = question.current;
    setRemembered(null);
    setRead({ status: 'waiting' });
    if (!found.ok) {
      setProblem({ kind: found.problem });
      setLayout(null);
      setMapping(null);
      setDialect(wanted ?? { delimiter: ';', decimalSign: '.' });
      return;
    }
    setProblem(null);
    setLayout(found.layout);
    setDialect({ delimiter: found.layout.delimiter, decimalSign: found.layout.decimalSign });
    setMapping(proposeMapping(found.layout));
    void api['recordings.findMapping']({ signature: layoutSignature(found.layout) }).then((result) => {
      if (mine !== question.current || !result.ok || result.value.mapping === null) return;
      const last = rememberedMapping(found.layout, result.value.mapping);
      if (last !== null) setRemembered({ mapping: last, usedAt: result.value.usedAt ?? '' });
    });
  };

  const choose = async (chosen: File) => {
    question.current += 1;
    const mine = question.current;
    if (chosen.size > MAX_RECORDING_BYTES) {
      setFile(null);
      setLayout(null);
      setMapping(null);
      setProblem({ kind: 'too-large', bytes: chosen.size });
      return;
    }
    const bytes = new Uint8Array(await chosen.arrayBuffer().catch(() => new ArrayBuffer(0)));
    if (mine !== question.current) return;
    setFile({ name: chosen.name, bytes });
    look(bytes, null);
  };

  const complete = mapping === null || dialect === null ? null : completeMapping(mapping, dialect);
  const key = complete === null ? null : JSON.stringify(complete);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the mapping as text; an attempt reads again
  useEffect(() => {
    if (file === null || complete === null) {
      setRead({ status: 'waiting' });
      return;
    }
    stopped.current = false;
    let isCurrent = true;
    const work = importRecording(file.bytes, complete);
    setRead({ status: 'reading', share: 0 });
    const slice = () => {
      if (!isCurrent) return;
      if (stopped.current) {
        setRead({ status: 'stopped' });
        return;
      }
      const startedMs = performance.now();
      let step = work.next();
      while (!step.done && performance.now() - startedMs < SLICE_MS) step = work.next();
      if (!step.done) {
        setRead({ status: 'reading', share: step.value });
        setTimeout(slice);
        return;
      }
      const result = step.value;
      setRead(
        result.ok
          ? { status: 'ready', recording: result.recording, mapping: complete }
          : { status: 'refused', problem: result.problem },
      );
    };
    const timer = setTimeout(slice);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [file, key, attempt]);

  return {
    file,
    problem,
    layout,
    dialect,
    mapping,
    remembered,
    read,
    choose,
    setMapping: (next: OpenMapping) => setMapping(next),
    takeRemembered: () => {
      if (remembered !== null) setMapping(remembered.mapping);
    },
    changeDialect: (next: Dialect) => {
      if (file !== null) look(file.bytes, next);
    },
    stopReading: () => {
      stopped.current = true;
    },
    readAgain: () => setAttempt((count) => count + 1),
  };
}
