import type { Call, Listening, LinkState } from './call.ts';
import type { DialState, Favourite, RecentCall } from './dial.ts';
import type { AppError, CertificateSummary } from './errors.ts';
import type { LinksEntry, LinkStatus } from './links.ts';
import type { HelpPage } from './pages.ts';
import type { Settings } from './settings.ts';
import type { ShortcutStatus } from './shortcut.ts';

/** Who is signed in. Never holds a secret. */
export interface AccountState {
  status: 'signed-out' | 'signing-in' | 'signed-in';
  /** The password was right, and the PBX has mailed a code that ends the sign-in. */
  awaitingCode: boolean;
  /** True when the PBX is the built-in demo. */
  demo: boolean;
  /** host or host:port as typed; kept after signing out so that the form can offer it. */
  address: string;
  domain: string;
  username: string;
  displayName: string;
  extension: string;
  /** Why the user is signed out, when it was not their own wish. */
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
  /** The one that is signed in, or that the sign-in form is filled with. */
  active: boolean;
  /** Its sign-in is kept: switching to it asks for no password. */
  hasSecret: boolean;
}

/** A certificate that a person said to trust, for one server and all who sign in there. */
export interface TrustedCertificate {
  /** host:port */
  server: string;
  /** Fingerprint, AA:BB:… */
  sha256: string;
  /** What it says of itself; null where that was not written down. */
  certificate: CertificateSummary | null;
  /** ms since 1970; null where that was not written down. */
  trustedAt: number | null;
}

/** Whose word is taken for a server's certificate, beside this computer's own. */
export interface TrustState {
  certificates: readonly TrustedCertificate[];
  /** Names of the certificates in the file with more authorities; [] without one. */
  authorities: readonly string[];
  /** Why the file that is set cannot be used. */
  authoritiesProblem: AppError | null;
}

/** Live calls. Of very many only the first are here; `calls.find` looks among all. */
export interface CallsState {
  /** Mine first. */
  calls: Call[];
  /** How many there are beyond these. */
  more: { mine: number; others: number };
  link: LinkState;
  listening: Listening;
}

/** Calls of colleagues that somebody looked for. */
export interface FoundCalls {
  calls: Call[];
  /** How many there are beyond these. */
  more: number;
}

/** Something about this computer that the user should know; shown until dismissed or gone. */
export interface Notice {
  id:
    | 'tray-missing'
    | 'notifications-missing'
    | 'links-taken'
    | 'clipboard-unread'
    | 'ended-badly'
    /** About one of the files in the user's folder, see src/main/stores. */
    | `${'settings' | 'state' | 'account'}-${'broken' | 'unreadable' | 'unsaved'}`;
  message: string;
  action: string;
  /** The page that the window can open for the action. */
  page?: HelpPage;
  /** There is a report about it to copy. */
  report?: true;
}

/** `switched-off`: the entry is there, and the user turned it off in the system's own settings. */
export type LoginItem = 'yes' | 'no' | 'needs-consent' | 'switched-off';

export interface DesktopState {
  version: string;
  platform: 'linux' | 'darwin' | 'win32';
  tray: 'shown' | 'missing' | 'unknown';
  /** How well secrets can be kept here; `none` keeps them in memory only. */
  secrets: 'strong' | 'weak' | 'none';
  notifier: 'electron' | 'node-notifier' | 'none';
  /** Notifications are paused until then (ms since 1970); null when they are not. */
  pausedUntil: number | null;
  /** Who opens phone links, scheme by scheme, as last looked at. */
  links: LinkStatus[];
  linksEntry: LinksEntry;
  shortcut: ShortcutStatus;
  /** Whether the system starts Traydial at the next login, as last read. */
  loginItem: LoginItem;
  notices: Notice[];
}

/** Everything the window knows, in slices; main pushes a slice when it changes. */
export interface State {
  account: AccountState;
  trust: TrustState;
  calls: CallsState;
  dial: DialState;
  recents: RecentCall[];
  favourites: Favourite[];
  settings: Settings;
  desktop: DesktopState;
}

export type SliceName = keyof State;
