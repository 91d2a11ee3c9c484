import { vi } from 'vitest';
import type { Desk } from '../../src/core/desk.ts';
import type { CallEvent } from '../../src/shared/call.ts';
import type { SignInForm } from '../../src/shared/account.ts';
import { openTestDesk } from '../core/support/test-desk.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { REQUESTS } from './requests.ts';
import { startFaultyServer, type FaultyServer } from './faulty-server.ts';
import { answer, type Reply } from './wire.ts';

export const LIST = REQUESTS.list.at;
export const REFRESH = REQUESTS.refresh.at;
export const CREATE = REQUESTS.create.at;
/** The other sources of calls. */
const OTHER_SOURCES = [REQUESTS.status.at, REQUESTS.sync.at, REQUESTS.cdrs.at];

export interface FaultyPbx extends FaultyServer {
  /** Faulty replies by request ("METHOD /path"); can change while it runs. */
  faulty: Map<string, Reply>;
  sent(at: string): number;
  /** The maximum number of pending requests. */
  maxPending(): number;
}

/** A PBX with one call, whose answers to LIST, REFRESH and CREATE can be replaced by faults. */
export async function startFaultyPbx(): Promise<FaultyPbx> {
  const good = new Map(
    [REQUESTS.list, REQUESTS.refresh, REQUESTS.create].map((kind) => [
      kind.at,
      answer(200, JSON.stringify(kind.answer)),
    ]),
  );
  const faulty = new Map<string, Reply>();
  const sent = new Map<string, number>();
  let open = 0;
  let maxPending = 0;
  const at = [LIST, REFRESH, CREATE];
  const server = await startFaultyServer({ at, without: OTHER_SOURCES }, (socket, reset, request) => {
    sent.set(request, (sent.get(request) ?? 0) + 1);
    maxPending = Math.max(maxPending, ++open);
    (faulty.get(request) ?? good.get(request))?.(socket, reset, request);
    if (socket.writableEnded || socket.destroyed) open--;
    else socket.once('close', () => open--);
  });
  return { ...server, faulty, sent: (request) => sent.get(request) ?? 0, maxPending: () => maxPending };
}

export interface FaultDesk {
  desk: Desk;
  clock: ManualClock;
  events: CallEvent[];
  signIn: () => ReturnType<Desk['accounts']['signIn']>;
}

/** A desk connected to that PBX, with a manual clock and real sockets. */
export function openFaultDesk(pbx: FaultyPbx): FaultDesk {
  const clock = new ManualClock(Date.now());
  const { desk, events } = openTestDesk({ clock });
  const form: SignInForm = {
    address: pbx.origin,
    domain: 'office.example.com',
    username: 'alex',
    password: 'secret',
    trustFingerprint: pbx.fingerprint,
    remember: true,
  };
  return { desk, clock, events, signIn: () => desk.accounts.signIn(form) };
}

/** Waits in real time. The checks afterwards detect what did not happen. */
export const wait = (check: () => void): Promise<void> =>
  vi.waitFor(check, { timeout: 60_000, interval: 5 }).catch(() => {});
