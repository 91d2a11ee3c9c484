import { plainText } from '../../shared/plain-text.ts';
import { sameParty } from '../../shared/same-number.ts';
import { showNumber } from '../../shared/show-number.ts';
import type { Call, Party } from '../../shared/call.ts';
import type { Favourite, PlacedCall, RecentCall } from '../../shared/dial.ts';
import type { Origin } from '../../shared/provenance.ts';
import { countryOf, type AccountState } from '../../shared/state.ts';
import { countMissed, liveCalls, placedCall, ringsForMe, whoIs, whoIsCalled, type TrayInput } from './status.ts';

/** What a click asks for; main does it. */
export type TrayAction =
  | { type: 'open' }
  /** Opens the window at the missed calls. */
  | { type: 'missed' }
  /** Opens the window at all calls. */
  | { type: 'history' }
  /** Opens the window with the focus in the dial field. */
  | { type: 'dial' }
  /** Dials the number after a question, or with time to undo it. */
  | { type: 'dial-number'; number: string; provenance: Origin; external: boolean }
  | { type: 'dial-clipboard' }
  /** By session id, or by the key of a placed call. */
  | { type: 'hang-up'; call: string }
  | { type: 'settings' }
  | { type: 'ignore-links'; ignore: boolean }
  | { type: 'pause'; until: 'half-hour' | 'tomorrow' | null }
  | { type: 'quit' };

/** Labels are ready for Electron's menus: plain, short, "&" doubled. */
export type TrayMenuItem =
  | { kind: 'item'; label: string; action: TrayAction }
  /** A grey entry in the place of one that can do nothing now. */
  | { kind: 'disabled'; label: string }
  | { kind: 'check'; label: string; checked: boolean; action: TrayAction }
  | { kind: 'submenu'; label: string; items: TrayMenuItem[] }
  | { kind: 'separator' };

const MAX_CALLS = 8;
const MAX_RECENTS = 5;
const MAX_LABEL = 60;
/** With less room than this for the account's name, the status line leaves it out. */
const MIN_NAME_ROOM = 8;
const HALF_HOUR_MS = 30 * 60_000;
const SEPARATOR: TrayMenuItem = { kind: 'separator' };

/**
 * Every entry keeps its place, also while nobody is signed in, so that nothing moves under the pointer of an open menu:
 * what comes and goes is in submenus. Calls of colleagues change all the time and are in the window only. `status`:
 * what the icon means.
 */
export function trayMenu(input: TrayInput, status: string): TrayMenuItem[] {
  const { state, messages } = input;
  const words = messages.tray;
  const signedIn = state.account.status === 'signed-in';
  const missed = countMissed(input);
  return [
    item(statusLine(state.account, status), { type: 'open' }),
    when(missed > 0, words.missed(missed), { type: 'missed' }),
    submenu(words.myCalls, myCallItems(input), words.noCalls),
    SEPARATOR,
    signedIn ? item(words.call, { type: 'dial' }) : item(words.signIn, { type: 'open' }),
    when(signedIn, words.callCopied, { type: 'dial-clipboard' }),
    redialItem(input, signedIn),
    SEPARATOR,
    submenu(words.favourites, signedIn ? favouriteItems(input) : [], words.noFavourites),
    submenu(words.recent, signedIn ? recentItems(input) : [], words.noRecent),
    SEPARATOR,
    pauseItem(input),
    ignoreItem(input),
    item(words.settings, { type: 'settings' }),
    SEPARATOR,
    item(words.quit, { type: 'quit' }),
  ];
}

/** "Anna Berg · 1001 · Ready"; the status must survive the cut of a long name. */
function statusLine({ status, displayName, extension }: AccountState, text: string): string {
  if (status !== 'signed-in') return text;
  const shown = plainText(text, MAX_LABEL);
  const account = plainText([displayName, extension].filter((part) => part !== '').join(' · '));
  const room = MAX_LABEL - shown.length - 3;
  return account === '' || room < MIN_NAME_ROOM ? shown : `${plainText(account, room)} · ${shown}`;
}

function myCallItems(input: TrayInput): TrayMenuItem[] {
  const { state, messages } = input;
  const mine = liveCalls(state).filter((call) => call.mine);
  const placed = placedCall(state);
  // If the list contains the same call, it is shown there with its state.
  const unlisted = placed === null || mine.some(({ id }) => id === placed.sessionId) ? null : placed;
  const shown = mine.slice(0, MAX_CALLS);
  const more = liveCalls(state).length === 0 ? 0 : mine.length - shown.length + state.calls.more.mine;
  return [
    ...(unlisted === null ? [] : [placedItem(unlisted, input)]),
    ...shown.map((call) => callItem(call, input)),
    ...(more > 0 ? [item(messages.tray.moreCalls(more), { type: 'open' })] : []),
  ];
}

