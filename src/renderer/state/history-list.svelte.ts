import type { AppError } from '../../shared/errors.ts';
import type { HistoryCall, HistoryFilter, Waiting } from '../../shared/history.ts';
import type { NumberForms } from '../../shared/state.ts';
import {
  addRows,
  isReported,
  isSameParty,
  personRows,
  SAME_CALL_MS,
  withKeysOf,
  type HistoryRow,
} from './history-rows.ts';
import type { Store } from './store.svelte.ts';
import { windowTimer } from './window-timer.ts';

/** The search begins this long after the last key, in ms. */
const PAUSE_MS = 120;

/** The calls of the history that match a search and a filter, as far as the user has scrolled. */
export class HistoryList {
  readonly #store: Store;
  #calls: readonly HistoryCall[] = [];
  /** The cursor of the next page; null if there is none, or the first page is not loaded yet. */
  #next: string | null = null;
  /** The text for which `#calls` were found. */
  #searched = '';
  /** The number of the latest request. Answers to earlier ones are ignored. */
  #requestNumber = 0;
  #isLoading = false;
  #latestRequest: Promise<unknown> = Promise.resolve();
  #isReloading = false;
  readonly #timer = windowTimer();
  text = $state('');
  rows = $state.raw<readonly HistoryRow[]>([]);
  /** The formatted numbers that main sent. */
  forms = $state.raw<NumberForms>({});
  /** The first page is loaded. */
  isKnown = $state(false);
  error = $state.raw<AppError | null>(null);
  /** The filter for which the calls were found. The user may have chosen another one since. */
  only = $state.raw<HistoryFilter['only']>(null);
  waiting = $state.raw<Waiting>({ people: null, voicemails: null });
  /** The call that the user took off the call-back list last, as long as this can be undone. */
  finished = $state.raw<HistoryCall | null>(null);

  constructor(store: Store) {
    this.#store = store;
    this.text = store.historySearch;
    store.historySearch = '';
  }

  type(text: string): void {
    this.text = text;
    this.#timer.start(PAUSE_MS, () => void this.reload());
  }

  /** Reads the first page, and forgets all others. */
  async reload(): Promise<void> {
    this.#timer.stop();
    this.#isReloading = true;
    const page = await this.#requestPage(null);
    if (page === null) return;
    this.#isReloading = false;
    this.isKnown = true;
    this.finished = null;
    this.#searched = page.text;
    this.#next = page.next;
    this.#show(page.entries, page.only);
  }

  /** Reads the first page again, because calls were added, changed or deleted. The calls below that page stay. */
  async refresh(): Promise<void> {
    if (!this.isKnown) return;
    if (!this.#isCurrent) {
      await this.reload();
      return;
    }
    const page = await this.#requestPage(null);
    if (page === null) return;
    const last = page.entries.at(-1);
    const below = page.next === null || last === undefined ? [] : this.#calls.filter((call) => isBelow(call, last));
    if (below.length === 0) this.#next = page.next;
    this.#show([...page.entries, ...without(below, page.entries)], page.only);
  }

