import { plainText } from '../../shared/plain-text.ts';
import { sameNumber } from '../../shared/same-number.ts';
import { showNumber } from '../../shared/show-number.ts';
import type { Call } from '../../shared/call.ts';
import type { Favourite, RecentCall } from '../../shared/dial.ts';
import type { CallsState, State } from '../../shared/state.ts';
import { liveCalls, whoIs } from './status.ts';

/** What a click asks for; main does it. */
export type TrayAction =
  | { type: 'open' }
  /** Opens the window with the focus in the dial field. */
  | { type: 'dial' }
  /** Asks before it dials, like a link. */
  | { type: 'dial-number'; number: string }
  | { type: 'dial-clipboard' }
  | { type: 'redial'; number: string }
  | { type: 'settings' }
  | { type: 'pause'; until: 'half-hour' | 'tomorrow' | null }
  | { type: 'quit' };

/** Labels are ready for Electron's menus: plain, short, "&" doubled. */
export type TrayMenuItem =
  | { kind: 'item'; label: string; action: TrayAction }
  /** A grey line in the place of one that has nothing to do now. */
  | { kind: 'disabled'; label: string }
  | { kind: 'check'; label: string; checked: boolean; action: TrayAction }
  | { kind: 'submenu'; label: string; items: TrayMenuItem[] }
  | { kind: 'separator' };

const MOST_CALLS = 8;
const MOST_RECENTS = 5;
const MAX_LABEL = 60;
const HALF_HOUR_MS = 30 * 60_000;
const SEPARATOR: TrayMenuItem = { kind: 'separator' };

/**
 * Every line keeps its place while one is signed in, so that nothing moves under the pointer of an open menu: what
 * comes and goes is in submenus. Calls of colleagues change all the time and are in the window only.
 */
export function trayMenu(state: State, now: number, formatTime: (ms: number) => string): TrayMenuItem[] {
  const signedIn = state.account.status === 'signed-in';
  return [
    item('Open Traydial', { type: 'open' }),
    signedIn ? item('Dial…', { type: 'dial' }) : item('Sign in…', { type: 'open' }),
    ...(signedIn ? callItems(state) : []),
    SEPARATOR,
    pauseItem(state.desktop.pausedUntil, now, formatTime),
    item('Settings…', { type: 'settings' }),
    SEPARATOR,
    item('Quit Traydial', { type: 'quit' }),
  ];
}

function callItems(state: State): TrayMenuItem[] {
  const { country } = state.settings.dialling;
  return [
    SEPARATOR,
    item('Dial from clipboard', { type: 'dial-clipboard' }),
    redialItem(state.recents, country),
    submenu('Favourites', favouriteItems(state.favourites, country)),
    submenu('Recent numbers', recentItems(state.recents, country)),
    submenu('My calls', myCallItems(liveCalls(state), state.calls.more, country)),
  ];
}

/** A click opens the window, which shows the call. The menu cannot end it, so that a slip does not. */
function myCallItems(calls: readonly Call[], unlisted: CallsState['more'], country: string): TrayMenuItem[] {
  const mine = calls.filter((call) => call.mine);
  const shown = mine.slice(0, MOST_CALLS);
  const more = mine.length - shown.length + unlisted.mine;
  return [
    ...shown.map((call) => item(callLabel(call, country), { type: 'open' })),
    ...(more > 0 ? [item(`${more} more…`, { type: 'open' })] : []),
  ];
}

function callLabel(call: Call, country: string): string {
  const state = { ringing: 'ringing', talking: 'talking', unknown: 'in a call' }[call.state];
  // The state stands last and must survive the cut of a long name.
  return `${whoIs(call, country, MAX_LABEL - state.length - 3)} – ${state}`;
}

function redialItem(recents: readonly RecentCall[], country: string): TrayMenuItem {
  const last = recents.find(({ direction, number }) => direction === 'outgoing' && plainText(number) !== '');
  if (last === undefined) return { kind: 'disabled', label: 'Redial' };
  return item(`Redial ${whom(last, country, MAX_LABEL - 'Redial '.length)}`, { type: 'redial', number: last.number });
}

function favouriteItems(favourites: readonly Favourite[], country: string): TrayMenuItem[] {
  return favourites.map((entry) => item(whom(entry, country), { type: 'dial-number', number: entry.number }));
}

function recentItems(recents: readonly RecentCall[], country: string): TrayMenuItem[] {
  // Several calls with one number, however it is written, are one thing to dial.
  const shown: RecentCall[] = [];
  for (const recent of recents) {
    const known = shown.some(({ number }) => number === recent.number || sameNumber(number, recent.number));
    if (plainText(recent.number) === '' || known) continue;
    shown.push(recent);
    if (shown.length === MOST_RECENTS) break;
  }
  return shown.map((recent) => item(whom(recent, country), { type: 'dial-number', number: recent.number }));
}

function submenu(label: string, items: TrayMenuItem[]): TrayMenuItem {
  return items.length === 0 ? { kind: 'disabled', label } : { kind: 'submenu', label, items };
}

/** "Anna – +1 201 555 0123", in which the number survives the cut of a long name. */
function whom({ name, number }: Favourite, country: string, room = MAX_LABEL): string {
  const shown = plainText(showNumber(number, country), 32);
  const known = plainText(name, room - shown.length - 3);
  return known === '' ? shown : `${known} – ${shown}`;
}

function pauseItem(pausedUntil: number | null, now: number, formatTime: (ms: number) => string): TrayMenuItem {
  const left = pausedUntil === null ? 0 : pausedUntil - now;
  const paused = pausedUntil !== null && left > 0;
  return {
    kind: 'submenu',
    label: paused ? label(`Notifications paused until ${formatTime(pausedUntil)}`) : 'Pause notifications',
    items: [
      check('For 30 minutes', paused && left <= HALF_HOUR_MS, { type: 'pause', until: 'half-hour' }),
      check('Until tomorrow', left > HALF_HOUR_MS, { type: 'pause', until: 'tomorrow' }),
      SEPARATOR,
      paused
        ? item('Resume notifications', { type: 'pause', until: null })
        : { kind: 'disabled', label: 'Resume notifications' },
    ],
  };
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
