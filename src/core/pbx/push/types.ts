import type { PushTopic } from '../../../shared/call.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { HttpPort } from '../http.ts';

/** State of an extension's phone, as `extension_call` reports it. */
export type ExtensionActivity = 'idle' | 'ringing' | 'on-call' | 'unknown';

/** What a user chose; `unknown`: a word that this program does not know, or none. */
export type ChosenPresence = 'available' | 'do-not-disturb' | 'away' | 'lunch' | 'business-trip' | 'unknown';

export type PushDirection = 'internal' | 'inbound' | 'outbound' | 'inbound-outbound';

/**
 * An event of push (KB "WebSocket pub/sub" and "Event reference"). Numbers have no sip: and no host. Times are in ms
 * since 1970 on the PBX's clock. Missing times are null, missing texts ''.
 */
export type PushedEvent = PushEvent | PresenceEvent;

/** Topic extension_events: what an extension's user chose, and whether a phone or app of theirs is registered. */
export interface PresenceEvent {
  type: 'presence';
  extension: string;
  chosen: ChosenPresence;
  /** null when the PBX does not say. */
  online: boolean | null;
}

/** An event about calls. */
export type PushEvent =
  /**
   * Topic extension_events: the state of a phone, also right after subscribing. It names no call and no other party.
   */
  | { type: 'extension'; extension: string; activity: ExtensionActivity; at: number | null }
  /** Topic cdr_events: a call began (call_start) or its data changed (call_update_info). */
  | {
      type: 'call';
      sessionId: string;
      direction: PushDirection | null;
      caller: string;
      callerName: string;
      callee: string;
      calleeName: string;
      at: number | null;
    }
  /** Topic cdr_events: an event of a target, which is a phone that is offered the call (cdr_target_*). */
  | {
      type: 'target';
      change: 'add' | 'ringing' | 'answer' | 'noanswer' | 'fail' | 'end';
      sessionId: string;
      direction: PushDirection | null;
      caller: string;
      destination: string;
      at: number | null;
    }
  /** Topic cdr_events: a call ended (call_cdr). */
  | {
      type: 'call-over';
      sessionId: string;
      caller: string;
      callerName: string;
      callee: string;
      trunk: string;
      answeredAt: number | null;
      endedAt: number | null;
      /** As the PBX writes it, e.g. caller_disconnected or callee_disconnect: compare by prefix and without case. */
      endReason: string;
      /** SIP status; 0 is a normal end; null when missing. */
      statusCode: number | null;
      /** answered, noanswer or fail, in lower case. */
      callStatus: string;
      /** The phones that the call was offered to; empty when missing. */
      targets: readonly RecordTarget[];
    };

/**
 * One target of a call in `call_cdr` (`call_targets`). Times in ms since 1970 on the PBX's clock, null when missing.
 */
export interface RecordTarget {
  number: string;
  /** null or absent when missing. */
  rangAt?: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  /** As the PBX writes it; '' or absent when missing. */
  endReason?: string;
}

export type { PushTopic };

/** Credentials for push. The password is the user password, not the SIP password. */
export type PushCredentials =
  { by: 'token'; accessToken: string } | { by: 'password'; username: string; password: string; domain: string };

export type PushState =
  | { status: 'off' }
  | { status: 'connecting' }
  /**
   * Signed in and subscribed. `topics`: those that the PBX did not refuse. `proven`: those of them that it granted or
   * sent an event of. An unproven topic may report nothing.
   */
  | { status: 'listening'; topics: readonly PushTopic[]; proven: readonly PushTopic[]; since: number }
  /** Lost; tries again at `retryAt`, ms since 1970. */
  | { status: 'waiting'; retryAt: number; error: AppError }
  /** The PBX refused the credentials or every topic: not tried again before something changes. */
  | { status: 'refused'; error: AppError }
  /** This server has no push. */
  | { status: 'missing'; error: AppError };

/**
 * The topic that an event proves to be granted. An event of a colleague's extension proves nothing about the user's own
 * one, which may be refused on its own.
 */
export function provenBy(event: PushedEvent, ownExtension: string): PushTopic | null {
  if (event.type !== 'extension' && event.type !== 'presence') return 'cdr_events';
  return event.extension === ownExtension ? 'extension_events' : null;
}

/** What push needs from a sign-in. */
export interface PushAccess {
  /** Where the REST API is, and how it is reached. */
  readonly server: HttpPort['server'];
  /** The user's password, if it is known and was not refused. Secret. */
  readonly password: string | null;
  /** Whether there is a credential that may be tried. */
  readonly possible: boolean;
  /** Credentials in the order to try. Secret. */
  credentials(): Promise<Result<PushCredentials[]>>;
  accepted(by: PushCredentials['by']): void;
  refused(by: PushCredentials['by']): void;
}
