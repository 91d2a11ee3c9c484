import type { Dialect } from '../dialect.ts';
import { ACCOUNT, DOMAIN, extensionIdOf, isStaff, TENANT_ID } from '../office.ts';
import type { Leg, Session, Switchboard, SwitchboardObserver } from '../switchboard.ts';
import { isOfficeExtension, isOnline, presenceOf } from '../office-directory.ts';
import { unixSeconds } from './unix-seconds.ts';

interface Parts {
  board: Switchboard;
  /** ms since 1970. */
  now: () => number;
  dialect: Dialect;
  publish: (extension: string, frame: object) => void;
}

/**
 * Pushes the topic extension_events ("WebSocket pub/sub"): the state of each phone, but not the other party. Our guesses: a
 * phone is ON_CALL as soon as it dials. Each new ringing call is pushed, even if the phone was RINGING before. Other states
 * are pushed only when they change.
 */
export class ExtensionEvents implements SwitchboardObserver {
  readonly #parts: Parts;
  /** The `call_status` last pushed, by extension. */
  readonly #lastStatus = new Map<string, string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  legRang(_session: Session, leg: Leg): void {
    if (isStaff(leg.callee)) this.#publish(leg.callee);
    this.#publishChange(leg.caller);
  }

  legAnswered(_session: Session, leg: Leg): void {
    if (this.#parts.dialect.pushesAnswers) this.#publishChanges(leg);
  }

  legEnded(_session: Session, leg: Leg): void {
    this.#publishChanges(leg);
  }

  /** Forgets the pushed states, because all calls are gone without an event. */
  forget(): void {
    this.#lastStatus.clear();
  }

  /** The frame that follows a subscription. The PBX leaves out unknown numbers. */
  status(extensions: Iterable<string>): object {
    const { board, now, dialect } = this.#parts;
    return {
      event_type: 'extension_status',
      tenant_id: TENANT_ID,
      status: [...extensions].filter(isOfficeExtension).map((extension) => ({
        extension: sipOf(extension),
        extension_id: extensionIdOf(extension),
        call_status: dialect.phone[board.activityOf(extension)].callStatus ?? '',
        online: isOnline(extension),
        presence: presenceOf(extension) || dialect.phone.idle.presence,
        presence_note: '',
        push_online: extension !== ACCOUNT.extension && isOnline(extension),
        time: unixSeconds(now()),
      })),
    };
  }

  #publishChanges({ caller, callee }: Leg): void {
    this.#publishChange(callee);
    this.#publishChange(caller);
  }

  #publishChange(number: string): void {
    if (isStaff(number) && this.#callStatus(number) !== (this.#lastStatus.get(number) ?? '')) this.#publish(number);
  }

  #publish(extension: string): void {
    const callStatus = this.#callStatus(extension);
    if (callStatus === null) return;
    this.#lastStatus.set(extension, callStatus);
    this.#parts.publish(extension, {
      event_type: 'extension_call',
      extension: sipOf(extension),
      call_status: callStatus,
      tenant_id: TENANT_ID,
      extension_id: extensionIdOf(extension),
      time: unixSeconds(this.#parts.now()),
    });
  }

  #callStatus(extension: string): string | null {
    return this.#parts.dialect.phone[this.#parts.board.activityOf(extension)].callStatus;
  }
}

const sipOf = (extension: string): string => `sip:${extension}@${DOMAIN}`;
