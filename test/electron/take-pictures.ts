/**
 * node take-pictures.ts FOLDER: pictures of the program on a real XFCE panel: its icon, its menu, a notification. Part
 * of `npm run electron:test -- --pictures`, in whose desktop session it runs.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { launchOnElectron } from '../e2e/support/electron-driver.ts';
import { callSales, openOffice, prepareProfile } from '../e2e/support/office.ts';
import { WindowPage } from '../e2e/support/window-page.ts';
import { openTestPbx } from '../pbx/test-pbx.ts';
import { untilWorks } from '../support/children.ts';
import { finishSetup } from '../support/finished-setup.ts';
import { openDesk, type Desk } from './desk.ts';
import type { XfceTheme } from './xfce.ts';

const run = promisify(execFile);
const [folder = ''] = process.argv.slice(2);
/** The place of the only tray icon, at the right end of the panel. */
const ICON = { x: '1266', y: '14' };
/** The part of the screen that a picture shows, and the part of the picture in which something has to be drawn. */
const PICTURES = {
  'desk-notification': { shows: '420x140+860+0', drawn: '200x60+210+50' },
  'desk-menu': { shows: '420x340+860+0', drawn: '280x60+120+32' },
};

mkdirSync(folder, { recursive: true });
for (const theme of ['light', 'dark'] as const) await takePictures(theme);
// The open connections to the buses would keep the process running.
process.exit(0);

async function takePictures(theme: XfceTheme): Promise<void> {
  const desk = await openDesk(theme);
  const pbx = await openTestPbx({ traffic: false, pace: 0.02 });
  try {
    const profile = mkdtempSync(join(tmpdir(), 'profile-'));
    finishSetup(profile);
    prepareProfile(profile);
    const app = await launchOnElectron({ profile, colorScheme: theme }, desk);
    const window = new WindowPage(() => app.page);
    await openOffice(window, pbx);
    await closeNotifications(desk);
    await callSales(window, pbx);
    await picture(desk, 'desk-notification', theme);
    await closeNotifications(desk);
    await rightClick(desk);
    await picture(desk, 'desk-menu', theme);
    await app.stop();
    rmSync(profile, { recursive: true });
  } finally {
    await pbx.close();
    desk.close();
  }
}

async function closeNotifications({ env }: Desk): Promise<void> {
  await run('dunstctl', ['close-all'], { env: { ...process.env, ...env } });
}

async function rightClick({ env }: Desk): Promise<void> {
  await run('xdotool', ['mousemove', ICON.x, ICON.y, 'click', '3'], { env: { ...process.env, ...env } });
}

/** Repeats the picture until something is drawn there, because a panel does not report when it has drawn. */
async function picture({ env }: Desk, name: keyof typeof PICTURES, theme: XfceTheme): Promise<void> {
  const file = join(folder, `${name}-${theme}.png`);
  const { shows, drawn } = PICTURES[name];
  await untilWorks(async () => {
    await run('import', ['-window', 'root', '-crop', shows, '+repage', file], { env: { ...process.env, ...env } });
    const { stdout } = await run('convert', [file, '-crop', drawn, '+repage', '-format', '%k', 'info:']);
    if (Number(stdout) < 8) throw new Error(`${name}: nothing is drawn at ${drawn}.`);
  });
}
