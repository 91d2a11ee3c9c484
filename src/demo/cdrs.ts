import { ACCOUNT, DIRECT_NUMBER, DOMAIN, isInternal, nameOf, type User } from './office.ts';
import { microseconds } from './session-view.ts';
import type { Ending, Leg, Session, SwitchboardObserver } from './switchboard.ts';

const KEPT = 500;

/** Call detail record as JSON; times are RFC 3339 or '' (OpenAPI 22.2 GET /user/cdrs). */
export interface Cdr {
  /** 18 digits; later records have higher ones. */
  id: string;
  caller: string;
  caller_domain: string;
  caller_display_name: string;
  callee: string;
  callee_domain: string;
  callee_display_name: string;
  started_at: string;
  rang_at: string;
  answered_at: string;
  ended_at: string;
  call_id: string;
  direction: 'INBOUND_CALL' | 'OUTBOUND_CALL' | 'EXTENSION_CALL';
  end_reason: string;
  reroute_reason: string;
  /** SIP status, 0 for a normal end. */
  status_code: number;
  destination: string;
  outbound_caller_id: string;
  did_cid: string;
  trunk: string;
  /** Talk time in seconds. */
  duration: number;
  service_number: string;
  user_data: string;
}

/**
 * The signed-in user's own call history. A placed call is one entry from caller to callee, however many
 * legs it had; else each leg of the user's is one. A ring-group leg that somebody else answered is none, or
 * it would look like a missed call. Both are our inference.
 */
export class CallHistory implements SwitchboardObserver {
  readonly #now: () => number;
  #cdrs: Cdr[] = [];
  #count = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Newest first; Alex is the only user with calls. */
  of(user: User): readonly Cdr[] {
    return user.extension === ACCOUNT.extension ? this.#cdrs : [];
  }

  legEnded(session: Session, leg: Leg, ending: Ending): void {
    if (session.placed !== null || ending.reason === 'ANSWERED_ELSEWHERE') return;
    if (leg.caller !== ACCOUNT.extension && leg.callee !== ACCOUNT.extension) return;
    const transferred = leg.rangAt > session.startedAt;
    this.#write({
      session,
      caller: leg.caller,
      callerName: leg.callerName,
      callee: leg.callee,
      leg,
      ending,
      reroute: transferred ? 'TRANSFER' : '',
    });
  }

  sessionEnded(session: Session, ending: Ending): void {
    const { placed } = session;
    if (placed === null || (placed.caller !== ACCOUNT.extension && placed.callee !== ACCOUNT.extension)) return;
    const leg = session.legs.find((candidate) => candidate.callee === placed.callee) ?? null;
    const { caller, callerName, callee } = placed;
    this.#write({ session, caller, callerName, callee, leg, ending, reroute: '' });
  }

  #write(call: {
    session: Session;
    caller: string;
    callerName: string;
    callee: string;
    leg: Leg | null;
    ending: Ending;
    reroute: string;
  }): void {
    const { session, caller, callee, leg } = call;
    const now = this.#now();
    const answeredAt = leg?.answeredAt ?? null;
    const trunk = leg?.trunk ?? '';
    const inbound = trunk !== '' && isInternal(callee);
    const outbound = !isInternal(callee);
    this.#count += 1;
    this.#cdrs.unshift({
      // Not the session's id: the documents keep the two apart.
      id: `9${String(this.#count).padStart(17, '0')}`,
      caller,
      caller_domain: isInternal(caller) ? DOMAIN : '',
      caller_display_name: call.callerName,
      callee,
      callee_domain: isInternal(callee) ? DOMAIN : '',
      callee_display_name: nameOf(callee),
      started_at: microseconds(session.startedAt),
      rang_at: leg === null ? '' : microseconds(leg.rangAt),
      answered_at: answeredAt === null ? '' : microseconds(answeredAt),
      ended_at: microseconds(now),
      call_id: `${session.id}.${this.#count}@${DOMAIN}`,
      direction: inbound ? 'INBOUND_CALL' : outbound ? 'OUTBOUND_CALL' : 'EXTENSION_CALL',
      end_reason: call.ending.reason,
      reroute_reason: call.reroute,
      status_code: call.ending.statusCode,
      destination: callee,
      outbound_caller_id: outbound ? session.placed?.callerId || DIRECT_NUMBER : '',
      did_cid: inbound ? DIRECT_NUMBER : '',
      trunk,
      duration: answeredAt === null ? 0 : Math.round((now - answeredAt) / 1000),
      service_number: '',
      user_data: session.placed?.userData ?? '',
    });
    this.#cdrs.length = Math.min(this.#cdrs.length, KEPT);
  }
}
