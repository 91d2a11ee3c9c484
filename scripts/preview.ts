import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startHost } from '../test/host/host.ts';
import { parseSim, SIM_VALUES } from '../test/host/sim.ts';
import { buildWhenStale, ROOT } from './build-when-stale.ts';
import { openInBrowser } from './open-in-browser.ts';

const HELP = `Runs the built Traydial in a browser, on a stand-in for Electron.

  npm run preview -- [options] [arguments for Traydial]

  --port N             port on 127.0.0.1; 0 (as without it) takes any free one
  --profile DIR        folder for settings and state; without it a temporary one that is removed at the end
  --no-open            do not open the browser
  --demo               start signed in to the demo PBX
  --seed N             seed of the demo's traffic
  --link URL           start as by a click on this tel: link
  --sim NAME=VALUE     what the pretended computer is like; may be given several times:
${Object.entries(SIM_VALUES)
  .map(([name, values]) => `                         ${name}=${values.join('|')}`)
  .join('\n')}
  --help               this text

TRAYDIAL_CONTROL_TOKEN in the environment is the token of the control API, instead of a random one.
`;
const CONTROL_TOKEN = 'TRAYDIAL_CONTROL_TOKEN';

const options = readOptions();
// Must not reach the app or the programs it starts.
delete process.env['TRAYDIAL_CONTROL_TOKEN'];
if (!(await buildWhenStale())) process.exit(1);
// Copied now, because the host later points the app and its children to folders inside the profile.
const environment = { ...process.env };
try {
  const { url, newAddress, desktopUrl } = await startHost({
    appPath: ROOT,
    ...options,
    onOpened: (address) => console.log(`For another browser: ${address}`),
    onExit: () => console.log('Traydial has quit.'),
  });
  console.log(`Preview ready: ${url}`);
  console.log(`Tray, notifications and more: ${desktopUrl}`);
  // Not the printed address: every user of this computer can see the arguments of the browser.
  if (options.open) openInBrowser(newAddress(), environment);
} catch (error) {
  if (isPortTaken(error))
    fail(1, `Port ${options.port} is in use by another program. Choose another one with --port, or 0 for any.`);
  console.error(error);
  process.exit(1);
}

function readOptions() {
  const { values, positionals } = parseFlags();
  if (values.help === true) {
    console.log(HELP);
    process.exit(0);
  }
  const sim = parseSim(values.sim ?? []);
  if ('problem' in sim) fail(2, sim.problem);
  const seed = values.seed === undefined ? [] : [`--seed=${wholeNumber('--seed', values.seed, 999_999_999)}`];
  return {
    argv: [...(values.demo === true ? ['--demo'] : []), ...seed, ...positionals],
    link: values.link ?? null,
    port: wholeNumber('--port', values.port ?? '0', 65_535),
    profile: usableFolder(values.profile),
    token: controlToken(process.env[CONTROL_TOKEN]),
    sim,
    open: values['no-open'] !== true,
  };
}

function controlToken(token: string | undefined): string | null {
  if (token === '') fail(2, `${CONTROL_TOKEN} is empty, which would let anybody in.`);
  return token ?? null;
}

/** Created here, so that a failure prints a sentence and not a stack. */
function usableFolder(profile: string | undefined): string | null {
  if (profile === undefined) return null;
  try {
    // Not recursive when the parent exists: Node 24 hangs in a recursive mkdir in /proc.
    if (!existsSync(profile)) mkdirSync(profile, { recursive: !existsSync(dirname(resolve(profile))) });
    accessSync(profile, constants.W_OK);
    return profile;
  } catch (error) {
    fail(1, `The folder ${profile} cannot be used for --profile (${error instanceof Error ? error.message : ''}).`);
  }
}

function parseFlags() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        profile: { type: 'string' },
        'no-open': { type: 'boolean' },
        demo: { type: 'boolean' },
        seed: { type: 'string' },
        link: { type: 'string' },
        sim: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    return fail(2, `${error instanceof Error ? error.message : String(error)}\nSee npm run preview -- --help.`);
  }
}

function wholeNumber(flag: string, text: string, max: number): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) > max)
    fail(2, `${flag} takes a whole number from 0 to ${max}; not "${text}".`);
  return Number(text);
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}

function fail(code: number, sentence: string): never {
  console.error(sentence);
  process.exit(code);
}
