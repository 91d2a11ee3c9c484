import type { DialPlan } from '../../shared/dial.ts';
import type { AppError } from '../../shared/errors.ts';
import type { PushEvent } from '../pbx/push/types.ts';
import type { CdrChange, PbxCdr, PbxSession, PbxUserStatus, SessionList } from '../pbx/types.ts';
import type { EndRecord, Stamp } from './model.ts';
import type { OwnNumbers } from './own-numbers.ts';

/** What a source says, in the order in which it is applied. Each is applied once. */
export type Fact =
  /** GET /sessions, as of some moment after `asked`. `quiet`: what is new in it is not announced. */
  | { type: 'list'; asked: Stamp; list: SessionList; quiet: boolean }
  /** The PBX refuses the list from now on: what it alone has shown can no longer be kept true. */
  | { type: 'list-refused' }
  /** GET /sessions/{id}; null when the PBX does not know it. */
  | { type: 'session'; asked: Stamp; id: string; session: PbxSession | null }
  | { type: 'push'; event: PushEvent }
  /** GET /user/status. */
  | { type: 'status'; status: PbxUserStatus; quiet: boolean }
  /** Push is there, or is lost. */
  | { type: 'listening'; listening: boolean }
  /** POST /user/cdrs/sync_tokens/{token}/diff. */
  | { type: 'changes'; changes: readonly CdrChange[] }
  /** GET /user/cdrs, asked because calls wait for their entry. */
  | { type: 'entries'; cdrs: readonly PbxCdr[] }
  /** Whether the history may be asked for. */
  | { type: 'history'; readable: boolean }
  /** Time has passed. */
  | { type: 'tick' }
  /** The computer slept, or the network was another one. */
  | { type: 'shaken' }
  /** Forget the sessions: what is listed next is not announced. Calls placed here stay known. */
  | { type: 'reset' }
  | PlacingFact;

/** What the placer did, and what came of it, for the call with this key. */
export type PlacingFact = { key: string } & (
  | { type: 'placing'; plan: DialPlan; name: string; phone: string }
  | { type: 'accepted'; sessionId: string }
  | { type: 'refused'; error: AppError }
  | { type: 'unanswered'; error: AppError }
  | { type: 'hanging-up' }
  | { type: 'hung-up' }
  | { type: 'hang-up-failed'; error: AppError }
  | { type: 'watch-failed' }
  | { type: 'confirmed' }
  | { type: 'lost' }
  /** Its entry in the call history. */
  | { type: 'record'; record: EndRecord }
);

/** What surrounds the facts. */
export interface World {
  own: OwnNumbers;
  /** Monotonic ms. */
  now: number;
  /** ms since 1970. */
  wall: number;
  /** How long a phone may ring before a call without a name is made of it, in ms. */
  nameWaitMs: number;
  /** Changes of the history are asked for regularly: they may name a call. */
  historyPolled: boolean;
}
