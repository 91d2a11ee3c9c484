import { expect } from 'vitest';
import { settle } from '../support/manual-clock.ts';
import type { Fault } from './expected.ts';
import { CREATE, LIST, openFaultDesk, REFRESH, startFaultyPbx, wait } from './fault-desk.ts';
import type { FaultDesk, FaultyPbx } from './fault-desk.ts';
import { answer } from './wire.ts';

/** The state that the window shows. */
export interface Shown {
  list: string;
  account: string;
  code: string | null;
  calls: number;
}

export const LIVE: Shown = { list: 'live', account: 'signed-in', code: null, calls: 1 };

export interface FaultRun {
  during: Shown;
  /** Result of the call that was placed during the fault: an error code or "good"; null if none was placed. */
  placed: string | null;
  afterwards: Shown;
  /** The same for a call after the fault. */
  placedAfterwards: string | null;
  /** The maximum number of pending requests during the fault. */
  maxPending: number;
  events: string[];
  /** Number of timers and connections that are left after the desk was closed. */
  left: number;
}

/** Signs in, makes the request `at` fail for a while, and then lets it succeed again. */
export async function runFault(fault: Fault, at: string): Promise<FaultRun> {
  const pbx = await startFaultyPbx();
  const it = openFaultDesk(pbx);
  const { desk, clock } = it;
  await it.signIn();
  await until(() => shownBy(it).list === 'live', it, pbx, fault);
  it.events.length = 0;

  inject(pbx, fault, at);
  const placed = at === CREATE ? await place(it, fault) : null;
  if (at !== CREATE) await until(() => JSON.stringify(shownBy(it)) !== JSON.stringify(LIVE), it, pbx, fault);
  const during = shownBy(it);
  const maxPending = pbx.maxPending();

  pbx.faulty.clear();
  pbx.show(undefined);
  if (desk.account.status === 'signed-out') await it.signIn();
  desk.wake();
  await until(() => shownBy(it).list === 'live', it, pbx, fault);
  const afterwards = shownBy(it);
  const events = it.events.map(({ type }) => type);
  const placedAfterwards = at === CREATE ? await place(it, fault) : null;
  await desk.close();
  const left = () => clock.pending().length + pbx.open();
  await wait(() => expect(left()).toBe(0));
  await pbx.close();
  return { during, placed, afterwards, placedAfterwards, maxPending, events, left: left() };
}

function shownBy({ desk }: FaultDesk): Shown {
  const { list, calls } = desk.calls;
  const error = 'error' in list ? list.error : desk.account.reason;
  return { list: list.status, account: desk.account.status, code: error?.code ?? null, calls: calls.length };
}

function inject(pbx: FaultyPbx, fault: Fault, at: string): void {
  if (at === REFRESH) pbx.faulty.set(LIST, answer(401, '{"errors":[]}'));
  if (fault.front === undefined) pbx.faulty.set(at, fault.reply);
  else pbx.show(fault.front);
}

async function place({ desk, clock }: FaultDesk, { endless }: Fault): Promise<string> {
  let outcome = '';
  const dial = async (): Promise<void> => {
    const dialled = await desk.dialCommands.place('+12015550123', 'typed');
    // A guard asks first, because the live call has the same number.
    const asked = dialled.ok && dialled.value === null;
    const result = asked ? await desk.dialCommands.answer(desk.dial.question?.id ?? '', true) : dialled;
    outcome = result.ok ? 'good' : result.error.code;
  };
  void dial();
  for (let n = 0; n < 2_000 && outcome === ''; n++) {
    await pause();
    if (endless === true) await clock.advance(1_000);
  }
  return outcome;
}

/**
 * Advances the clock until `check` holds and keeps requesting polls. The clock advances only when no request is
 * pending, unless the fault is a missing answer.
 */
async function until(check: () => boolean, { desk, clock }: FaultDesk, pbx: FaultyPbx, fault: Fault): Promise<void> {
  for (let second = 0; second < 120 && !check(); second++) {
    desk.refresh();
    await clock.advance(1_000);
    if (fault.endless === true) await pause();
    else await wait(() => expect(pbx.open()).toBe(0));
    await settle();
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
