import type { CallEvent } from '../../shared/call.ts';
import type { PlacedCall } from '../../shared/dial.ts';
import type { Waiting } from '../../shared/history.ts';
import type { OwnNumbers } from '../numbers/own-numbers.ts';
import type { Clock } from '../clock.ts';
import { evidenceFromEvent, evidenceFromPlaced, type Evidence } from './evidence.ts';
import type { Histories, History } from './history.ts';
import type { GetShownTexts } from './shown-names.ts';
import { RecordSync, type RecordSyncOptions } from './record-sync.ts';
import { VoicemailWatch, type VoicemailWatchOptions } from './voicemail-watch.ts';

export interface AccountHistoryOptions {
  histories: Histories;
  clock: Clock;
  own: () => OwnNumbers;
  /** This computer's wall clock minus the PBX's, in ms; 0 while it is not known. */
  offset: () => number;
  keepDays: () => number;
  onChange: () => void;
  getShownTexts: GetShownTexts;
  /** The account; null for the demo. */
  account: string | null;
}

/** How many of the calls in `endedHere` are remembered: enough until the PBX has written their records. */
const MAX_ENDED_HERE = 100;

/** The history of the signed-in user. It is made from the events of calls and the PBX's records. */
export class AccountHistory {
  readonly #options: AccountHistoryOptions;
  #history: History;
  /** Reads the PBX's records; null while nobody is signed in. */
  #records: RecordSync | null = null;
  #voicemails: VoicemailWatch | null = null;
  /** Calls that the user ended in this program, by session id or by the key of the placed call, the latest at the end. */
  readonly endedHere = new Set<string>();
  /** Session ids of calls in progress that have rung for the user. */
  readonly #rang = new Set<string>();

  constructor(options: AccountHistoryOptions) {
    this.#options = options;
    this.#history = this.#open(options.account);
  }

  get current(): History {
    return this.#history;
  }

  open(account: string | null): void {
    this.#history = this.#open(account);
  }

  /** How many people wait for a call back, and how many voicemails are new. */
  get waiting(): Waiting {
    return { people: this.#history.callBacks?.people ?? null, voicemails: this.#voicemails?.count ?? null };
  }

  connected(pbx: RecordSyncOptions['pbx'] & VoicemailWatchOptions['pbx']): void {
    this.#stopWatching();
    if (this.#history.records === null) return;
    const { own, clock, offset, keepDays, onChange } = this.#options;
    this.#voicemails = new VoicemailWatch({ pbx, clock, onChange });
    this.#voicemails.start();
    this.#records = new RecordSync({ pbx, history: this.#history, own, clock, offset, keepDays });
    this.#records.start();
  }

  disconnected(): void {
    this.#stopWatching();
    this.endedHere.clear();
    this.#rang.clear();
  }

  /** Must be called when the computer woke up. */
  wake(): void {
    this.#records?.wake();
  }

  /** Must be called when the PBX responds again after an outage. */
  respondsAgain(): void {
    this.#records?.respondsAgain();
  }

  /** True until the PBX's records since the last start or wake-up were read. */
  get isBehind(): boolean {
    return this.#records?.isBehind === true;
  }

  /** Adds events to the history and returns them. A call that the user declined is not a missed call. */
  happened(reported: readonly CallEvent[]): CallEvent[] {
    const events = reported.filter(({ type, call }) => type !== 'missed' || !this.endedHere.has(call.id));
    for (const { type, call } of events) if (type === 'for-me') this.#rang.add(call.id);
    const context = { offset: this.#options.offset(), endedHere: this.endedHere, rang: this.#rang };
    this.#add(events.map((event) => evidenceFromEvent(event, context)));
    for (const { type, call } of reported) if (type === 'ended') this.#rang.delete(call.id);
    // Not deleted at the end of the call: the PBX's record follows later, and may say "missed" for a declined call.
    for (const id of [...this.endedHere].slice(0, -MAX_ENDED_HERE)) this.endedHere.delete(id);
    return events;
  }

  /** A call that was placed here has ended. */
  placed(placed: PlacedCall): void {
    this.#add([evidenceFromPlaced(placed, this.#options.offset())]);
  }

  #open(account: string | null): History {
    return this.#options.histories.open(account, this.#options.onChange, this.#options.getShownTexts);
  }

  #stopWatching(): void {
    this.#records?.stop();
    this.#records = null;
    this.#voicemails?.stop();
    this.#voicemails = null;
  }

  #add(evidenceOrNull: readonly (Evidence | null)[]): void {
    const evidence = evidenceOrNull.filter((item) => item !== null);
    if (evidence.length === 0) return;
    this.#history.add(evidence);
    this.#records?.callEnded();
    this.#voicemails?.callEnded();
  }
}
