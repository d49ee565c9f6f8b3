// The probe's ten lines: no code of the app. Can Electron run here at all?
const { mkdtempSync } = require('node:fs');
const { join } = require('node:path');
const { app, BrowserWindow } = require('electron');
app.setPath('userData', mkdtempSync(join(require('node:os').tmpdir(), 'prehensa-hello-')));
app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
  await window.loadURL('data:text/html,<title>hello</title>');
  const hello = await window.webContents.executeJavaScript('document.title');
  console.log(JSON.stringify({ hello, electron: process.versions.electron }));
  app.exit(hello === 'hello' ? 0 : 1);
});
