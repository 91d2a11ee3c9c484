import type { z } from 'zod';
import type { ServerInfo } from './account.ts';
import type { ContactsPreview, ImportedContacts, OwnContacts } from './contacts.ts';
import type { DialRules } from './dial-rules.ts';
import type { DialReading, PlacedCall } from './dial.ts';
import type { HistoryCall, HistoryPage, Waiting } from './history.ts';
import type { Licence } from './licence.ts';
import type { Notified } from './notified.ts';
import type { Result } from './result.ts';
import type { RulesExplained } from './rule-bench.ts';
// Types only: the window and the preload script contain no schemas.
import type { PAYLOADS } from './schema/commands.ts';
import type { Settings } from './settings.ts';
import type { FoundCalls, FoundPeople, NumberForms, SliceName, State } from './state.ts';

export type ViewName = 'calls' | 'history' | 'settings' | 'rules' | 'about' | 'setup' | 'guide';

export type ShowTarget = ViewName | 'dial' | 'missed' | 'call-back';

/** The window invokes commands, and main answers each with a Result. schema/commands.ts has the list and the schemas. */
export type CommandName = keyof typeof PAYLOADS;

/** The data that the window sends with a command. */
export type Payload<C extends CommandName> = z.input<(typeof PAYLOADS)[C]>;

/** The data that the handler gets after the check by the schema. */
export type CheckedPayload<C extends CommandName> = z.output<(typeof PAYLOADS)[C]>;

/** The value of each command's result. Commands that are not listed here return null. */
interface Values {
  'state.get': State;
  'account.test': ServerInfo;
  'dial.preview': DialReading;
  'dial.place': PlacedCall | null;
  'calls.find': FoundCalls;
  'people.find': FoundPeople;
  'contacts.choose': ContactsPreview | null;
  'contacts.list': ImportedContacts[];
  'contacts.own': OwnContacts;
  'contacts.export': boolean;
  /** `numbers` has the forms for the numbers of the entries. */
  'history.page': HistoryPage & { numbers: NumberForms; waiting: Waiting };
  'history.export': boolean;
  'own-numbers.set': Settings;
  'notifications.person': Settings;
  'settings.change': Settings;
  /** In the order of the calls. */
  'notifications.why': Notified[];
  'rules.explain': RulesExplained;
  'rules.import': DialRules | null;
  'rules.export': boolean;
  'shortcut.test': { pressed: boolean };
  'desktop.licences': Licence[];
}

export type Answer<C extends CommandName> = Result<C extends keyof Values ? Values[C] : null>;

/** The messages that main pushes to the window. */
export interface Pushes {
  /** One complete slice of the state after a change. */
  state: { [S in SliceName]: { slice: S; value: State[S] } }[SliceName];
  /**
   * Asks the window to show a view, e.g. after a click in the tray menu. `dial` is the view of the calls with the focus
   * in the dial field. `missed` and `call-back` are the history with only these calls. `call` opens the details of one
   * call, in the history if it has ended.
   */
  show: { view: ShowTarget; call?: Pick<HistoryCall, 'id' | 'at'> };
}

export type PushName = keyof Pushes;

/** The object that the preload script gives the window: `window.traydial`. */
export interface Bridge {
  invoke<C extends CommandName>(command: C, payload: Payload<C>): Promise<Answer<C>>;
  /** Listens to a push; the function returned stops listening. */
  on<P extends PushName>(push: P, listener: (value: Pushes[P]) => void): () => void;
}
