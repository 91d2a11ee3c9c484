import type { Call, Party } from '../../shared/call.ts';
import type { CallsState, FoundCalls } from '../../shared/state.ts';
import { compareText, placeIn } from './legs.ts';
import type { RestingSession, Session } from './model.ts';
import { isResting, sessionOf, Sessions } from './sessions.ts';

/** Up to this number of changed calls are inserted one by one; otherwise the whole order is merged. */
const MAX_SINGLE_INSERTS = 16;
/** Maximum number of calls that the window lists; a busy office of 300 desks has about as many. */
const MAX_SHOWN_CALLS = 100;

type Entry = Session | RestingSession;

/** Live calls in order: ringing for me, then my others, then the rest, each by start. Does not change. */
export class CallList {
  readonly #entries: readonly Entry[];
  readonly mine: readonly Call[];
  #shown: Pick<CallsState, 'calls' | 'more'> | null = null;

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
    this.mine = callsOf(
      entries.slice(
        0,
        placeIn(entries, (entry) => rank(entry) < RANK_OF_OTHERS),
      ),
    );
  }

  has(id: string): boolean {
    return this.#entries.some((entry) => entry.id === id);
  }

  /**
   * The first live calls and the number of the rest. Mine come first, and a colleague's call keeps its place until it
   * ends; a list of the newest calls would change with every poll.
   */
  get shown(): Pick<CallsState, 'calls' | 'more'> {
    if (this.#shown !== null) return this.#shown;
    const calls = callsOf(this.#entries.slice(0, MAX_SHOWN_CALLS));
    const mine = Math.max(0, this.mine.length - MAX_SHOWN_CALLS);
    this.#shown = { calls, more: { mine, others: this.#entries.length - calls.length - mine } };
    return this.#shown;
  }

  /** Calls of colleagues with these letters in a name, or these digits in a number. One character finds nothing. */
  find(typed: string): Omit<FoundCalls, 'numbers'> {
    const text = typed.trim().toLowerCase();
    const digits = text.replace(/\D/gu, '');
    const asName = /\p{L}/u.test(text) ? text : '';
    if (text.length < 2 || (asName === '' && digits.length < 2)) return { calls: [], more: 0 };
    const matches = ({ number, name }: Party): boolean =>
      asName === ''
        ? number.replace(/\D/gu, '').includes(digits)
        : name.toLowerCase().includes(asName) || number.toLowerCase().includes(asName);
    const found = this.#entries.slice(this.mine.length).filter((entry) => partiesOf(entry).some(matches));
    return { calls: callsOf(found.slice(0, MAX_SHOWN_CALLS)), more: Math.max(0, found.length - MAX_SHOWN_CALLS) };
  }
}

export const NO_CALLS = new CallList([]);

/** Keeps the list of calls in order while sessions change. */
export class CallOrder {
  #entries: Entry[] = [];
  #of = new Sessions<Session>();
  /** The same list while no call changed. */
  list = NO_CALLS;

  update(sessions: Sessions<Session>): void {
    const gone: Entry[] = [];
    const fresh: Entry[] = sessions.restingSince(this.#of);
    for (const [, was, is] of sessions.changesSince(this.#of)) {
      if (was !== undefined && is !== undefined && hasSameView(was, is)) continue;
      if (was !== undefined && isShown(was)) gone.push(was);
      if (is !== undefined && isShown(is)) fresh.push(is);
    }
    this.#of = sessions;
    if (gone.length + fresh.length === 0) return;
    if (gone.length + fresh.length <= MAX_SINGLE_INSERTS) {
      this.#entries = [...this.#entries];
      for (const entry of gone) this.#entries.splice(placeOf(entry, this.#entries), 1);
      for (const entry of fresh) this.#entries.splice(placeOf(entry, this.#entries), 0, entry);
    } else {
      const old = new Set(gone.map(({ id }) => id));
      const kept = old.size === 0 ? this.#entries : this.#entries.filter(({ id }) => !old.has(id));
      this.#entries = mergeOrders(kept, fresh.sort(compareEntries));
    }
    this.list = new CallList(this.#entries);
  }
}

function hasSameView(was: Entry, is: Entry): boolean {
  return was.sortAt === is.sortAt && sessionOf(was).call === sessionOf(is).call;
}

function isShown(entry: Entry): boolean {
  return isResting(entry) || entry.call !== null;
}

function callsOf(entries: readonly Entry[]): Call[] {
  return entries.flatMap((entry) => sessionOf(entry).call ?? []);
}

function partiesOf(entry: Entry): readonly Party[] {
  if (!isResting(entry)) return entry.call === null ? [] : [entry.call.caller, entry.call.callee];
  return entry.row.legs.flatMap(({ caller, callerName, callee }) => [
    { number: caller, name: callerName },
    { number: callee, name: '' },
  ]);
}

/** Merges two ordered lists. */
function mergeOrders(entries: Entry[], more: Entry[]): Entry[] {
  if (entries.length === 0) return more;
  const all: Entry[] = [];
  let at = 0;
  for (const entry of more) {
    const place = placeOf(entry, entries);
    while (at < place) all.push(entries[at++] as Entry);
    all.push(entry);
  }
  while (at < entries.length) all.push(entries[at++] as Entry);
  return all;
}

/** Index of the entry in an ordered list, or where it belongs. */
function placeOf(entry: Entry, entries: readonly Entry[]): number {
  return placeIn(entries, (other) => compareEntries(other, entry) < 0);
}

function compareEntries(a: Entry, b: Entry): number {
  return rank(a) - rank(b) || a.sortAt - b.sortAt || compareText(a.id, b.id);
}

const RANK_OF_OTHERS = 2;

function rank(entry: Entry): number {
  if (isResting(entry) || entry.call?.mine !== true) return RANK_OF_OTHERS;
  return entry.call.state === 'ringing' ? 0 : 1;
}
