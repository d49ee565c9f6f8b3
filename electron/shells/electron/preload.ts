// Runs sandboxed, built as one CommonJS file; it exposes three members and never hands on an Electron object.
import { contextBridge, ipcRenderer } from 'electron';
import { PUSH_CHANNEL, WIRE_CHANNEL } from './channels.ts';

contextBridge.exposeInMainWorld('appTransport', {
  shell: 'electron',
  request: (frame: string): Promise<string> => ipcRenderer.invoke(WIRE_CHANNEL, frame),
  onPush: (listener: (frame: string) => void) => {
    const forward = (_event: unknown, frame: string) => listener(frame);
    ipcRenderer.on(PUSH_CHANNEL, forward);
    return () => {
      ipcRenderer.off(PUSH_CHANNEL, forward);
    };
  },
});
