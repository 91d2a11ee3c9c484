// The smallest tray program: the lock, a tray icon, a window with a line of text, one request. Its costs are Electron's
// own, which we cannot reduce.
import { readFile } from 'node:fs/promises';
import { get } from 'node:https';
import { join } from 'node:path';
import { app, BrowserWindow, Menu, protocol, Tray } from 'electron';

const { BENCH_ICON: icon, BENCH_PBX: pbx } = process.env;
/** Both stay for as long as the program runs. */
let tray = null;
let window = null;

function start() {
  protocol.handle('bare', servePage);
  tray = new Tray(icon);
  tray.setToolTip('Bare');
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.exit(0) }]));
  if (pbx) get(pbx, { rejectUnauthorized: false }).on('error', () => {});
  if (!process.argv.includes('--hidden')) show();
}

function show() {
  if (window === null) {
    window = new BrowserWindow({ width: 380, height: 620, show: false, webPreferences: { sandbox: true } });
    window.on('close', (event) => {
      event.preventDefault();
      window.hide();
    });
    void window.loadURL('bare://page/index.html');
  }
  window.show();
}

async function servePage({ url }) {
  const { pathname } = new URL(url);
  const type = pathname.endsWith('.html') ? 'text/html' : 'text/javascript';
  return new Response(await readFile(join(import.meta.dirname, '../renderer', pathname)), {
    headers: { 'content-type': type },
  });
}

protocol.registerSchemesAsPrivileged([{ scheme: 'bare', privileges: { standard: true, secure: true } }]);
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', show);
  app.on('window-all-closed', () => {});
  void app.whenReady().then(start);
} else app.exit(0);
