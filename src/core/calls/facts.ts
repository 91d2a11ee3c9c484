import type { DialPlan } from '../../shared/dial.ts';
import type { PushEvent } from '../pbx/push/types.ts';
import type { CdrChange, PbxCdr, PbxSession, PbxUserStatus, SessionList } from '../pbx/types.ts';
import type { EvidenceStamp } from './model.ts';
import type { PlacerInput } from './placed.ts';
import type { OwnNumbers } from '../numbers/own-numbers.ts';

/** Data from a source. Facts are applied in order, each once. */
export type Fact =
  /** GET /sessions, as of some moment after `asked`. `quiet`: its new sessions are not announced. */
  | { type: 'list'; asked: EvidenceStamp; list: SessionList; quiet: boolean }
  /** The PBX refuses the list from now on, so sessions known only from the list can no longer be updated. */
  | { type: 'list-refused' }
  /** GET /sessions/{id}; null when the PBX does not know it. */
  | { type: 'session'; asked: EvidenceStamp; id: string; session: PbxSession | null }
  | { type: 'push'; event: PushEvent }
  /** GET /user/status. */
  | { type: 'status'; status: PbxUserStatus; quiet: boolean }
  /** Push is connected, or is lost. */
  | { type: 'push-connection'; listening: boolean }
  /** POST /user/cdrs/sync_tokens/{token}/diff. */
  | { type: 'changes'; changes: readonly CdrChange[] }
  /** GET /user/cdrs, requested because calls wait for their entry. */
  | { type: 'entries'; cdrs: readonly PbxCdr[] }
  /** Whether the PBX lets us read the history. */
  | { type: 'history'; readable: boolean }
  /** Time has passed. */
  | { type: 'tick' }
  /** The computer slept or the network changed, so the push connection may be dead without our knowing. */
  | { type: 'push-suspect' }
  /** Forgets the sessions; the next listed ones are not announced. Placed calls stay known. */
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
  nameWaitMs: number;
  /** The history is polled, so it may identify the call of a placeholder. */
  historyPolled: boolean;
}
