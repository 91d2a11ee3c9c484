import { expect } from 'vitest';
import { settle } from '../support/manual-clock.ts';
import type { Fault } from './expected.ts';
import { CREATE, LIST, openStruckDesk, REFRESH, startStruckPbx, wait } from './struck-desk.ts';
import type { StruckDesk, StruckPbx } from './struck-desk.ts';
import { answer } from './wire.ts';

/** What the window shows. */
export interface Shown {
  link: string;
  account: string;
  code: string | null;
  calls: number;
}

export const LIVE: Shown = { link: 'live', account: 'signed-in', code: null, calls: 1 };

export interface Course {
  during: Shown;
  /** How the first call placed under the fault ended; null where none was. */
  placed: string | null;
  afterwards: Shown;
  placedAfterwards: string | null;
  /** The most requests that were out at once while it lasted. */
  mostOpen: number;
  events: string[];
  /** Timers and connections that are still there once the desk is closed. */
  left: number;
}

/** Signed in and live; then `at` goes wrong for a while; then all is well again. */
export async function course(fault: Fault, at: string): Promise<Course> {
  const pbx = await startStruckPbx();
  const it = openStruckDesk(pbx);
  const { desk, clock } = it;
  await it.signIn();
  await until(() => shownBy(it).link === 'live', it, pbx, fault);
  it.events.length = 0;

  strike(pbx, fault, at);
  const placed = at === CREATE ? await place(it, fault) : null;
  if (at !== CREATE) await until(() => JSON.stringify(shownBy(it)) !== JSON.stringify(LIVE), it, pbx, fault);
  const during = shownBy(it);
  const mostOpen = pbx.mostOpen();

  pbx.spoilt.clear();
  pbx.show(undefined);
  if (desk.account.status === 'signed-out') await it.signIn();
  desk.wake();
  await until(() => shownBy(it).link === 'live', it, pbx, fault);
  const afterwards = shownBy(it);
  const events = it.events.map(({ type }) => type);
  const placedAfterwards = at === CREATE ? await place(it, fault) : null;
  await desk.close();
  const left = () => clock.pending().length + pbx.open();
  await wait(() => expect(left()).toBe(0));
  await pbx.close();
  return { during, placed, afterwards, placedAfterwards, mostOpen, events, left: left() };
}

function shownBy({ desk }: StruckDesk): Shown {
  const { link, calls } = desk.calls;
  const error = 'error' in link ? link.error : desk.account.reason;
  return { link: link.status, account: desk.account.status, code: error?.code ?? null, calls: calls.length };
}

function strike(pbx: StruckPbx, fault: Fault, at: string): void {
  if (at === REFRESH) pbx.spoilt.set(LIST, answer(401, '{"errors":[]}'));
  if (fault.front === undefined) pbx.spoilt.set(at, fault.strike);
  else pbx.show(fault.front);
}

async function place({ desk, clock }: StruckDesk, { endless }: Fault): Promise<string> {
  let outcome = '';
  const dial = async (): Promise<void> => {
    const wish = await desk.place('+12015550123', 'typed');
    // A guard asks, because that is who the live call is with.
    const asked = wish.ok && wish.value === null;
    const result = asked ? await desk.answerRequest(desk.dial.request?.id ?? '', true) : wish;
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
 * Lets time go on until `check` holds, while somebody impatient asks for a look again and again. A moment passes only
 * when all that was asked is answered, unless the fault is that nothing comes.
 */
async function until(check: () => boolean, { desk, clock }: StruckDesk, pbx: StruckPbx, fault: Fault): Promise<void> {
  for (let second = 0; second < 120 && !check(); second++) {
    desk.refresh();
    await clock.advance(1_000);
    if (fault.endless === true) await pause();
    else await wait(() => expect(pbx.open()).toBe(0));
    await settle();
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