/** A call opens a submenu, so that an accidental click does not end it. */
function callItem(call: Call, input: TrayInput): TrayMenuItem {
  const words = input.messages.tray;
  const end = ringsForMe(call) ? words.decline : words.hangUp;
  return endableCall((room) => whoIs(call, input, room), words.callStates[call.state], end, call.id, input);
}

function placedItem(placed: PlacedCall, input: TrayInput): TrayMenuItem {
  const words = input.messages.tray;
  const state = placed.step === 'connected' ? words.callStates.talking : words.callStates.placed;
  return endableCall((room) => whoIsCalled(placed, room), state, words.hangUp, placed.sessionId ?? placed.key, input);
}

function endableCall(
  who: (room: number) => string,
  state: string,
  end: string,
  call: string,
  { messages }: TrayInput,
): TrayMenuItem {
  // The state comes last and must not be cut off with a long name.
  return submenu(`${who(MAX_LABEL - state.length - 3)} – ${state}`, [
    item(messages.tray.show, { type: 'open' }),
    item(end, { type: 'hang-up', call }),
  ]);
}

function redialItem({ state, messages }: TrayInput, signedIn: boolean): TrayMenuItem {
  const word = messages.tray.redial;
  const last = state.recents.find(({ direction, number }) => direction === 'outgoing' && plainText(number) !== '');
  if (last === undefined || !signedIn) return disabled(word);
  return item(`${word} ${whom(last, countryOf(state), MAX_LABEL - word.length - 1)}`, dialAction(last));
}

function favouriteItems({ state }: TrayInput): TrayMenuItem[] {
  return state.favourites.map((entry) => item(whom(entry, countryOf(state)), dialAction(entry)));
}

function recentItems({ state, messages }: TrayInput): TrayMenuItem[] {
  // Several calls with one number, however it is written, are one thing to dial.
  const shown: RecentCall[] = [];
  for (const recent of state.recents) {
    const known = shown.some(
      ({ number, external }) => external === recent.external && sameParty(number, recent.number),
    );
    if (plainText(recent.number) === '' || known) continue;
    shown.push(recent);
    if (shown.length === MAX_RECENTS) break;
  }
  if (shown.length === 0) return [];
  const all = item(messages.tray.allCalls, { type: 'history' });
  return [...shown.map((recent) => item(whom(recent, countryOf(state)), dialAction(recent))), SEPARATOR, all];
}

const dialAction = ({ number, provenance, external }: Favourite): TrayAction => ({
  type: 'dial-number',
  number,
  provenance,
  external: external === true,
});

/** `none`: what the grey entry says while the submenu is empty. */
function submenu(text: string, items: TrayMenuItem[], none = text): TrayMenuItem {
  return items.length === 0 ? disabled(none) : { kind: 'submenu', label: label(text), items };
}

/**
 * "Anna – +1 201 555 0123", in which the number survives the cut of a long name. A name that the caller sent is left out,
 * because a menu cannot say where it comes from.
 */
function whom({ name, number, claimed }: Party, country: string, room = MAX_LABEL): string {
  const shown = plainText(showNumber(number, country), 32);
  const known = claimed === true ? '' : plainText(name, room - shown.length - 3);
  return known === '' ? shown : `${known} – ${shown}`;
}

function pauseItem({ state, messages, now }: TrayInput): TrayMenuItem {
  const words = messages.tray;
  const { pausedUntil } = state.desktop;
  const left = pausedUntil === null ? 0 : pausedUntil - now;
  const paused = pausedUntil !== null && left > 0;
  return submenu(paused ? words.pausedUntil(messages.format.clockTime(pausedUntil)) : words.pause, [
    check(words.forHalfHour, paused && left <= HALF_HOUR_MS, { type: 'pause', until: 'half-hour' }),
    check(words.untilTomorrow, left > HALF_HOUR_MS, { type: 'pause', until: 'tomorrow' }),
    SEPARATOR,
    when(paused, words.resume, { type: 'pause', until: null }),
  ]);
}

function ignoreItem({ state, messages }: TrayInput): TrayMenuItem {
  const until = state.dial.ignoredUntil;
  const { ignoreLinks, linksIgnored } = messages.tray;
  const text = until === null ? ignoreLinks : linksIgnored(messages.format.clockTime(until));
  return check(text, until !== null, { type: 'ignore-links', ignore: until === null });
}

/** An entry that is grey while it can do nothing. */
function when(can: boolean, text: string, action: TrayAction): TrayMenuItem {
  return can ? item(text, action) : disabled(text);
}

function disabled(text: string): TrayMenuItem {
  return { kind: 'disabled', label: label(text) };
}

function item(text: string, action: TrayAction): TrayMenuItem {
  return { kind: 'item', label: label(text), action };
}

function check(text: string, checked: boolean, action: TrayAction): TrayMenuItem {
  return { kind: 'check', label: label(text), checked, action };
}

/** In Electron's menus "&" marks the next letter as a shortcut, on all three platforms; "&&" is an ampersand. */
function label(text: string): string {
  return plainText(text, MAX_LABEL).replaceAll('&', '&&');
}
