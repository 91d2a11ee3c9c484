import type { DialRules } from './dial-rules.ts';
import type { DialOptions, DialReading, Favourite, PlacedCall } from './dial.ts';
import type { Licence } from './licence.ts';
import type { LinkScheme } from './links.ts';
import type { HelpPage } from './pages.ts';
import type { Result } from './result.ts';
import type { RulesExplained } from './rule-bench.ts';
import type { Settings, SettingsPatch } from './settings.ts';
import type { FoundCalls, SliceName, State } from './state.ts';

export interface SignInForm {
  /** host, host:port or https://host:port */
  address: string;
  /** The tenant's SIP domain. */
  domain: string;
  username: string;
  password: string;
  /** SHA-256 fingerprint (AA:BB:…) of a certificate that the user looked at and trusts, or null. */
  trustFingerprint: string | null;
  /** Keep the sign-in on this computer. */
  remember: boolean;
}

/** What `Test connection` found out without signing in. */
export interface ServerInfo {
  /** Where the PBX answered, e.g. https://pbx.example.com:8887 */
  origin: string;
  /** The tenant's name, when a domain was given and the PBX knows it; else ''. */
  tenant: string;
}

export type DemoEvent = 'incoming' | 'colleague' | 'transferred' | 'missed';
export type ViewName = 'calls' | 'settings' | 'rules' | 'about';

/** Commands: the window asks, main answers with a Result. */
export interface Commands {
  'state.get': { payload: null; value: State };
  'account.test': { payload: Pick<SignInForm, 'address' | 'domain' | 'trustFingerprint'>; value: ServerInfo };
  'account.sign-in': { payload: SignInForm; value: null };
  /** The code of a two-factor sign-in, as typed. */
  'account.enter-code': { payload: { code: string }; value: null };
  'account.send-code': { payload: null; value: null };
  'account.cancel-code': { payload: null; value: null };
  'account.start-demo': { payload: null; value: null };
  'account.sign-out': { payload: null; value: null };
  /** Takes up another saved account (`SavedAccountInfo.key`), or fills the form with it where it has no sign-in. */
  'account.switch': { payload: { key: string }; value: null };
  /** An empty form; the accounts saved so far stay. */
  'account.add': { payload: null; value: null };
  /** Takes an account off this computer. */
  'account.remove': { payload: { key: string }; value: null };
  /** The certificate of the server at an address is trusted no longer; the next sign-in shows the new one and asks. */
  'account.forget-certificate': { payload: { address: string }; value: null };
  /**
   * The PBX of this account shows another certificate than the trusted one, and the user has compared its fingerprint:
   * it is trusted in place of the old one, and the sign-in goes on.
   */
  'account.accept-certificate': { payload: { sha256: string }; value: null };
  /** Lets the user choose the file of `settings.trust` in a dialog; choosing none changes nothing. */
  'trust.choose-authorities': { payload: null; value: null };
  'dial.preview': { payload: { text: string }; value: DialReading };
  /** `choice`: the `dial` of one of several numbers in the text. The value is null when a question is open instead. */
  'dial.place': {
    payload: { text: string; options: Partial<DialOptions> | null; choice: string | null };
    value: PlacedCall | null;
  };
  /** `choice`: which of the candidates, from 0. */
  'dial.answer-request': { payload: { id: string; accept: boolean; choice?: number | undefined }; value: null };
  /** `sessionId`: the PBX's id, or the `key` of a placed call that has none yet. */
  'dial.hang-up': { payload: { sessionId: string }; value: null };
  'dial.dismiss': { payload: null; value: null };
  /** Digits to press later: 0-9 * # and , only. */
  'clipboard.copy': { payload: { text: string }; value: null };
  'calls.refresh': { payload: null; value: null };
  /** Among all live calls of colleagues: by a part of a name or number. */
  'calls.find': { payload: { text: string }; value: FoundCalls };
  'recents.clear': { payload: null; value: null };
  'recents.remove': { payload: { id: string }; value: null };
  /** Kept at hand, or not any more. */
  'favourites.set': { payload: Favourite & { favourite: boolean }; value: null };
  /** Whether a number is mine beside the account's: one of `settings.identity.ownNumbers`. */
  'own-numbers.set': { payload: { number: string; mine: boolean }; value: Settings };
  'settings.change': { payload: SettingsPatch; value: Settings };
  /** `rules` is a draft, of which nothing is kept; at most 200 texts of 1,000 characters. */
  'rules.explain': { payload: { texts: string[]; rules: DialRules }; value: RulesExplained };
  /** Main asks which file; a draft, of which nothing is kept. Null: the user chose none. */
  'rules.import': { payload: null; value: DialRules | null };
  /** Main asks where to; false: the user chose no place. */
  'rules.export': { payload: { rules: DialRules }; value: boolean };
  'notifications.pause': { payload: { until: 'half-hour' | 'tomorrow' | null }; value: null };
  'notifications.test': { payload: null; value: null };
  /** One scheme, or null for all; on Windows it opens the page on which the user chooses. */
  'links.make-default': { payload: { scheme: LinkScheme | null }; value: null };
  /** Looks again who opens links; changes nothing. */
  'links.check': { payload: null; value: null };
  /** An AppImage's entry in the user's menu, written or removed. */
  'links.set-entry': { payload: { present: boolean }; value: null };
  /** Waits up to ten seconds for the global shortcut to be pressed; dials nothing. */
  'shortcut.test': { payload: null; value: { heard: boolean } };
  /** While a new one is being chosen, the shortcut is given back to the window. */
  'shortcut.record': { payload: { recording: boolean }; value: null };
  'demo.make': { payload: { event: DemoEvent }; value: null };
  'desktop.open-page': { payload: { page: HelpPage }; value: null };
  /** Of every package that the program contains. */
  'desktop.licences': { payload: null; value: Licence[] };
  /** About the last run, which did not end properly; goes to the clipboard. */
  'desktop.copy-report': { payload: null; value: null };
  'desktop.dismiss-notice': { payload: { id: string }; value: null };
  'window.hide': { payload: null; value: null };
}

