import { ACCOUNT, DOMAIN, extensionIdOf, isStaff, TENANT_ID } from '../office.ts';
import type { StatusWords } from '../routes/user.ts';
import type { Activity, Leg, Session, Switchboard, SwitchboardObserver } from '../switchboard.ts';
import { unixSeconds } from './unix-seconds.ts';

interface Parts {
  board: Switchboard;
  /** ms since 1970. */
  now: () => number;
  words: StatusWords;
  publish: (extension: string, frame: object) => void;
}

const CALL_STATUS: Record<Activity, string> = { idle: '', ringing: 'RINGING', talking: 'ON_CALL' };

/**
 * What is pushed under the topic extension_events ("WebSocket pub/sub"): what each phone of the office does,
 * and nothing about with whom. Guesses: a phone is ON_CALL as soon as it dials; each new call that rings is
 * told, even where the phone was RINGING before; all else only when the status is another one.
 */
export class ExtensionEvents implements SwitchboardObserver {
  readonly #parts: Parts;
  readonly #told = new Map<string, Activity>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  legRang(_session: Session, leg: Leg): void {
    if (isStaff(leg.callee)) this.#tell(leg.callee);
    this.#tellChange(leg.caller);
  }

  legAnswered(_session: Session, leg: Leg): void {
    this.#tellChange(leg.callee);
    this.#tellChange(leg.caller);
  }

  legEnded(session: Session, leg: Leg): void {
    this.legAnswered(session, leg);
  }

  /** All calls are gone without a word. */
  forget(): void {
    this.#told.clear();
  }

  /** The frame that follows a subscription; the PBX leaves out numbers that are nobody's. */
  status(extensions: Iterable<string>): object {
    const { board, now, words } = this.#parts;
    return {
      event_type: 'extension_status',
      tenant_id: TENANT_ID,
      status: [...extensions].filter(isStaff).map((extension) => ({
        extension: sipOf(extension),
        extension_id: extensionIdOf(extension),
        call_status: CALL_STATUS[board.activityOf(extension)],
        online: true,
        presence: words === '22.2' ? 'AVAILABLE' : 'ONLINE',
        presence_note: '',
        push_online: extension !== ACCOUNT.extension,
        time: unixSeconds(now()),
      })),
    };
  }

  #tellChange(number: string): void {
    if (isStaff(number) && this.#parts.board.activityOf(number) !== (this.#told.get(number) ?? 'idle')) {
      this.#tell(number);
    }
  }

  #tell(extension: string): void {
    const activity = this.#parts.board.activityOf(extension);
    this.#told.set(extension, activity);
    this.#parts.publish(extension, {
      event_type: 'extension_call',
      extension: sipOf(extension),
      call_status: CALL_STATUS[activity],
      tenant_id: TENANT_ID,
      extension_id: extensionIdOf(extension),
      time: unixSeconds(this.#parts.now()),
    });
  }
}

const sipOf = (extension: string): string => `sip:${extension}@${DOMAIN}`;
