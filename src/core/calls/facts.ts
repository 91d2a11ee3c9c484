import type { DialPlan } from '../../shared/dial.ts';
import type { PushEvent } from '../pbx/push/types.ts';
import type { CdrChange, PbxCdr, PbxSession, PbxUserStatus, SessionList } from '../pbx/types.ts';
import type { FactStamp } from './model.ts';
import type { PlacerInput } from './placed.ts';
import type { OwnNumbers } from '../numbers/own-numbers.ts';

/** Data from a source, or something that happened here. `reduce` applies facts in order, each once. */
export type Fact =
  /**
   * The response to GET /sessions: the sessions at some moment after `asOf`. `unannounced`: its new sessions
   * are shown but not announced.
   */
  | { type: 'list'; asOf: FactStamp; sessionList: SessionList; unannounced: boolean }
  /** The PBX refuses the list from now on, so sessions known only from the list can no longer be updated. */
  | { type: 'list-refused' }
  /** The response to GET /sessions/{id}. `session`: null if the PBX does not know it. */
  | { type: 'session'; asOf: FactStamp; id: string; session: PbxSession | null }
  | { type: 'push'; event: PushEvent }
  /** The response to GET /user/status. `unannounced`: a call that it shows is not announced. */
  | { type: 'status'; status: PbxUserStatus; unannounced: boolean }
  /** Push was connected or lost. */
  | { type: 'push-connection'; isConnected: boolean }
  /**
   * Changes of the call history: the response to POST /user/cdrs/sync_tokens/{token}/diff. `since`: when the program
   * began to poll the history, in ms since 1970; the first response also has the calls before that.
   */
  | { type: 'changes'; changes: readonly CdrChange[]; since: number }
  /** The newest records of the call history (GET /user/cdrs), requested because calls wait for their entries. */
  | { type: 'newest-records'; records: readonly PbxCdr[] }
  /** Whether the PBX lets the user read the call history. */
  | { type: 'history'; readable: boolean }
  /** Time has passed, so time limits may have been reached. */
  | { type: 'tick' }
  /** The computer slept or the network changed, so the push connection may be dead without our knowing. */
  | { type: 'push-suspect' }
  /**
   * A new sign-in begins: the sessions are forgotten, and those of the next list are not announced. Placed calls stay.
   */
  | { type: 'reset' }
  | PlacedCallFact;

/** An action of the placer, or its result, for the placed call with this key. */
export type PlacedCallFact = { key: string } & (
  { type: 'call-placed'; plan: DialPlan; name: string; phone: string } | PlacerInput
);

/** The input of `reduce` besides the facts. */
export interface ReduceContext {
  own: OwnNumbers;
  /** Monotonic ms. */
  now: number;
  /** ms since 1970. */
  wall: number;
  /** How long a phone may ring before a placeholder session is shown for it, in ms. */
  placeholderDelayMs: number;
  /** The history is polled, so it may identify the call of a placeholder. */
  historyPolled: boolean;
}
