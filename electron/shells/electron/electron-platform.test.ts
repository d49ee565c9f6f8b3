import type { App, BrowserWindow, Dialog, SaveDialogOptions, WebContents } from 'electron/main';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createElectronPlatform } from './electron-platform.ts';

/** What the dialogue of the system was asked, and what its user did. API double, not Electron. */
const system = vi.hoisted(() => ({
  asked: [] as SaveDialogOptions[],
  answer: { canceled: false, filePath: '/home/user/report.pdf' },
  printed: [] as unknown[],
}));
vi.mock('electron/main', () => ({
  app: { getPath: () => '/home/user/Documents' } satisfies Pick<App, 'getPath'>,
  dialog: {
    showSaveDialog: async (...values: unknown[]) => {
      system.asked.push(values.at(-1) as SaveDialogOptions);
      return system.answer;
    },
  } as Pick<Dialog, 'showSaveDialog'>,
}));

const window = {
  webContents: {
    printToPDF: async (options) => {
      system.printed.push(options);
      return Buffer.from('%PDF-1.4');
    },
  } satisfies Pick<WebContents, 'printToPDF'> as WebContents,
} as BrowserWindow;
const PDF = { name: 'document (PDF)', extensions: ['pdf'] };

beforeEach(() => {
  system.asked.length = 0;
  system.printed.length = 0;
});

describe('the platform of the Electron shell', () => {
  it('asks the user where, with a name that is no path, and names the kind of file', async () => {
    const platform = createElectronPlatform(window);
    expect(await platform.choosePathToSave('../hand report.pdf', PDF)).toBe('/home/user/report.pdf');
    const [asked] = system.asked;
    expect(asked?.defaultPath?.startsWith('/home/user/Documents')).toBe(true);
    expect(asked?.defaultPath).not.toContain('..');
    expect(asked?.filters).toEqual([{ name: 'document (PDF)', extensions: ['pdf'] }]);
    expect(asked?.properties).toContain('showOverwriteConfirmation');
  });

  it('answers null when the user closes the dialogue', async () => {
    system.answer = { canceled: true, filePath: '' };
    expect(await createElectronPlatform(window).choosePathToSave('report.pdf', PDF)).toBeNull();
  });

  it('prints the window’s page in the size that its style sheet asks for', async () => {
    const bytes = await createElectronPlatform(window).printToPdf();
    expect(Buffer.from(bytes).toString()).toBe('%PDF-1.4');
    expect(system.printed).toEqual([{ pageSize: 'A4', printBackground: true, preferCSSPageSize: true }]);
  });
});
