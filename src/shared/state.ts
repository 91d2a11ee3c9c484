import type { Call, Listening, ListState } from './call.ts';
import type { DialState, Favourite, RecentCall } from './dial.ts';
import type { AppError, CertificateSummary } from './errors.ts';
import type { Language } from './language.ts';
import type { LinksEntry, LinkStatus } from './links.ts';
import type { FoundNumber } from './people.ts';
import type { Notice } from './notice.ts';
import type { Settings } from './settings.ts';
import type { ShortcutStatus } from './shortcut.ts';

/** The signed-in user. Never contains a secret. */
export interface AccountState {
  status: 'signed-out' | 'signing-in' | 'signed-in';
  /** The password was accepted, and the PBX has emailed a code that completes the sign-in. */
  awaitingCode: boolean;
  /** True when the PBX is the built-in demo. */
  demo: boolean;
  /** host or host:port as typed; kept after signing out so that the form can offer it. */
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
  /** Its sign-in is saved: switching to it needs no password. */
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

/** Live calls. When there are very many, only the first are here; `calls.find` searches all of them. */
export interface CallsState {
  /** Mine first. */
  calls: Call[];
  /** How many there are beyond these. */
  more: { mine: number; others: number };
  list: ListState;
  listening: Listening;
}

/** How numbers are written for people, by number; those that are written as they are have no entry. */
export type NumberForms = Readonly<Record<string, string>>;

/** Results of a search among the calls of colleagues. */
export interface FoundCalls {
  calls: Call[];
  /** How many there are beyond these. */
  more: number;
  /** For the numbers of `calls`. */
  numbers: NumberForms;
}

/** Results of a search among the people of the directory and of imported contacts. */
export interface FoundPeople {
  /** The best match first, at most 20. */
  people: FoundNumber[];
  /** For the numbers of `people`. */
  numbers: NumberForms;
}

/** `switched-off`: the entry exists, but the user turned it off in the system's settings. */
export type LoginItem = 'yes' | 'no' | 'needs-consent' | 'switched-off';

export interface DesktopState {
  version: string;
  language: Language;
  platform: 'linux' | 'darwin' | 'win32';
  tray: 'shown' | 'missing' | 'unknown';
  /** How well secrets can be kept here; `none` keeps them in memory only. */
  secrets: 'strong' | 'weak' | 'none';
  notifier: 'electron' | 'node-notifier' | 'none';
  /** Notifications are paused until then (ms since 1970); null when they are not. */
  pausedUntil: number | null;
  /** Which program opens phone links, by scheme, at the last check. */
  links: LinkStatus[];
  linksEntry: LinksEntry;
  shortcut: ShortcutStatus;
  /** Whether the system starts Traydial at the next login, as last read. */
  loginItem: LoginItem;
  /** The first steps (country, links, shortcut, notifications) have not been finished or skipped yet. */
  setupDue: boolean;
  notices: Notice[];
}

/** How the country was found: from the outbound caller ID, the tenant, other own numbers, a time zone or the system. */
export type CountrySource = 'line' | 'tenant' | 'number' | 'zone' | 'system';

export interface FoundCountry {
  /** ISO 3166-1 alpha-2 in capitals. */
  code: string;
  from: CountrySource;
}

/** The country for national numbers while `settings.dialling.country` is empty. */
export interface CountryState {
  found: FoundCountry | null;
  /** The window shows the country once: it is not the one that was shown last. */
  isNew: boolean;
}

/** Everything the window knows, in slices; main pushes a slice when it changes. */
export interface State {
  account: AccountState;
  trust: TrustState;
  calls: CallsState;
  dial: DialState;
  recents: RecentCall[];
  favourites: Favourite[];
  /** For the numbers of calls, recent calls, favourites and the user's own. */
  numbers: NumberForms;
  settings: Settings;
  country: CountryState;
  desktop: DesktopState;
}

export type SliceName = keyof State;

/**
 * The country for national numbers: the user's choice, otherwise the country that was found; '' when there is neither.
 */
export const countryOf = ({ settings, country }: Pick<State, 'settings' | 'country'>): string =>
  settings.dialling.country || (country.found?.code ?? '');
