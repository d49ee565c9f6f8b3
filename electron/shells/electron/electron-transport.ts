import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron/main';
import type { HostTransport } from '../../../core/contract/wire.ts';
import { PUSH_CHANNEL, WIRE_CHANNEL } from './channels.ts';

/**
 * The wire between the window and the host. Frames from anything but the window's main frame at exactly `origin`
 * are refused. The frame's own `origin` is compared: `new URL('app://bundle').origin` is the string "null".
 */
export function createElectronTransport(contents: WebContents, origin: string): HostTransport {
  const isTrusted = (event: IpcMainInvokeEvent): boolean => {
    const frame = event.senderFrame;
    return (
      event.sender === contents &&
      frame !== null &&
      !frame.detached &&
      frame.parent === null &&
      frame.origin === origin
    );
  };
  let setAnswer: (answer: (frame: string) => Promise<string>) => void = () => undefined;
  const answerReady = new Promise<(frame: string) => Promise<string>>((resolve) => {
    setAnswer = resolve;
  });
  // Registered at once: a page that asks before the host is up waits for it.
  ipcMain.handle(WIRE_CHANNEL, async (event, frame: unknown) => {
    if (!isTrusted(event) || typeof frame !== 'string') throw new Error('refused');
    return (await answerReady)(frame);
  });
  return {
    serve: (answer) => setAnswer(answer),
    push: (frame) => {
      if (!contents.isDestroyed()) contents.send(PUSH_CHANNEL, frame);
    },
  };
}
