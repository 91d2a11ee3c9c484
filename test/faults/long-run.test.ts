import { afterEach, expect, test } from 'vitest';
import { Desk } from '../../src/core/desk.ts';
import { silentLog } from '../../src/core/log-port.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings/defaults.ts';
import { startDemoPbx, type DemoPbx, type FaultAction } from '../../src/demo/index.ts';
import { Random } from '../../src/demo/random.ts';
import type { CallEvent } from '../../src/shared/call.ts';
import { appError } from '../../src/shared/errors.ts';
import { err } from '../../src/shared/result.ts';
import { formFor, MemoryAccounts } from '../core/support/test-desk.ts';
import { Api } from '../demo/support/api.ts';
import { InFlight } from '../support/in-flight.ts';
import { ManualClock } from '../support/manual-clock.ts';

/** Half an hour of an office, in steps of one second of its own time. */
const STEPS = 1_800;
const STEP_MS = 1_000;
/** Real time that an answer may take while the office stands still: more are delayed ones, until their time comes. */
const HELD_BACK_MS = 40;

let pbx: DemoPbx;
let desk: Desk;
let inFlight: InFlight;

afterEach(async () => {
  await desk.close();
  await pbx.close();
  inFlight.close();
});

/** What goes wrong with one answer. Those that leave a request hanging in real time have a test of their own. */
function anyFault(random: Random): FaultAction {
  return random.pick<FaultAction>([
    { status: 400 },
    { status: 401 },
    { status: 403 },
    { status: 404 },
    { status: 429, headers: { 'retry-after': String(random.between(0, 30)) } },
    { status: 500, body: 'Internal error' },
    { status: 503, headers: { 'retry-after': '5' } },
    { status: 504 },
    { status: 302, headers: { location: '/' } },
    { status: 200, body: '{"items":' },
    { delayMs: random.between(100, 20_000) },
    { truncate: true },
    { drop: 'before-headers' },
    { drop: 'mid-body' },
    { garbage: true },
    { hugeBytes: 9 * 1024 * 1024 },
  ]);
}

/** Does the desk list the calls that the PBX has? */
async function agree(api: Api): Promise<boolean> {
  const listed = (await api.sessions()).map(({ id }) => id).sort();
  const shown = desk.calls.calls.map(({ id }) => id).sort();
  return listed.join() === shown.join();
}

test.each([1, Math.floor(Math.random() * 1e9)])(
  'half an hour of faults at random (seed %d): no call is told of twice, and in the end all is as the PBX has it',
  { timeout: 120_000 },
  async (seed) => {
    const random = new Random(seed, 'faults');
    const clock = new ManualClock(Date.now());
    const events: CallEvent[] = [];
    const links = new Map<string, number>();
    inFlight = new InFlight();
    pbx = await startDemoPbx({ clock, seed, tokenLifetimeSeconds: 600 });
    const accounts = new MemoryAccounts();
    desk = new Desk({
      clock,
      log: silentLog,
      accounts,
      openDemo: () => Promise.resolve(err(appError('demo-failed'))),
      proxyFor: () => Promise.resolve('DIRECT'),
      settings: () => DEFAULT_SETTINGS,
      recents: { load: () => [], save: () => {} },
      onChange: () => {
        const { status } = desk.calls.link;
        links.set(status, (links.get(status) ?? 0) + 1);
      },
      onEvents: (more) => void events.push(...more),
      onDisconnected: () => {},
      onAttention: () => {},
    });

    const goOn = async (steps: number): Promise<void> => {
      for (let step = 0; step < steps; step++) {
        await clock.advance(STEP_MS);
        await inFlight.quiet(HELD_BACK_MS);
      }
    };
    const placing: Promise<unknown>[] = [];
    for (let step = 0; step < STEPS; step++) {
      if (desk.account.status === 'signed-out') {
        pbx.faults.clear();
        await desk.accounts.signIn(formFor(pbx));
      }
      if (random.chance(0.05)) {
        const path = random.pick<string | RegExp>([/./, '/api/sessions', /^\/api\/(auth|login)\//, /^\/api\/user/]);
        pbx.faults.add({ path, times: random.between(1, 4), action: anyFault(random) });
      }
      if (random.chance(0.02)) pbx.make(random.pick(['incoming', 'transferred', 'missed', 'colleague']));
      if (random.chance(0.005)) placing.push(desk.place(random.pick(['+12015550123', '1002']), 'typed'));
      if (random.chance(0.02)) desk.refresh();
      if (random.chance(0.005)) desk.wake();
      if (random.chance(0.003)) pbx.expireAccessTokens();
      if (random.chance(0.001)) pbx.revokeTokens();
      if (random.chance(0.001)) await pbx.restart({ keepTokens: random.chance(0.5) });
      await goOn(1);
    }

    // What is still on its way may end the sign-in once more; from then on nothing does.
    pbx.faults.clear();
    await goOn(60);
    if (desk.account.status === 'signed-out') await desk.accounts.signIn(formFor(pbx));
    await goOn(700);
    await Promise.all(placing);

    const told = events.map(({ type, call }) => `${type} ${call.id}`);
    const once = told.filter((text) => /^(appeared|for-me|ended|missed) /.test(text));
    expect(once.filter((text, index) => once.indexOf(text) !== index)).toEqual([]);
    // Else nothing was tried.
    expect(once.filter((text) => text.startsWith('for-me')).length).toBeGreaterThan(3);
    expect(links.get('stale')).toBeGreaterThan(10);
    // One, and after waking up the one that was given up may still be on its way out.
    expect(inFlight.most.get('GET /api/sessions')).toBeLessThanOrEqual(2);
    const api = new Api(pbx);
    await api.signIn();
    // The office goes on, so one look may be a call behind.
    for (let look = 0; look < 30 && !(await agree(api)); look++) {
      desk.refresh();
      await clock.advance(STEP_MS);
      await inFlight.quiet();
    }
    expect([desk.account.status, desk.calls.link.status]).toEqual(['signed-in', 'live']);
    expect(await agree(api)).toBe(true);
    await api.close();
  },
);
