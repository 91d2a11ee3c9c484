import type { Call, Party } from '../../shared/call.ts';
import type { CallsState, FoundCalls } from '../../shared/state.ts';
import { compareText } from './legs.ts';
import type { RestingSession, Session } from './model.ts';
import { isResting, sessionOf, Sessions } from '../sessions.ts';
import { changedBlocks, sizeOf, type Blocks } from '../sorted-blocks.ts';

/** Maximum number of calls that the window lists; a busy office of 300 desks has about as many. */
const MAX_SHOWN_CALLS = 100;

type Entry = Session | RestingSession;

/** The live calls: first those that ring for me, then my others, then the rest, each by their start. Immutable. */
export class CallList {
  readonly #blocks: Blocks<Entry>;
  readonly mine: readonly Call[];
  #shown: Pick<CallsState, 'calls' | 'more'> | null = null;

  constructor(blocks: Blocks<Entry>) {
    this.#blocks = blocks;
    this.mine = callsOf(blocks, isMine);
  }

  has(id: string): boolean {
    return this.#blocks.some((block) => block.some((entry) => entry.id === id));
  }

  /**
   * The first live calls and the number of the rest. Mine come first, and a colleague's call keeps its place until it
   * ends; a list of the newest calls would change with every poll.
   */
  get shown(): Pick<CallsState, 'calls' | 'more'> {
    if (this.#shown !== null) return this.#shown;
    let left = MAX_SHOWN_CALLS;
    const calls = callsOf(this.#blocks, () => left-- > 0);
    const mine = Math.max(0, this.mine.length - MAX_SHOWN_CALLS);
    this.#shown = { calls, more: { mine, others: sizeOf(this.#blocks) - calls.length - mine } };
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
    const found = this.#blocks
      .flat()
      .slice(this.mine.length)
      .filter((entry) => partiesOf(entry).some(matches));
    return { calls: callsOf([found.slice(0, MAX_SHOWN_CALLS)]), more: Math.max(0, found.length - MAX_SHOWN_CALLS) };
  }
}

export const NO_CALLS = new CallList([]);

/** Keeps the list of calls in order while sessions change. */
export class CallOrder {
  #blocks: Blocks<Entry> = [];
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
    this.#blocks = changedBlocks(this.#blocks, { removed: gone, added: fresh }, compareEntries);
    this.list = new CallList(this.#blocks);
  }
}

function hasSameView(was: Entry, is: Entry): boolean {
  return was.sortAt === is.sortAt && sessionOf(was).call === sessionOf(is).call;
}

function isShown(entry: Entry): boolean {
  return isResting(entry) || entry.call !== null;
}

/** The calls up to the first entry that is not `wanted`. */
function callsOf(blocks: Blocks<Entry>, wanted: (entry: Entry) => boolean = () => true): Call[] {
  const calls: Call[] = [];
  for (const block of blocks) {
    for (const entry of block) {
      if (!wanted(entry)) return calls;
      const { call } = sessionOf(entry);
      if (call !== null) calls.push(call);
    }
  }
  return calls;
}

function partiesOf(entry: Entry): readonly Party[] {
  if (!isResting(entry)) return entry.call === null ? [] : [entry.call.caller, entry.call.callee];
  return entry.row.legs.flatMap(({ caller, callerName, callee }) => [
    { number: caller, name: callerName },
    { number: callee, name: '' },
  ]);
}

function compareEntries(a: Entry, b: Entry): number {
  return rank(a) - rank(b) || a.sortAt - b.sortAt || compareText(a.id, b.id);
}

const RANK_OF_OTHERS = 2;

function rank(entry: Entry): number {
  if (isResting(entry) || entry.call?.mine !== true) return RANK_OF_OTHERS;
  return entry.call.state === 'ringing' ? 0 : 1;
}

function isMine(entry: Entry): boolean {
  return rank(entry) < RANK_OF_OTHERS;
}
