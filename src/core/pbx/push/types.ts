import type { PushTopic } from '../../../shared/call.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { HttpPort } from '../http.ts';

/** What an extension's phone does, as `extension_call` says it. */
export type ExtensionActivity = 'idle' | 'ringing' | 'on-call' | 'unknown';

export type PushDirection = 'internal' | 'inbound' | 'outbound' | 'inbound-outbound';

/**
 * What the PBX pushes (KB "WebSocket pub/sub" and "Event reference"), read leniently. Numbers are bare: sip: and host
 * are gone. Times in ms since 1970 on the PBX's clock, null when missing; texts are '' when missing.
 */
export type PushEvent =
  /** Topic extension_events; also the status that is sent right after subscribing. Names no call and no other party. */
  | { type: 'extension'; extension: string; activity: ExtensionActivity; at: number | null }
  /** Topic cdr_events: a call began (call_start) or what is known of it changed (call_update_info). */
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
  /** Topic cdr_events: one phone that a call is offered to (cdr_target_*). */
  | {
      type: 'target';
      change: 'add' | 'ringing' | 'answer' | 'noanswer' | 'fail' | 'end';
      sessionId: string;
      direction: PushDirection | null;
      caller: string;
      destination: string;
      at: number | null;
    }
  /** Topic cdr_events: a call is over (call_cdr). */
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
    };

export type { PushTopic };

/** What the interface wants to know; the password is the user password, not the SIP password. */
export type PushCredentials =
  { by: 'token'; accessToken: string } | { by: 'password'; username: string; password: string; domain: string };

export type PushState =
  | { status: 'off' }
  | { status: 'connecting' }
  /**
   * Signed in and subscribed. `topics`: those that the PBX did not refuse. `proven`: those of them that it granted, or of
   * which it has pushed something: silence proves nothing, and what an unproven topic does not tell may have happened.
   */
  | { status: 'listening'; topics: readonly PushTopic[]; proven: readonly PushTopic[]; since: number }
  /** Lost; tries again at `retryAt`, ms since 1970. */
  | { status: 'waiting'; retryAt: number; error: AppError }
  /** The PBX refused the credentials or every topic: not tried again before something changes. */
  | { status: 'refused'; error: AppError }
  /** There is no such interface at this server. */
  | { status: 'missing'; error: AppError };

/** The topic that an event belongs to, and so proves to be granted. */
export function topicOf({ type }: PushEvent): PushTopic {
  return type === 'extension' ? 'extension_events' : 'cdr_events';
}

/** What listening to pushes needs of a sign-in. */
export interface PushAccess {
  /** Where the REST API is, and how it is reached. */
  readonly way: HttpPort['way'];
  /** The user's password, where it is known and was not refused. Secret. */
  readonly password: string | null;
  /** There is something to sign in with that may be tried. */
  readonly possible: boolean;
  /** In the order to try; empty when there is none that may be tried. Secret. */
  credentials(): Promise<Result<PushCredentials[]>>;
  accepted(by: PushCredentials['by']): void;
  refused(by: PushCredentials['by']): void;
}
