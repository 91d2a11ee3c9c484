import type { Dialect } from '../dialect.ts';
import { ACCOUNT, DOMAIN, extensionIdOf, isStaff, TENANT_ID } from '../office.ts';
import type { Leg, Session, Switchboard, SwitchboardObserver } from '../switchboard.ts';
import { unixSeconds } from './unix-seconds.ts';

interface Parts {
  board: Switchboard;
  /** ms since 1970. */
  now: () => number;
  dialect: Dialect;
  publish: (extension: string, frame: object) => void;
}

/**
 * What is pushed under the topic extension_events ("WebSocket pub/sub"): what each phone of the office does,
 * and nothing about with whom. Guesses: a phone is ON_CALL as soon as it dials; each new call that rings is
 * told, even where the phone was RINGING before; all else only when the status is another one.
 */
export class ExtensionEvents implements SwitchboardObserver {
  readonly #parts: Parts;
  /** The `call_status` last pushed, by extension. */
  readonly #told = new Map<string, string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  legRang(_session: Session, leg: Leg): void {
    if (isStaff(leg.callee)) this.#tell(leg.callee);
    this.#tellChange(leg.caller);
  }

  legAnswered(session: Session, leg: Leg): void {
    if (this.#parts.dialect.pushesAnswers) this.legEnded(session, leg);
  }

  legEnded(_session: Session, leg: Leg): void {
    this.#tellChange(leg.callee);
    this.#tellChange(leg.caller);
  }

  /** All calls are gone without a word. */
  forget(): void {
    this.#told.clear();
  }

  /** The frame that follows a subscription; the PBX leaves out numbers that are nobody's. */
  status(extensions: Iterable<string>): object {
    const { board, now, dialect } = this.#parts;
    return {
      event_type: 'extension_status',
      tenant_id: TENANT_ID,
      status: [...extensions].filter(isStaff).map((extension) => ({
        extension: sipOf(extension),
        extension_id: extensionIdOf(extension),
        call_status: dialect.phone[board.activityOf(extension)].callStatus ?? '',
        online: true,
        presence: dialect.phone.idle.presence,
        presence_note: '',
        push_online: extension !== ACCOUNT.extension,
        time: unixSeconds(now()),
      })),
    };
  }

  #tellChange(number: string): void {
    if (isStaff(number) && this.#callStatus(number) !== (this.#told.get(number) ?? '')) this.#tell(number);
  }

  #tell(extension: string): void {
    const callStatus = this.#callStatus(extension);
    if (callStatus === null) return;
    this.#told.set(extension, callStatus);
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
