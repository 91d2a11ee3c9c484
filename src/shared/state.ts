import type { Call, Listening, ListState } from './call.ts';
import type { DialState, Favourite, RecentCall } from './dial.ts';
import type { AppError, CertificateSummary } from './errors.ts';
import type { Language } from './language.ts';
import type { LinksEntry, LinkStatus } from './links.ts';
import type { FoundNumber } from './people.ts';
import type { Notice } from './notice.ts';
import type { Presences } from './presence.ts';
import type { Settings } from './settings.ts';
import type { ShortcutStatus } from './shortcut.ts';

/** The signed-in user. Never contains a secret. */
export interface AccountState {
  status: 'signed-out' | 'signing-in' | 'signed-in';
  /** The password was accepted, and the PBX has emailed a code that completes the sign-in. */
  awaitingCode: boolean;
  /** True when the PBX is the built-in demo. */
  demo: boolean;
  /** host or host:port as typed; it stays after signing out, so that the form can offer it. */
  address: string;
  domain: string;
  username: string;
  displayName: string;
  extension: string;
  /** Why the user is signed out, unless they signed out themselves. */
  reason: AppError | null;
  /** Every account of this computer, the active one included, in the order of their names. */
  saved: SavedAccountInfo[];
}

/** An account that can be switched to. */
export interface SavedAccountInfo {
  key: string;
  address: string;
  domain: string;
  username: string;
  displayName: string;
  extension: string;
  /** The account that is signed in, or that the sign-in form shows. */
  active: boolean;
  /** The sign-in is saved, so switching to this account needs no password. */
  hasSecret: boolean;
}

/** A certificate that the user trusts, for one server and all accounts there. */
export interface TrustedCertificate {
  /** host:port */
  server: string;
  /** Fingerprint, AA:BB:… */
  sha256: string;
  /** The contents of the certificate; null when they were not saved. */
  certificate: CertificateSummary | null;
  /** ms since 1970; null when it was not saved. */
  trustedAt: number | null;
}

/** Trusted certificates and authorities, in addition to those of this computer. */
export interface TrustState {
  certificates: readonly TrustedCertificate[];
  /** Names of the certificates in the file with more authorities; [] without one. */
  authorities: readonly string[];
  /** Why the file with authorities cannot be used. */
  authoritiesProblem: AppError | null;
}

/** The live calls. If there are very many, only the first ones are here, and `calls.find` searches all of them. */
export interface CallsState {
  /** The user's own calls come first. */
  calls: Call[];
  /** How many calls there are beyond these. */
  more: { mine: number; others: number };
  list: ListState;
  listening: Listening;
}

/** The form of each number for people. Numbers that are shown unchanged have no entry. */
export type NumberForms = Readonly<Record<string, string>>;

/** Results of a search among the calls of colleagues. */
export interface FoundCalls {
  calls: Call[];
  /** How many calls were found beyond these. */
  more: number;
  /** The forms for the numbers of `calls`. */
  numbers: NumberForms;
}

/** Results of a search among the people of the directory and of imported contacts. */
export interface FoundPeople {
  /** The best match first, at most 20. */
  people: FoundNumber[];
  /** The forms for the numbers of `people`. */
  numbers: NumberForms;
}

/**
 * `switched-off`: the entry exists, but the user turned it off in the system's settings. `program-missing`: what the
 * entry starts is not there, for example an AppImage that was moved.
 */
export type LoginItem = 'yes' | 'no' | 'needs-consent' | 'switched-off' | 'program-missing';

export interface DesktopState {
  version: string;
  language: Language;
  platform: 'linux' | 'darwin' | 'win32';
  tray: 'shown' | 'missing' | 'unknown';
  /**
   * How well this computer can protect stored secrets. With `none` they are only kept in memory, and with `no-answer`
   * until the key store answers. `unknown`: it was not asked yet.
   */
  secrets: 'unknown' | 'strong' | 'weak' | 'none' | 'no-answer';
  notifier: 'electron' | 'node-notifier' | 'none';
  /** Until when notifications are paused, ms since 1970; null when they are not. */
  pausedUntil: number | null;
  /** Which program opens phone links, by scheme, at the last check. */
  links: LinkStatus[];
  linksEntry: LinksEntry;
  shortcut: ShortcutStatus;
  /** Whether the system starts Traydial at the next login, as last read. */
  loginItem: LoginItem;
  /** The user has not yet finished or skipped the first steps (country, links, shortcut, notifications). */
  setupDue: boolean;
  notices: Notice[];
}

/**
 * How the country was found: from the outbound caller ID (`line`), the tenant, another number of the user, a time zone or
 * the system.
 */
export type CountrySource = 'line' | 'tenant' | 'number' | 'zone' | 'system';

export interface FoundCountry {
  /** ISO 3166-1 alpha-2 in capitals. */
  code: string;
  from: CountrySource;
}

/** The country for national numbers while `settings.dialling.country` is empty. */
export interface CountryState {
  found: FoundCountry | null;
  /** The window has not shown this country yet, or showed another one last. */
  isNew: boolean;
}

/** All data that the window gets. Main pushes a slice when it changes. */
export interface State {
  account: AccountState;
  trust: TrustState;
  calls: CallsState;
  dial: DialState;
  recents: RecentCall[];
  favourites: Favourite[];
  presences: Presences;
  /** The forms for the numbers of calls, recent calls and favourites, and for the user's own. */
  numbers: NumberForms;
  settings: Settings;
  country: CountryState;
  desktop: DesktopState;
}

export type SliceName = keyof State;

/** The country for national numbers: the one in the settings, otherwise the one that was found; '' if there is none. */
export const countryOf = ({ settings, country }: Pick<State, 'settings' | 'country'>): string =>
  settings.dialling.country || (country.found?.code ?? '');
