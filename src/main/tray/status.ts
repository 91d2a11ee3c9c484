import { DISTRUST } from '../../shared/errors.ts';
import { plainText } from '../../shared/plain-text.ts';
import { showNumber } from '../../shared/show-number.ts';
import type { Call, Party } from '../../shared/call.ts';
import type { PlacedCall } from '../../shared/dial.ts';
import type { State } from '../../shared/state.ts';

export type TrayIconState = 'idle' | 'active' | 'ringing' | 'attention';

const MAX_TOOLTIP = 120;
/** A single failed look at the PBX is no news: the icon must not flicker with the network. */
const PATIENCE_MS = 15_000;

/** The icon and its sentence, the most urgent first. */
export function trayStatus(state: State, now: number): { icon: TrayIconState; tooltip: string } {
  const { icon, sentence } = mostUrgent(state, now);
  const paused = state.desktop.pausedUntil !== null && state.desktop.pausedUntil > now;
  const text = `Traydial: ${sentence}${paused ? ' (notifications paused)' : ''}`;
  return { icon, tooltip: plainText(text, MAX_TOOLTIP) };
}

/** The name, else the number as people write it in `country`; '' for a party with neither. */
export function partyText({ name, number }: Party, country: string, max: number): string {
  return plainText(name, max) || plainText(showNumber(number, country), max);
}

/** The other side of a call: never empty. */
export function whoIs(call: Call, country: string, max: number): string {
  return partyText(call.other, country, max) || 'Unknown caller';
}

/** Calls that the PBX lists: none while nobody is signed in. */
export function liveCalls(state: State): readonly Call[] {
  return state.account.status === 'signed-in' ? state.calls.calls : [];
}

/** Also those that are too many to be listed. */
export function countMine(state: State): number {
  if (state.account.status !== 'signed-in') return 0;
  return state.calls.calls.filter((call) => call.mine).length + state.calls.more.mine;
}

function mostUrgent(state: State, now: number): { icon: TrayIconState; sentence: string } {
  const { account, calls } = state;
  if (account.status === 'signing-in') return { icon: 'idle', sentence: 'signing in' };
  if (account.status === 'signed-out') {
    return account.reason === null
      ? { icon: 'idle', sentence: 'not signed in' }
      : { icon: 'attention', sentence: 'signed out. Open to see why' };
  }

  const { link } = calls;
  if (link.status === 'stale' && DISTRUST.has(link.error.code)) {
    return { icon: 'attention', sentence: 'the certificate of the PBX is not trusted. Open to see why' };
  }
  if (link.status === 'stale' && now - (link.since ?? -Infinity) >= PATIENCE_MS) {
    return { icon: 'attention', sentence: 'no answer from the PBX. Trying again' };
  }
  const mine = liveCalls(state).filter((call) => call.mine);
  const ringing = mine.filter((call) => call.state === 'ringing' && !call.placedHere && call.direction !== 'outgoing');
  const [caller] = ringing;
  const country = state.settings.dialling.country;
  // Of more calls of mine than can be listed, nobody counts those that ring.
  const many = calls.more.mine === 0 ? String(ringing.length) : `more than ${ringing.length}`;
  if (caller !== undefined) {
    return {
      icon: 'ringing',
      sentence: ringing.length === 1 ? `${whoIs(caller, country, 60)} is calling` : `${many} calls are ringing`,
    };
  }
  const placed = state.dial.placed;
  if (placed !== null && placed.step !== 'ended') return { icon: 'active', sentence: progress(placed) };
  const [current] = mine;
  if (current !== undefined) {
    const talking = current.state === 'talking' ? 'talking to' : 'in a call with';
    return {
      icon: 'active',
      sentence: mine.length === 1 ? `${talking} ${whoIs(current, country, 60)}` : `${countMine(state)} calls`,
    };
  }
  const unseen = link.status === 'forbidden' && !['push', 'history'].includes(calls.listening.knowledge);
  if (unseen) return { icon: 'idle', sentence: 'ready to dial. Calls are not listed' };
  return { icon: 'idle', sentence: account.demo ? 'ready (demo PBX)' : 'ready' };
}

function progress(placed: PlacedCall): string {
  const other = plainText(placed.name, 60) || plainText(placed.plan.shown, 60);
  switch (placed.step) {
    case 'asking':
      return `calling ${other}`;
    case 'phone-ringing':
      return placed.phoneRings ? `pick up your phone to call ${other}` : `calling ${other}`;
    case 'other-ringing':
      return `${other} is ringing`;
    case 'connected':
    case 'ended':
      return `talking to ${other}`;
  }
}
