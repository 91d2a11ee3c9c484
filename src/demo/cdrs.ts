import type { Dialect } from './dialect.ts';
import { ACCOUNT, DIRECT_NUMBER, DOMAIN, isInternal, nameOf, type User } from './office.ts';
import { microseconds } from './session-view.ts';
import type { Ending, Leg, Session, SwitchboardObserver } from './switchboard.ts';

const MAX_CDRS = 500;

/** A call detail record as JSON (OpenAPI 22.2 GET /user/cdrs). Times are RFC 3339 or ''. */
export interface Cdr {
  /** 18 digits, increasing from record to record. */
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
  /** SIP response code; 0 for a normal end. */
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

/** The data of a record that has no id yet. */
interface PendingCdr {
  session: Session;
  caller: string;
  callerName: string;
  callee: string;
  /** The leg whose times the record gets; null if the called phone no longer has a leg. */
  leg: Leg | null;
  /** ms since 1970. */
  endedAt: number;
  reason: string;
  statusCode: number;
  reroute: string;
}

/**
 * The call history of the demo user; other users have none. Our guesses, because the documentation does not say it: a
 * call that was placed through the API has one record, and any other call has one for each leg of the user.
 */
export class CallHistory implements SwitchboardObserver {
  readonly #now: () => number;
  readonly #dialect: Dialect;
  readonly #pending = new Map<Session, PendingCdr[]>();
  #cdrs: Cdr[] = [];
  #lastSerial = 0;

  constructor(now: () => number, dialect: Dialect) {
    this.#now = now;
    this.#dialect = dialect;
  }

  /** The records of a user, newest first. */
  of(user: User): readonly Cdr[] {
    return user.extension === ACCOUNT.extension ? this.#cdrs : [];
  }

  legEnded(session: Session, leg: Leg, ending: Ending): void {
    // A call that was placed through the API gets its only record in sessionEnded.
    if (session.placed !== null) return;
    if (leg.caller !== ACCOUNT.extension && leg.callee !== ACCOUNT.extension) return;
    const recorded = ending.reason === 'ANSWERED_ELSEWHERE' ? this.#dialect.elsewhere : ending;
    if (recorded === null) return;
    const { caller, callerName, callee } = leg;
    // A leg that began to ring later than the call is recorded as a transfer.
    const reroute = leg.rangAt !== null && leg.rangAt > session.startedAt ? 'TRANSFER' : '';
    const { reason, statusCode } = recorded;
    const endedAt = leg.endedAt ?? this.#now();
    this.#add({ session, caller, callerName, callee, leg, endedAt, reason, statusCode, reroute });
  }

  legTurnedAway(session: Session, leg: Leg, ending: Ending): void {
    this.legEnded(session, leg, ending);
  }

  sessionEnded(session: Session, ending: Ending): void {
    const { placed } = session;
    if (placed !== null && (placed.caller === ACCOUNT.extension || placed.callee === ACCOUNT.extension)) {
      const leg = session.legs.find((candidate) => candidate.callee === placed.callee) ?? null;
      const { caller, callerName, callee } = placed;
      this.#add({ session, caller, callerName, callee, leg, endedAt: this.#now(), ...ending, reroute: '' });
    }
    for (const entry of this.#pending.get(session) ?? []) this.#write(entry);
    this.#pending.delete(session);
  }

  #add(entry: PendingCdr): void {
    if (this.#dialect.writesEntries === 'by-leg') this.#write(entry);
    else this.#pending.set(entry.session, [...(this.#pending.get(entry.session) ?? []), entry]);
  }

  #write(entry: PendingCdr): void {
    const { session, caller, callee, leg, endedAt } = entry;
    const answeredAt = leg?.answeredAt ?? null;
    const trunk = leg?.trunk ?? '';
    const inbound = trunk !== '' && isInternal(callee);
    const outbound = !isInternal(callee);
    this.#lastSerial += 1;
    this.#cdrs.unshift({
      // The documentation treats this and the session id as different ids.
      id: `9${String(this.#lastSerial).padStart(17, '0')}`,
      caller,
      caller_domain: isInternal(caller) ? DOMAIN : '',
      caller_display_name: entry.callerName,
      callee,
      callee_domain: isInternal(callee) ? DOMAIN : '',
      callee_display_name: nameOf(callee),
      started_at: microseconds(session.startedAt),
      rang_at: timeOf(leg?.rangAt ?? null),
      answered_at: timeOf(answeredAt),
      ended_at: microseconds(endedAt),
      call_id: `${session.id}.${this.#lastSerial}@${DOMAIN}`,
      direction: inbound ? 'INBOUND_CALL' : outbound ? 'OUTBOUND_CALL' : 'EXTENSION_CALL',
      end_reason: this.#dialect.endReason(entry.reason),
      reroute_reason: entry.reroute,
      status_code: entry.statusCode,
      destination: callee,
      outbound_caller_id: outbound ? session.placed?.callerId || DIRECT_NUMBER : '',
      did_cid: inbound ? DIRECT_NUMBER : '',
      trunk,
      duration: answeredAt === null ? 0 : Math.round((endedAt - answeredAt) / 1000),
      service_number: '',
      user_data: session.placed?.userData ?? '',
    });
    this.#cdrs.length = Math.min(this.#cdrs.length, MAX_CDRS);
  }
}

const timeOf = (at: number | null): string => (at === null ? '' : microseconds(at));
