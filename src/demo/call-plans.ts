import { ACCOUNT, COLLEAGUES, OUTSIDERS, SALES_GROUP, trunkFor, type Colleague } from './office.ts';
import type { Random } from './random.ts';

/** A call that was not placed through the API. Everything that happens in it is planned before it begins. */
export interface CallPlan {
  caller: string;
  callerName: string;
  /** The numbers that ring: one, or all members of a ring group. */
  rings: string[];
  trunk: string;
  ringMs: number;
  /** Which of `rings` answers after `ringMs`; null when the caller gives up. */
  answeredBy: number | null;
  /** Time from the last answer to the end. */
  talkMs: number;
  /** The side that hangs up. */
  endedBy: 'CALLER_DISCONNECTED' | 'CALLEE_DISCONNECTED';
  /** A transfer `afterMs` after the answer to a phone that rings for `ringMs`; null for none. */
  transfer: { afterMs: number; to: string; ringMs: number } | null;
}

export type DemoEvent = 'incoming' | 'colleague' | 'transferred' | 'missed';

/** Whether this number is on a call. The traffic never rings a busy number. */
export type IsBusy = (number: string) => boolean;

/** Plans the call that the user asked for. The people are random, but the times are fixed, as the window describes them. */
export function planEvent(event: DemoEvent, random: Random, isBusy: IsBusy): CallPlan {
  const colleague = someColleague(random, isBusy) ?? COLLEAGUES[0];
  const base: CallPlan = {
    ...fromOutside(random, isBusy),
    rings: [ACCOUNT.extension],
    ringMs: 12_000,
    answeredBy: 0,
    talkMs: 40_000,
    endedBy: 'CALLER_DISCONNECTED',
    transfer: null,
  };
  if (event === 'missed') return { ...base, ringMs: 6_000, answeredBy: null };
  if (event === 'colleague') return { ...base, rings: [colleague.extension], ringMs: 4_000 };
  if (event === 'transferred') {
    const transfer = { afterMs: 2_500, to: ACCOUNT.extension, ringMs: 12_000 };
    return { ...base, rings: [colleague.extension], ringMs: 1_500, transfer };
  }
  return base;
}

/** Plans a call of a colleague; null if all of them are on the phone. */
export function planForColleagues(random: Random, isBusy: IsBusy): CallPlan | null {
  const colleague = someColleague(random, isBusy);
  if (colleague === null) return null;
  const plan: CallPlan = {
    ...fromOutside(random, isBusy),
    rings: [colleague.extension],
    ringMs: random.between(3_000, 9_000),
    answeredBy: 0,
    talkMs: random.between(20_000, 75_000),
    endedBy: random.chance(0.5) ? 'CALLER_DISCONNECTED' : 'CALLEE_DISCONNECTED',
    transfer: null,
  };
  const dice = random.next();
  if (dice < 0.4) return plan;
  if (dice < 0.55) return { ...plan, ringMs: random.between(9_000, 16_000), answeredBy: null };
  const other = someColleague(random, (number) => number === colleague.extension || isBusy(number));
  if (dice < 0.75 || other === null) {
    return { ...plan, caller: colleague.extension, callerName: colleague.name, ...toOutside(random, isBusy) };
  }
  if (dice < 0.88) {
    return { ...plan, caller: colleague.extension, callerName: colleague.name, rings: [other.extension], trunk: '' };
  }
  const transfer = {
    afterMs: random.between(6_000, 15_000),
    to: other.extension,
    ringMs: random.between(3_000, 7_000),
  };
  return { ...plan, transfer };
}

/** Plans a call that rings for Alex. It may be missed, transferred by a colleague, or ring for the whole sales team. */
export function planForAlex(random: Random, isBusy: IsBusy): CallPlan {
  const dice = random.next();
  if (dice < 0.45) return planEvent('incoming', random, isBusy);
  if (dice < 0.65) return planEvent('missed', random, isBusy);
  if (dice < 0.82) return planEvent('transferred', random, isBusy);
  // A colleague answers the group's call. If all of them are busy, it rings only for Alex until the caller gives up.
  const others = SALES_GROUP.members.filter((member) => member !== ACCOUNT.extension && !isBusy(member));
  const rings = [ACCOUNT.extension, ...others];
  const answeredBy = others.length === 0 ? null : random.between(1, others.length);
  return { ...planEvent('incoming', random, isBusy), rings, ringMs: random.between(5_000, 9_000), answeredBy };
}

const someColleague = (random: Random, isBusy: IsBusy): Colleague | null =>
  random.pickSome(COLLEAGUES.filter((colleague) => !isBusy(colleague.extension)));

function fromOutside(random: Random, isBusy: IsBusy): Pick<CallPlan, 'caller' | 'callerName' | 'trunk'> {
  const outsider = random.pickSome(OUTSIDERS.filter((candidate) => !isBusy(candidate.number))) ?? OUTSIDERS[0];
  return { caller: outsider.number, callerName: outsider.name, trunk: outsider.trunk };
}

function toOutside(random: Random, isBusy: IsBusy): Pick<CallPlan, 'rings' | 'trunk'> {
  const known = OUTSIDERS.filter(({ number }) => number !== 'anonymous' && !isBusy(number));
  const { number } = random.pickSome(known) ?? OUTSIDERS[0];
  return { rings: [number], trunk: trunkFor(number) };
}
