import { vi } from 'vitest';
import type { Desk } from '../../src/core/desk.ts';
import type { CallEvent } from '../../src/shared/call.ts';
import type { SignInForm } from '../../src/shared/ipc.ts';
import { openTestDesk } from '../core/support/test-desk.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { REQUESTS } from './requests.ts';
import { struckServer, type StruckServer } from './struck-server.ts';
import { answer, type Strike } from './wire.ts';

export const LIST = REQUESTS.list.at;
export const REFRESH = REQUESTS.refresh.at;
export const CREATE = REQUESTS.create.at;
/** Where else calls could be known from. */
const OTHER_SOURCES = [REQUESTS.status.at, REQUESTS.sync.at, REQUESTS.cdrs.at];

export interface StruckPbx extends StruckServer {
  /** What a request ("METHOD /path") gets; put in and taken out while it runs. */
  spoilt: Map<string, Strike>;
  sent(at: string): number;
  /** The most requests that were without an answer at the same time. */
  mostOpen(): number;
}

/** A PBX with one call, whose answers to LIST, REFRESH and CREATE can be spoilt. */
export async function startStruckPbx(): Promise<StruckPbx> {
  const good = new Map(
    [REQUESTS.list, REQUESTS.refresh, REQUESTS.create].map((kind) => [
      kind.at,
      answer(200, JSON.stringify(kind.answer)),
    ]),
  );
  const spoilt = new Map<string, Strike>();
  const sent = new Map<string, number>();
  let open = 0;
  let mostOpen = 0;
  const at = [LIST, REFRESH, CREATE];
  const server = await struckServer({ at, without: OTHER_SOURCES }, (socket, reset, request) => {
    sent.set(request, (sent.get(request) ?? 0) + 1);
    mostOpen = Math.max(mostOpen, ++open);
    (spoilt.get(request) ?? good.get(request))?.(socket, reset, request);
    if (socket.writableEnded || socket.destroyed) open--;
    else socket.once('close', () => open--);
  });
  return { ...server, spoilt, sent: (request) => sent.get(request) ?? 0, mostOpen: () => mostOpen };
}

export interface StruckDesk {
  desk: Desk;
  clock: ManualClock;
  events: CallEvent[];
  signIn: () => ReturnType<Desk['accounts']['signIn']>;
}

/** A desk at that PBX, on a clock that is moved by hand; its sockets are real. */
export function openStruckDesk(pbx: StruckPbx): StruckDesk {
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

/** Real time. What does not come is seen by what is looked at afterwards. */
export const wait = (check: () => void): Promise<void> =>
  vi.waitFor(check, { timeout: 20_000, interval: 5 }).catch(() => {});
