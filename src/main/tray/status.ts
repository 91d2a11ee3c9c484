import { DISTRUST } from '../../shared/errors.ts';
import { plainText } from '../../shared/plain-text.ts';
import { showNumber } from '../../shared/show-number.ts';
import type { Call } from '../../shared/call.ts';
import type { PlacedCall } from '../../shared/dial.ts';
import { countryOf, type State } from '../../shared/state.ts';
import type { MainMessages } from '../../messages/main.ts';

export type TrayIconState = 'idle' | 'active' | 'ringing' | 'attention';

export interface TrayInput {
  state: State;
  /** How many missed calls nobody has seen. */
  missed: number;
  messages: MainMessages;
  /** ms since 1970. */
  now: number;
}

const MAX_TOOLTIP = 120;
/** A list that is stale for a shorter time than this does not change the icon, so that it does not flicker. */
const TOLERATED_OUTAGE_MS = 15_000;

/** The icon and what it means, the most urgent first. */
export function trayStatus(input: TrayInput): { icon: TrayIconState; text: string; tooltip: string } {
  const { icon, text } = mostUrgent(input);
  const { pausedUntil } = input.state.desktop;
  const paused = pausedUntil !== null && pausedUntil > input.now;
  const tooltip = input.messages.tray.tooltip(text, { missed: countMissed(input), paused });
  return { icon, text, tooltip: plainText(tooltip, MAX_TOOLTIP) };
}

/** The other side of a call, by name, else by the number as people write it: never empty. */
export function whoIs({ other }: Call, { state, messages }: TrayInput, max: number): string {
  const words = messages.notifications;
  const name = other.several === undefined ? other.name : words.people(other.several);
  return plainText(name, max) || plainText(showNumber(other.number, countryOf(state)), max) || words.unknownCaller;
}

/** The other side of a call that is placed from here. */
export function whoIsCalled(placed: PlacedCall, max: number): string {
  return plainText(placed.name, max) || plainText(placed.plan.shown, max);
}

/** The placed call until it is over. */
export function placedCall({ account, dial }: State): PlacedCall | null {
  return account.status === 'signed-in' && dial.placed?.step !== 'ended' ? dial.placed : null;
}

/** Calls that the PBX lists: none while nobody is signed in. */
export function liveCalls(state: State): readonly Call[] {
  return state.account.status === 'signed-in' ? state.calls.calls : [];
}

/** How many calls are mine, including those that are too many to be listed. */
export function countMine(state: State): number {
  if (state.account.status !== 'signed-in') return 0;
  return state.calls.calls.filter((call) => call.mine).length + state.calls.more.mine;
}

/** Missed calls of the account that is signed in. */
export const countMissed = ({ state, missed }: TrayInput): number =>
  state.account.status === 'signed-in' ? missed : 0;

interface TrayStatus {
  icon: TrayIconState;
  text: string;
}

function mostUrgent(input: TrayInput): TrayStatus {
  return problemWithPbx(input) ?? myCall(input) ?? waitingNumber(input) ?? readiness(input);
}

function problemWithPbx({ state: { account, calls }, messages, now }: TrayInput): TrayStatus | null {
  const words = messages.tray.status;
  if (account.status === 'signing-in') return { icon: 'idle', text: words.signingIn };
  if (account.status === 'signed-out') {
    return account.reason === null
      ? { icon: 'idle', text: words.notSignedIn }
      : { icon: 'attention', text: words.signedOut };
  }
  const { list } = calls;
  if (list.status !== 'stale') return null;
  if (DISTRUST.has(list.error.code)) return { icon: 'attention', text: words.distrusted };
  return now - (list.since ?? -Infinity) >= TOLERATED_OUTAGE_MS ? { icon: 'attention', text: words.stale } : null;
}

function myCall(input: TrayInput): TrayStatus | null {
  const { state, messages } = input;
  const words = messages.tray.status;
  const mine = liveCalls(state).filter((call) => call.mine);
  const ringing = mine.filter(ringsForMe);
  const [caller] = ringing;
  if (caller !== undefined) {
    // If more of my calls are live than can be listed, the number of ringing ones is not known.
    const many = state.calls.more.mine === 0 ? words.ringing : words.moreRinging;
    const text = ringing.length === 1 ? words.isCalling(whoIs(caller, input, 60)) : many(ringing.length);
    return { icon: 'ringing', text };
  }
  const placed = placedCall(state);
  if (placed !== null) return { icon: 'active', text: progress(placed, input) };
  const [current] = mine;
  if (current === undefined) return null;
  const one = current.state === 'talking' ? words.talkingTo : words.inCallWith;
  return {
    icon: 'active',
    text: mine.length === 1 ? one(whoIs(current, input, 60)) : words.calls(countMine(state)),
  };
}

/** Whether a call waits for the user to pick up. */
export function ringsForMe({ state, placedHere, direction }: Call): boolean {
  return state === 'ringing' && !placedHere && direction !== 'outgoing';
}

function waitingNumber({ state: { dial }, messages }: TrayInput): TrayStatus | null {
  if (!dial.inBackground || dial.question === null) return null;
  return { icon: 'attention', text: messages.notifications.numbersWait(dial.waiting + 1) };
}

function readiness({ state: { account, calls }, messages }: TrayInput): TrayStatus {
  const words = messages.tray.status;
  const isUnlisted = calls.list.status === 'forbidden' && !['push', 'history'].includes(calls.listening.source);
  if (isUnlisted) return { icon: 'idle', text: words.readyUnlisted };
  return { icon: 'idle', text: account.demo ? words.readyInDemo : words.ready };
}

function progress(placed: PlacedCall, { messages }: TrayInput): string {
  const words = messages.tray.status;
  const other = whoIsCalled(placed, 60);
  switch (placed.step) {
    case 'requested':
      return words.calling(other);
    case 'phone-ringing':
      return placed.phoneRings ? words.pickUp(other) : words.calling(other);
    case 'other-ringing':
      return words.otherRings(other);
    case 'connected':
    case 'ended':
      return words.talkingTo(other);
  }
}
