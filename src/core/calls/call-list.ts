import type { Call, Party } from '../../shared/call.ts';
import type { CallsState, FoundCalls } from '../../shared/state.ts';
import { compareText, placeIn } from './legs.ts';
import type { RestingSession, Session } from './model.ts';
import { isResting, sessionOf, Sessions } from '../sessions.ts';

/** A change copies one block of the order and the list of blocks, not ten thousand entries. */
const MAX_BLOCK = 256;
/** Maximum number of calls that the window lists; a busy office of 300 desks has about as many. */
const MAX_SHOWN_CALLS = 100;

type Entry = Session | RestingSession;
/** Entries in order, in parts of up to `MAX_BLOCK`. Shared by successive lists, so never changed. */
type Blocks = readonly (readonly Entry[])[];

/** Live calls in order: ringing for me, then my others, then the rest, each by start. Does not change. */
export class CallList {
  readonly #blocks: Blocks;
  readonly mine: readonly Call[];
  #shown: Pick<CallsState, 'calls' | 'more'> | null = null;

  constructor(blocks: Blocks) {
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
  #blocks: Blocks = [];
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
    const blocks = [...this.#blocks];
    for (const entry of gone) remove(entry, blocks);
    this.#blocks = fresh.length > sizeOf(blocks) ? inBlocks([...blocks.flat(), ...fresh].sort(compareEntries)) : blocks;
    if (this.#blocks === blocks) for (const entry of fresh) insert(entry, blocks);
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
function callsOf(blocks: Blocks, wanted: (entry: Entry) => boolean = () => true): Call[] {
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

function sizeOf(blocks: Blocks): number {
  return blocks.reduce((size, block) => size + block.length, 0);
}

function inBlocks(entries: readonly Entry[], size = MAX_BLOCK / 2): Blocks {
  return Array.from({ length: Math.ceil(entries.length / size) }, (_, at) => entries.slice(at * size, (at + 1) * size));
}

function remove(entry: Entry, blocks: (readonly Entry[])[]): void {
  const at = blockOf(entry, blocks);
  const block = blocks[at] ?? [];
  if (block.length === 1) blocks.splice(at, 1);
  else blocks[at] = block.toSpliced(placeOf(entry, block), 1);
}

function insert(entry: Entry, blocks: (readonly Entry[])[]): void {
  const at = Math.min(blockOf(entry, blocks), Math.max(0, blocks.length - 1));
  const block = blocks[at] ?? [];
  const after = block.toSpliced(placeOf(entry, block), 0, entry);
  blocks.splice(at, 1, ...(after.length > MAX_BLOCK ? inBlocks(after, Math.ceil(after.length / 2)) : [after]));
}

/** Index of the block that holds the entry, or would; the number of blocks if all entries come before it. */
function blockOf(entry: Entry, blocks: Blocks): number {
  return placeIn(blocks, (block) => compareEntries(block.at(-1) ?? entry, entry) < 0);
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

function isMine(entry: Entry): boolean {
  return rank(entry) < RANK_OF_OTHERS;
}
