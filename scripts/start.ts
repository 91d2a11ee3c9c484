import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { buildWhenStale, ROOT } from './build-when-stale.ts';
import { downloadElectron, findElectron } from './electron-binary.ts';

/**
 * `npm start`: builds, then runs the program in Electron. Where Electron cannot run, says why in one sentence and goes
 * on with the same build in a browser.
 */
const BROWSER_INSTEAD = 'so Traydial opens in your browser instead';
/** Electron that ends by itself this soon, and badly, could not start. */
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
  const { code, signal } = await runToEnd(program, [ROOT, ...asRoot, ...args], env);
  if (code === 0 || Date.now() - started > EARLY_MS) process.exit(code ?? 1);
  if (process.platform === 'linux' && signal === 'SIGTRAP') console.log(sandboxCure(program));
  console.log(`Electron could not start here, ${BROWSER_INSTEAD}.`);
  await runPreview();
}

async function runPreview(): Promise<void> {
  const asFlags = args.flatMap((argument) => (/^[a-z]+:/i.test(argument) ? ['--link', argument] : [argument]));
  process.exit(await run(process.execPath, [join(ROOT, 'scripts/preview.ts'), ...asFlags], process.env));
}

/** What to do when Chromium ended by SIGTRAP because it found neither kind of sandbox. */
function sandboxCure(program: string): string {
  const helper = join(dirname(program), 'chrome-sandbox');
  return [
    'Electron found no sandbox: this system does not let programs make user namespaces (Ubuntu 23.10 and later), and',
    'its own helper is not set up. Either allow this program by an AppArmor profile with "userns,", or run',
    `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  ].join('\n');
}

async function run(command: string, argv: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return (await runToEnd(command, argv, env)).code ?? 1;
}

interface End {
  /** null when a signal ended it, or it could not be started. */
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A signal that ends this script ends the program first. */
async function runToEnd(command: string, argv: string[], env: NodeJS.ProcessEnv): Promise<End> {
  const child = spawn(command, argv, { stdio: 'inherit', env });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return { code, signal };
  } catch {
    return { code: null, signal: null };
  } finally {
    process.off('SIGINT', forward).off('SIGTERM', forward);
  }
}

function hasScreen(): boolean {
  if (process.platform !== 'linux') return true;
  return [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some((value) => value !== undefined && value !== '');
}
