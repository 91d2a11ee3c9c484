/**
 * node take-pictures.ts FOLDER: pictures of the program on a real XFCE panel: its icon, its menu, a notification. Part
 * of `npm run electron:test -- --pictures`, in whose surroundings it runs.
 */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { launchOnElectron } from '../e2e/support/electron-driver.ts';
import { untilWorks } from '../support/children.ts';
import { openDesk, type Desk } from './desk.ts';
import type { XfceTheme } from './xfce.ts';

const run = promisify(execFile);
const [folder = ''] = process.argv.slice(2);
/** Where the only icon of the tray is, at the right end of the panel. */
const ICON = { x: '1266', y: '14' };
const CORNER = '640x300+640+0';
/** Parts of that corner, and what is drawn there. */
const AREAS = { 'desk-tray': '40x28+600+0', 'desk-notification': '200x60+430+50', 'desk-menu': '180x80+450+200' };

mkdirSync(folder, { recursive: true });
for (const theme of ['light', 'dark', 'default'] as const) await takePictures(theme);
// The open connections to the buses would keep the process running.
process.exit(0);

async function takePictures(theme: XfceTheme): Promise<void> {
  const desk = await openDesk(theme);
  try {
    const app = await launchOnElectron({ demo: true, seed: 3, colorScheme: theme === 'dark' ? 'dark' : 'light' }, desk);
    await app.page.getByRole('textbox', { name: 'Number to call' }).waitFor();
    await picture(desk, 'desk-tray', theme);
    await app.page.getByRole('button', { name: 'Incoming for me' }).click();
    await picture(desk, 'desk-notification', theme);
    await run('dunstctl', ['close-all'], { env: { ...process.env, ...desk.env } });
    await rightClick(desk);
    await picture(desk, 'desk-menu', theme);
    await app.stop();
  } finally {
    desk.close();
  }
}

async function rightClick({ env }: Desk): Promise<void> {
  await run('xdotool', ['mousemove', ICON.x, ICON.y, 'click', '3'], { env: { ...process.env, ...env } });
}

/** Takes the picture again until something is drawn in its place: a panel does not report when it has drawn. */
async function picture({ env }: Desk, name: keyof typeof AREAS, theme: XfceTheme): Promise<void> {
  const file = join(folder, `${name}-${theme}.png`);
  await untilWorks(async () => {
    await run('import', ['-window', 'root', '-crop', CORNER, '+repage', file], { env: { ...process.env, ...env } });
    const { stdout } = await run('convert', [file, '-crop', AREAS[name], '+repage', '-format', '%k', 'info:']);
    if (Number(stdout) < 8) throw new Error(`${name}: nothing is drawn at ${AREAS[name]}.`);
  });
}