  /** True if the calls were found for the current text and filter. */
  get #isCurrent(): boolean {
    return !this.#isReloading && this.text === this.#searched && this.#store.historyOnly === this.only;
  }

  /** Reads the next page. Called when the user has scrolled close to the end. */
  async more(): Promise<void> {
    if (this.#next === null || this.#isLoading || !this.#isCurrent) return;
    const page = await this.#requestPage(this.#next);
    if (page === null) return;
    this.#next = page.next;
    const entries = without(page.entries, this.#calls);
    this.#calls = [...this.#calls, ...entries];
    this.rows = addRows(this.rows, entries);
  }

  /** True if the user has not seen some of the missed calls. */
  get hasOpen(): boolean {
    return this.rows.some((row) => row.kind === 'calls' && row.calls.some(({ unseen }) => unseen));
  }

  /** Takes the person of a call off the call-back list. */
  async finish(call: HistoryCall): Promise<void> {
    const answer = await this.#store.send('history.done', { id: call.id, done: true });
    this.error = answer.ok ? null : answer.error;
    if (!answer.ok) return;
    this.finished = call;
    this.#show(this.#calls.filter(({ id }) => id !== call.id));
  }

  async undo(): Promise<void> {
    if (this.finished === null) return;
    const answer = await this.#store.send('history.done', { id: this.finished.id, done: false });
    this.error = answer.ok ? null : answer.error;
    if (answer.ok) await this.reload();
  }

  /** Sets a reminder (ms since 1970); null deletes it. */
  async remind(id: string, at: number | null): Promise<void> {
    const answer = await this.#store.send('history.remind', { id, at });
    this.error = answer.ok ? null : answer.error;
    if (answer.ok) await this.refresh();
  }

  /** The index of the row with a call; -1 if none has it. */
  rowOf(id: string | undefined): number {
    return this.rows.findIndex((row) => row.kind === 'calls' && row.calls.some((call) => call.id === id));
  }

  /** Reads pages until the list has a call. Returns false if it is not in the history. */
  async find({ id, at }: Pick<HistoryCall, 'id' | 'at'>): Promise<boolean> {
    this.text = '';
    await this.reload();
    for (;;) {
      if (this.rowOf(id) >= 0) return true;
      if (this.#isLoading) {
        await this.#latestRequest;
        continue;
      }
      const isPast = (this.#calls.at(-1)?.at ?? -Infinity) < at - SAME_CALL_MS;
      if (this.#next === null || isPast || this.error !== null || !this.#isCurrent) return false;
      await this.more();
    }
  }

  /** The index of the row with one of these calls or, on the call-back list, of the same person; -1 if there is none. */
  rowWith(calls: readonly HistoryCall[]): number {
    const find = (isSame: (a: HistoryCall, b: HistoryCall) => boolean): number =>
      this.rows.findIndex((row) => row.kind === 'calls' && row.calls.some((a) => calls.some((b) => isSame(a, b))));
    const searches = [(a: HistoryCall, b: HistoryCall) => a.id === b.id, isReported];
    if (this.only === 'call-back') searches.push(isSameParty);
    return searches.map(find).find((index) => index >= 0) ?? -1;
  }

  async remove(calls: readonly HistoryCall[]): Promise<void> {
    for (const { id } of calls) {
      const answer = await this.#store.send('recents.remove', { id });
      this.error = answer.ok ? null : answer.error;
      if (!answer.ok) return;
      this.#show(this.#calls.filter((call) => call.id !== id));
    }
  }

  async removeAll(): Promise<void> {
    const answer = await this.#store.send('recents.clear', null);
    this.error = answer.ok ? null : answer.error;
    if (answer.ok) await this.reload();
  }

  async note(id: string, note: string): Promise<void> {
    const answer = await this.#store.send('history.note', { id, note });
    this.error = answer.ok ? null : answer.error;
    if (answer.ok) this.#show(this.#calls.map((call) => (call.id === id ? { ...call, note } : call)));
  }

  /** Marks these missed calls as seen; null marks all of them. */
  async markSeen(ids: readonly string[] | null): Promise<void> {
    const answer = await this.#store.send('history.seen', { ids: ids === null ? null : [...ids] });
    if (answer.ok) this.#show(this.#calls.map((call) => (ids === null || ids.includes(call.id) ? asSeen(call) : call)));
  }

  /** Returns true if the file was written. */
  async export(): Promise<boolean> {
    const answer = await this.#store.send('history.export', null);
    this.error = answer.ok ? null : answer.error;
    return answer.ok && answer.value;
  }

  /** Returns null after an error, or if there was a newer request meanwhile. */
  async #requestPage(before: string | null) {
    const requestNumber = ++this.#requestNumber;
    this.#isLoading = true;
    const filter = { text: this.text, only: this.#store.historyOnly };
    const request = this.#store.send('history.page', { ...filter, before });
    this.#latestRequest = request;
    const answer = await request;
    if (requestNumber !== this.#requestNumber) return null;
    this.#isLoading = false;
    this.error = answer.ok ? null : answer.error;
    if (!answer.ok) return null;
    this.forms = { ...this.forms, ...answer.value.numbers };
    this.waiting = answer.value.waiting;
    return { ...answer.value, ...filter };
  }

  #show(calls: readonly HistoryCall[], only = this.only): void {
    this.#calls = calls;
    this.only = only;
    this.rows = withKeysOf(this.rows, only === 'call-back' ? personRows(calls) : addRows([], calls));
  }
}

const isBelow = (call: HistoryCall, last: HistoryCall): boolean =>
  call.at < last.at || (call.at === last.at && call.id < last.id);

function without(calls: readonly HistoryCall[], others: readonly HistoryCall[]): HistoryCall[] {
  const ids = new Set(others.map(({ id }) => id));
  return calls.filter(({ id }) => !ids.has(id));
}

function asSeen(call: HistoryCall): HistoryCall {
  const { unseen, ...rest } = call;
  return unseen === undefined ? call : rest;
}
