import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildWhenStale, ROOT } from './build-when-stale.ts';
import { downloadElectron, findElectron } from './electron-binary.ts';
import { sandboxAdvice, type ElectronEnd } from './sandbox-advice.ts';

/**
 * `npm start`: builds, then runs the program in Electron. When Electron cannot run, it prints the reason and shows the
 * same build in a browser.
 */
const BROWSER_INSTEAD = 'so Traydial opens in your browser instead';
/** Electron failed to start if it ends with an error this soon. */
const EARLY_MS = 4_000;

const args = process.argv.slice(2);
if (!(await buildWhenStale())) process.exit(1);

const electron = hasScreen() ? (findElectron() ?? (await downloadElectron())) : null;
if (electron !== null) await runElectron(electron);
else if (hasScreen()) {
  console.log(
    `Electron's program is not here and could not be downloaded, ${BROWSER_INSTEAD}; for its own window run ` +
      '"npx install-electron" where github.com can be reached, or set ELECTRON_MIRROR or ELECTRON_OVERRIDE_DIST_PATH ' +
      '(see README.md).',
  );
  await runPreview();
} else {
  console.log(`There is no screen here (DISPLAY and WAYLAND_DISPLAY are not set), ${BROWSER_INSTEAD}.`);
  await runPreview();
}

async function runElectron(program: string): Promise<void> {
  // Chromium refuses to start as root with its sandbox; for an ordinary user it is never switched off.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const env = { ...process.env };
  delete env['ELECTRON_RUN_AS_NODE'];
  const started = Date.now();
  const end = await runToEnd(program, [ROOT, ...asRoot, ...args], env);
  if (end.code === 0 || Date.now() - started > EARLY_MS) process.exit(end.code ?? 1);
  const advice = process.platform === 'linux' ? sandboxAdvice(program, end) : null;
  if (advice !== null) console.log(advice);
  console.log(`Electron could not start here, ${BROWSER_INSTEAD}.`);
  await runPreview();
}

async function runPreview(): Promise<void> {
  const asFlags = args.flatMap((argument) => (/^[a-z]+:/i.test(argument) ? ['--link', argument] : [argument]));
  process.exit(await run(process.execPath, [join(ROOT, 'scripts/preview.ts'), ...asFlags], process.env));
}

async function run(command: string, argv: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return (await runToEnd(command, argv, env)).code ?? 1;
}

interface End extends ElectronEnd {
  /** null when a signal ended it, or it could not be started. */
  code: number | null;
}

/** How much of the end of stderr is kept, in characters: Chromium's last sentence is in it. */
const KEPT = 20_000;

/** A signal that ends this script ends the program first. */
async function runToEnd(command: string, argv: string[], env: NodeJS.ProcessEnv): Promise<End> {
  const child = spawn(command, argv, { stdio: ['inherit', 'inherit', 'pipe'], env });
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => {
    process.stderr.write(text);
    stderr = (stderr + text.toString()).slice(-KEPT);
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return { code, signal, stderr };
  } catch {
    return { code: null, signal: null, stderr };
  } finally {
    process.off('SIGINT', forward).off('SIGTERM', forward);
  }
}

function hasScreen(): boolean {
  if (process.platform !== 'linux') return true;
  return [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some((value) => value !== undefined && value !== '');
}
