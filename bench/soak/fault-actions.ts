import type { SimClock } from '../fleet/sim-clock.ts';
import type { Conditions } from './conditions.ts';
import type { DeskClock } from './desk-clock.ts';
import type { Network } from './network.ts';
import type { SoakPush } from './soak-push.ts';
import type { SoakRest } from './soak-rest.ts';
import type { SoakDesk } from './soak-desk.ts';
import type { SoakPbx } from './soak-pbx.ts';
import type { Truth } from './truth.ts';
import type { FaultActions } from './fault-schedule.ts';

interface Parts {
  clock: SimClock;
  deskClock: DeskClock;
  network: Network;
  pbx: SoakPbx;
  push: SoakPush;
  rest: SoakRest;
  conditions: Conditions;
  truth: Truth;
  soak: SoakDesk;
  trace: (what: string) => void;
}

/** After this much sleep connections are dead. */
const DEAD_AFTER_MS = 60_000;
/** The wake-up event comes at most this long after the computer woke up, in ms. */
const WAKE_EVENT_MS = 1_000;

/** Applies faults to the parts of the simulation and records them in the conditions. */
export function faultActions({
  clock,
  deskClock,
  network,
  pbx,
  push,
  rest,
  conditions,
  truth,
  soak,
  trace,
}: Parts): FaultActions {
  network.onChange = (fault, begins) => {
    trace(`${fault} ${begins ? 'begins' : 'ends'}`);
    if (begins) conditions.faultBegins();
    else conditions.faultEnds(fault);
  };
  let asleepSince = 0;
  const wake = (): void => {
    trace('woken');
    soak.desk.wake();
    conditions.woken();
  };
  return {
    begin: (fault) => network.begin(fault),
    dropPush: () => {
      conditions.disturbed(0);
      push.drop();
    },
    freezePush: () => {
      conditions.disturbed(0);
      push.freeze();
    },
    networkGone: () => {
      push.freeze();
      rest.cutOff();
      conditions.disturbed();
    },
    networkReturned: () => {
      if (!deskClock.asleep) wake();
    },
    sleep: () => {
      asleepSince = clock.now();
      deskClock.sleep();
      conditions.disturbed();
    },
    resume: () => {
      if (!deskClock.asleep) return;
      if (clock.now() - asleepSince > DEAD_AFTER_MS) {
        push.freeze();
        rest.cutOff();
      }
      deskClock.resume();
      trace('resumes');
      conditions.disturbed();
      clock.after(clock.random() * WAKE_EVENT_MS, () => {
        if (!deskClock.asleep) wake();
      });
    },
    unlocked: () => {
      if (!deskClock.asleep) wake();
    },
    jump: (ms) => {
      deskClock.jump(ms);
      trace(`clock jumps by ${Math.round(ms / 1000)} s`);
      conditions.disturbed();
    },
    restart: () => {
      pbx.powerFails();
      truth.allOver();
      push.drop();
      const end = network.begin('restarting');
      return () => {
        end();
        if (clock.random() < 0.2) pbx.revokeTokens();
      };
    },
    expireTokens: () => {
      pbx.expireTokens();
      conditions.disturbed(5_000);
    },
    endSignIn: () => {
      pbx.revokeTokens();
      conditions.disturbed();
    },
  };
}
