import type { RecentCall } from '../../shared/dial.ts';
import { MAX_NOTE, type HistoryCall, type HistoryFilter, type HistoryPage } from '../../shared/history.ts';
import { ok, type Result } from '../../shared/result.ts';
import { plainText } from '../../shared/plain-text.ts';
import type { Clock } from '../clock.ts';
import { csvLine, CSV_HEAD } from './csv.ts';
import type { Evidence } from './evidence.ts';
import type { Histories, History, NamedCalls } from './history.ts';
import { addRecent, removeRecent } from './recents.ts';
import { searchForm, searchWords } from './search-form.ts';
import type { GetShownTexts } from './shown-names.ts';

export interface RecentsFile {
  load(account: string): RecentCall[];
  save(account: string, recents: RecentCall[]): void;
}

/**
 * The history for versions of Node without SQLite, as in Electron before 37. It keeps the last fifty calls that this
 * program saw in a JSON file, and does not read the PBX's records.
 */
export function recentsHistories(file: RecentsFile, clock: Pick<Clock, 'now'>): Histories {
  return {
    open: (account, onChange, getShownTexts) => new RecentsHistory(account, { file, clock, onChange, getShownTexts }),
    forget: (account) => file.save(account, []),
  };
}

interface RecentsHistoryOptions {
  file: RecentsFile;
  clock: Pick<Clock, 'now'>;
  onChange: () => void;
  getShownTexts: GetShownTexts;
}

class RecentsHistory implements History {
  readonly records = null;
  readonly callBacks = null;
  readonly reasons = null;
  readonly #account: string | null;
  readonly #file: RecentsFile;
  readonly #onChange: () => void;
  readonly #getShownTexts: GetShownTexts;
  readonly #knownUntil: number;
  /** Calls that the user has seen, by id, and all that are older than this run. */
  readonly #seen: Set<string>;
  #recents: RecentCall[];

  constructor(account: string | null, { file, clock, onChange, getShownTexts }: RecentsHistoryOptions) {
    this.#account = account;
    this.#getShownTexts = getShownTexts;
    this.#file = file;
    this.#onChange = onChange;
    this.#knownUntil = clock.now();
    this.#recents = account === null ? [] : file.load(account);
    // Not only by their times, because the clock may have been set back since.
    this.#seen = new Set(this.#recents.map(({ id }) => id));
  }

  get recents(): RecentCall[] {
    return this.#recents;
  }

  get missed(): number {
    return this.#recents.filter(({ unseen }) => unseen).length;
  }

  unseenMissed(since: number): HistoryCall[] {
    const unseen = this.#recents.filter((recent) => recent.unseen);
    return unseen.map(callOf).filter(({ endedAt }) => endedAt >= since);
  }

  add(evidence: readonly Evidence[]): void {
    const recents = evidence
      .filter(({ taken }) => !taken)
      .reduce((list, one) => addRecent(list, recentOf(one)), this.#recents);
    if (recents !== this.#recents) this.#change(recents);
  }

  addAll(evidence: readonly Evidence[]): Promise<boolean> {
    this.add(evidence);
    return Promise.resolve(true);
  }

  page({ text, only }: HistoryFilter): Promise<HistoryPage> {
    const words = searchWords(text);
    const entries = this.#recents
      .filter(({ direction, outcome }) => only === null || only === direction || only === outcome)
      .filter((call) => words.length === 0 || this.#contains(call, words))
      .map(callOf);
    return Promise.resolve({ entries, next: null });
  }

  remove(id: string): Result<readonly string[]> {
    this.#change(removeRecent(this.#recents, id));
    return ok([id]);
  }

  clear(): Result<null> {
    return this.#change([]);
  }

  markSeen(ids: readonly string[] | null): Result<null> {
    for (const id of ids ?? this.#recents.map((recent) => recent.id)) this.#seen.add(id);
    return this.#change(this.#recents);
  }

  note(id: string, text: string): Result<null> {
    const note = plainText(text, MAX_NOTE);
    return this.#change(
      this.#recents.map(({ note: before, ...recent }) => {
        const now = recent.id === id ? note : before;
        return now === undefined || now === '' ? recent : { ...recent, note: now };
      }),
    );
  }

  async *csv(named: NamedCalls): AsyncIterable<string> {
    yield CSV_HEAD;
    yield named((await this.page({ text: '', only: null })).entries)
      .map(csvLine)
      .join('');
  }

  /** `words`: see `searchWords`. */
  #contains(call: RecentCall, words: readonly (readonly string[])[]): boolean {
    const texts = this.#textsOf(call).map(searchForm);
    return words.every((forms) => forms.some((form) => texts.some((text) => text.includes(form))));
  }

  #textsOf({ name, number, note = '', external }: RecentCall): string[] {
    return [name, number, note, external === true ? '' : this.#getShownTexts().shownText(number)];
  }

  /** Cannot fail: the file of the state reports what it cannot write. */
  #change(recents: readonly RecentCall[]): Result<null> {
    this.#recents = recents.map((recent) => this.#withMark(recent));
    if (this.#account !== null) this.#file.save(this.#account, this.#recents);
    this.#onChange();
    return ok(null);
  }

  #withMark(recent: RecentCall): RecentCall {
    const { unseen, ...rest } = recent;
    const isUnseen = this.#isUnseen(recent);
    if (isUnseen === (unseen === true)) return recent;
    return isUnseen ? { ...rest, unseen: true } : rest;
  }

  #isUnseen({ id, outcome, at }: RecentCall): boolean {
    return outcome === 'missed' && at > this.#knownUntil && !this.#seen.has(id);
  }
}

function callOf(recent: RecentCall): HistoryCall {
  return { ...recent, called: '', answeredAt: null, endedAt: recent.at + (recent.seconds ?? 0) * 1000 };
}

function recentOf(evidence: Evidence): RecentCall {
  const { startedAt, offset, id, number, name, external, direction, outcome, seconds, provenance } = evidence;
  const recent = { id, number, name, direction, outcome, at: startedAt + offset, seconds, provenance };
  return external === undefined ? recent : { ...recent, external };
}
