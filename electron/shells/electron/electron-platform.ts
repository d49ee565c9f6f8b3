import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron/main';
import { type Platform, safeFileName } from '../../host/app/platform.ts';

/** The system's own "save as" dialogue, and the window's page as a PDF. */
export function createElectronPlatform(window: BrowserWindow): Platform {
  return {
    choosePathToSave: async (suggestedName, kind) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: join(app.getPath('documents'), safeFileName(suggestedName, kind.extensions)),
        filters: [{ name: kind.name, extensions: [...kind.extensions] }],
        // Windows, macOS and Linux ask before an existing file is replaced; the dialogue names it.
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      });
      return canceled || filePath === '' ? null : filePath;
    },
    printToPdf: () =>
      window.webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true }),
  };
}
