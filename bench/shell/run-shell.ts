/**
 * The part of npm run bench:shell that runs as an ordinary user: a desk session, a PBX, and both programs in it. It
 * sends the results to its parent, which also measures the memory.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDesk } from '../../test/electron/desk.ts';
import { openTestPbx, type TestPbx } from '../../test/pbx/test-pbx.ts';
import { measureShell, measureStart, waitUntil, type Conditions, type ShellCosts, type StartTimes } from './measure.ts';
import type { Weight } from './processes.ts';
import { start, type Program } from './program.ts';

export interface Found extends ShellCosts {
  bare: ShellCosts;
}

const { values } = parseArgs({
  options: {
    electron: { type: 'string', default: '' },
    ours: { type: 'string', default: '' },
    bare: { type: 'string', default: '' },
    scratch: { type: 'string', default: '' },
    starts: { type: 'string', default: '7' },
    sessions: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '60' },
  },
});

function weigh(pid: number): Promise<Weight> {
  process.send?.({ weigh: pid });
  return once(process, 'message').then(([weight]) => weight as Weight);
}

/** Signs in once in the window; later starts use the saved account. */
async function signIn(program: Program, pbx: TestPbx): Promise<void> {
  const { address, fingerprint, account } = pbx;
  const { domain, username, password } = account;
  const form = { address, domain, username, password, trustFingerprint: fingerprint, remember: true };
  const running = await start(program, [], {
    BENCH_ASK: JSON.stringify([
      // Without the saved password there is no push after a restart (docs/decisions/018-signing-in-for-push.md).
      ['settings.change', { secrets: { keepPassword: true } }],
      ['account.sign-in', form],
    ]),
  });
  await running.reached('account.sign-in');
  await listening(pbx);
  await running.kill();
}

const listening = (pbx: TestPbx): Promise<unknown> =>
  waitUntil(() => pbx.push.connections.find(({ topics }) => topics.length > 0));

async function measureAll(): Promise<Found> {
  const desk = await openDesk();
  const pbx = await openTestPbx({ traffic: false, tokenLifetimeSeconds: 86_400 });
  try {
    const common = {
      sessions: Number(values.sessions),
      seconds: Number(values.seconds),
    };
    const program = (folder: string, name: string): Program => ({
      electron: values.electron,
      folder,
      profile: join(values.scratch, `profile-${name}`),
      env: {
        ...process.env,
        ...desk.env,
        BENCH_ICON: join(values.ours, 'resources/tray/linux/colour/idle-22.png'),
        BENCH_PBX: pbx.origin,
      },
    });
    const conditions = (name: string, signedIn: () => Promise<void>): Conditions => ({
      ...common,
      pbx,
      weigh,
      signedIn,
      say: (text) => process.send?.({ say: `${name}: ${text}` }),
    });
    const bare = program(values.bare, 'bare');
    const ours = program(values.ours, 'ours');
    // The first program with a window on a new screen needs some 37 MB more than the next ones.
    const first = await start(bare);
    await first.reached('page');
    await first.kill();
    await signIn(ours, pbx);
    // The programs take turns, so that other load on the computer affects both.
    const starts: Record<'ours' | 'bare', StartTimes[]> = { ours: [], bare: [] };
    for (let round = 0; round < Number(values.starts); round++) {
      process.send?.({ say: `start ${round + 1}` });
      starts.bare.push(await measureStart(bare, pbx));
      starts.ours.push(await measureStart(ours, pbx));
    }
    const atOnce = (): Promise<void> => Promise.resolve();
    const floor = await measureShell(bare, conditions('bare', atOnce), starts.bare);
    const signedIn = (): Promise<void> => listening(pbx).then(() => {});
    return { ...(await measureShell(ours, conditions('Traydial', signedIn), starts.ours)), bare: floor };
  } finally {
    await pbx.close();
    desk.close();
  }
}

process.send?.({ found: await measureAll() });
process.disconnect();
