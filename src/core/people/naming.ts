import type { Call, CallEvent, Party } from '../../shared/call.ts';
import { plainText } from '../../shared/plain-text.ts';
import { sideOf } from '../numbers/external-number.ts';
import { isHiddenWord } from './hidden-word.ts';
import type { Who } from './who.ts';

const MAX_NAME_CHARACTERS = 120;
/** The cache is cleared when it has this many parties, which are more than the window shows at once. */
const MAX_CACHED_PARTIES = 4_000;

interface CachedParty {
  version: number;
  party: Party;
}

/**
 * Gives the parties of calls their names. Whatever shows a call must use these names. If the directory has the number,
 * the name that the caller sent is not shown.
 */
export class Naming {
  readonly #who: (party: Party) => Who;
  readonly #isExtension: (digits: string) => boolean;
  /** Cached results are valid only while their version is this one. */
  #version = 0;
  #parties = new Map<string, CachedParty>();
  readonly #calls = new WeakMap<Call, { version: number; call: Call }>();

  /**
   * `who` finds the people behind the number of a party. `isExtension` is true for digits that are an extension by the
   * user's settings.
   */
  constructor(who: (party: Party) => Who, isExtension: (digits: string) => boolean) {
    this.#who = who;
    this.#isExtension = isExtension;
  }

  /** Must be called when people, or the way in which numbers are read, have changed: all names are looked up again. */
  invalidate(): void {
    this.#version += 1;
  }

  /** The party with its name. Returns the same object while the name does not change. */
  party(party: Party): Party {
    const key = `${party.number}\n${party.name}\n${party.external === true ? 'external' : ''}`;
    const known = this.#parties.get(key);
    if (known?.version === this.#version) return known.party;
    const fresh = this.#named(party);
    const same = known !== undefined && isSame(known.party, fresh) ? known.party : fresh;
    if (this.#parties.size >= MAX_CACHED_PARTIES) this.#parties = new Map();
    this.#parties.set(key, { version: this.#version, party: same });
    return same;
  }

  /** The call with names. Returns the same object while no name in it changes. */
  call(call: Call): Call {
    const known = this.#calls.get(call);
    if (known?.version === this.#version) return known.call;
    const caller = this.party(call.caller);
    const callee = this.party(call.callee);
    const other = this.party(call.other);
    const via = call.via === undefined ? undefined : this.#nameOrNumber(call.via);
    const passedBy = call.passedBy === undefined ? undefined : this.#nameOrNumber(call.passedBy);
    const before = known?.call;
    const isSame =
      before?.caller === caller &&
      before.callee === callee &&
      before.other === other &&
      before.via === via &&
      before.passedBy === passedBy;
    const path = { ...(via === undefined ? {} : { via }), ...(passedBy === undefined ? {} : { passedBy }) };
    const after = isSame ? before : { ...call, caller, callee, other, ...path };
    this.#calls.set(call, { version: this.#version, call: after });
    return after;
  }

  event(event: CallEvent): CallEvent {
    const call = this.call(event.call);
    if (event.type === 'ended' && event.talk !== undefined)
      return { ...event, call, talk: { ...event.talk, call: this.call(event.talk.call) } };
    if (event.type === 'for-me' && event.via !== undefined)
      return { ...event, call, via: this.#nameOrNumber(event.via) };
    return { ...event, call };
  }

  /** Returns an entry of a list, for example a recent call or a favourite, with the name of its party. */
  entry<T extends Party>(entry: T): T {
    const { number, name, external } = entry;
    return { ...entry, ...this.party(external === true ? { number, name, external } : { number, name }) };
  }

  /** Returns a call with the names of those who passed it on. */
  passedOn<T extends { passedBy?: string; passedTo?: string }>(call: T): T {
    const { passedBy, passedTo } = call;
    if (passedBy === undefined && passedTo === undefined) return call;
    const named = { ...call };
    if (passedBy !== undefined) named.passedBy = this.#nameOrNumber(passedBy);
    if (passedTo !== undefined) named.passedTo = this.#nameOrNumber(passedTo);
    return named;
  }

  #named(party: Party): Party {
    const isInside = party.external !== true && isExtension(party.number, this.#isExtension);
    return withName(party, this.#who(party), isInside);
  }

  #nameOrNumber(number: string): string {
    return this.nameOf(number) || number;
  }

  /** Changes whenever a name may have changed. */
  get version(): number {
    return this.#version;
  }

  /**
   * The name and company that are shown for a number; '' if nobody has it. It is not cached, because a search of the
   * history asks for more numbers than the window shows.
   */
  shownText(number: string): string {
    const { name, company = '' } = this.#named({ number, name: '' });
    return `${name} ${company}`.trim();
  }

  /** The name of the person or company that has the number; '' if nobody has it, or several people do. */
  nameOf(number: string): string {
    return this.party({ number, name: '' }).name;
  }
}

/** The party with the name that is to be shown. `isInside`: it has an extension of this PBX, which sends its name itself. */
function withName(party: Party, { shown }: Who, isInside: boolean): Party {
  const number: Pick<Party, 'number' | 'external'> =
    party.external === true ? { number: party.number, external: true } : { number: party.number };
  switch (shown.kind) {
    case 'person':
      return { ...number, name: plainText(shown.name, MAX_NAME_CHARACTERS), ...companyOf(shown.company) };
    case 'company':
      return { ...number, name: plainText(shown.company, MAX_NAME_CHARACTERS) };
    case 'several':
      return { ...number, name: '', several: shown.count };
    case 'claim':
      return isInside ? { ...number, name: shown.claim } : { ...number, name: shown.claim, claimed: true };
    case 'number':
    case 'hidden':
    case 'nothing':
      // Words such as "Anonymous" and signs such as "***" show that the caller withheld the name. Any other name is not
      // shown: it is only a number, or that of somebody who has other numbers in the directory.
      return { ...number, name: isHiddenWord(party.name) || !/[\p{L}\p{Nd}]/u.test(party.name) ? party.name : '' };
  }
}

const companyOf = (company: string): Pick<Party, 'company'> =>
  company === '' ? {} : { company: plainText(company, MAX_NAME_CHARACTERS) };

/** By its form, or by the user's settings, which may have longer extensions. */
const isExtension = (number: string, bySettings: (digits: string) => boolean): boolean =>
  /^[0-9*#]+$/.test(number) && (sideOf(number, { extension: '' }) === 'extension' || bySettings(number));

const isSame = (a: Party, b: Party): boolean =>
  a.name === b.name &&
  a.external === b.external &&
  a.company === b.company &&
  a.several === b.several &&
  a.claimed === b.claimed;
