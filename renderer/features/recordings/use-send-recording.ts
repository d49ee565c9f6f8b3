import { useEffect, useRef, useState } from 'react';
import type { InputWire } from '../../../core/contract/contract.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { visibleText } from '../../../core/formats/visible-text.ts';
import { useApi } from '../../platform/api.tsx';
import { sendBytes } from '../../platform/bulk.ts';
import type { ChosenFile } from './use-import-file.ts';

export type SendState =
  | { status: 'idle' }
  | { status: 'sending' }
  | { status: 'stopped' }
  | { status: 'failed'; error: WireError };
export type ImportPlan = Omit<InputWire<'recordings.finishImport'>, 'uploadId'>;

/** Sends a file to the host and has it stored; until the last byte has arrived it can be stopped. */
export function useSendRecording(sessionId: SessionId, onImported: (recordingId: string) => void) {
  const api = useApi();
  const [state, setState] = useState<SendState>({ status: 'idle' });
  const [share, setShare] = useState(0);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const send = async (file: ChosenFile, plan: ImportPlan): Promise<void> => {
    const controller = new AbortController();
    stop.current = controller;
    setShare(0);
    setState({ status: 'sending' });
    const begun = await api['recordings.beginImport']({
      sessionId,
      fileName: visibleText(file.name).trim().slice(0, 255) || 'unnamed file',
      sizeBytes: file.bytes.length,
    });
    if (!begun.ok) {
      setState({ status: 'failed', error: begun.error });
      return;
    }
    const { uploadId, path } = begun.value;
    const sent = await sendBytes(path, file.bytes, setShare, controller.signal);
    if (!sent.ok) {
      void api['recordings.cancelImport']({ uploadId });
      setState(
        sent.reason === 'stopped'
          ? { status: 'stopped' }
          : { status: 'failed', error: { code: 'recording.upload', incident: 'transfer' } },
      );
      return;
    }
    const finished = await api['recordings.finishImport']({ uploadId, ...plan });
    if (finished.ok) onImported(finished.value.id);
    else setState({ status: 'failed', error: finished.error });
  };
  return { state, share, send, stop: () => stop.current?.abort() };
}