export type CommandName = keyof Commands;
export type Payload<C extends CommandName> = Commands[C]['payload'];
export type Answer<C extends CommandName> = Result<Commands[C]['value']>;

/** Pushes: main tells, the window listens. */
export interface Pushes {
  /** One slice of the state, whole, after it changed. */
  state: { [S in SliceName]: { slice: S; value: State[S] } }[SliceName];
  /** Bring a view to the front, e.g. from the tray menu; `dial` also puts the focus into the dial field. */
  show: { view: ViewName | 'dial' };
}

export type PushName = keyof Pushes;

// Records, not arrays: the compiler then names a channel that is missing or too many.
const COMMAND_TABLE: Record<CommandName, true> = {
  'state.get': true,
  'account.test': true,
  'account.sign-in': true,
  'account.enter-code': true,
  'account.send-code': true,
  'account.cancel-code': true,
  'account.start-demo': true,
  'account.sign-out': true,
  'account.switch': true,
  'account.add': true,
  'account.remove': true,
  'account.forget-certificate': true,
  'account.accept-certificate': true,
  'trust.choose-authorities': true,
  'dial.preview': true,
  'dial.place': true,
  'dial.answer-request': true,
  'dial.hang-up': true,
  'dial.dismiss': true,
  'clipboard.copy': true,
  'calls.refresh': true,
  'calls.find': true,
  'recents.clear': true,
  'recents.remove': true,
  'favourites.set': true,
  'own-numbers.set': true,
  'settings.change': true,
  'rules.explain': true,
  'rules.import': true,
  'rules.export': true,
  'notifications.pause': true,
  'notifications.test': true,
  'links.make-default': true,
  'links.check': true,
  'links.set-entry': true,
  'shortcut.test': true,
  'shortcut.record': true,
  'demo.make': true,
  'desktop.open-page': true,
  'desktop.licences': true,
  'desktop.copy-report': true,
  'desktop.dismiss-notice': true,
  'window.hide': true,
};
const PUSH_TABLE: Record<PushName, true> = { state: true, show: true };

export const COMMANDS = Object.keys(COMMAND_TABLE) as CommandName[];
export const PUSHES = Object.keys(PUSH_TABLE) as PushName[];

/** What the preload script gives the window: `window.traydial`. */
export interface Bridge {
  invoke<C extends CommandName>(command: C, payload: Payload<C>): Promise<Answer<C>>;
  /** Listens to a push; the function returned stops listening. */
  on<P extends PushName>(push: P, listener: (value: Pushes[P]) => void): () => void;
}
