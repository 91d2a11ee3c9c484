import type { DialRule, DialRules } from '../../shared/dial-rules.ts';
import type { AppError } from '../../shared/errors.ts';
import {
  MAX_BENCH_LINES,
  MAX_BENCH_TEXT,
  type RuleField,
  type RuleProblem,
  type RulesExplained,
} from '../../shared/rule-bench.ts';
import type { Store } from './store.svelte.ts';

/** A pause in typing after which the draft is looked at. */
const PAUSE_MS = 150;

/** Dial rules while they are being changed, and the numbers to try them on. It outlives the views, as typing does. */
export class RulesDraft {
  #store: Store;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;
  /** Only what was touched: the rest follows the settings. */
  #edits = $state.raw<Partial<DialRules>>({});
  #problems = $state.raw<RuleProblem[]>([]);
  /** The rule whose form is open. */
  open = $state<string | null>(null);
  /** The numbers to try, one in each line. */
  text = $state('');
  /** What came of the numbers at the last look. */
  tried = $state.raw<{ text: string; line: RulesExplained['lines'][number] }[]>([]);
  error = $state.raw<AppError | null>(null);
  /** What happened last. */
  note = $state('');

  constructor(store: Store) {
    this.#store = store;
  }

  readonly saved: DialRules = $derived.by(() => {
    const { country, areaCode, extensions, rules } = this.#store.settings.dialling;
    return { country, areaCode, extensions, rules };
  });
  readonly draft: DialRules = $derived({ ...this.saved, ...this.#edits });
  readonly dirty: boolean = $derived(JSON.stringify(this.draft) !== JSON.stringify(this.saved));
  readonly #lines = $derived(this.text.split(/[\r\n]+/).filter((line) => line.trim() !== ''));
  /** Some lines are too many, or too long, to be tried. */
  readonly cut = $derived(
    this.#lines.length > MAX_BENCH_LINES || this.#lines.some(({ length }) => length > MAX_BENCH_TEXT),
  );
  readonly blocked = $derived(this.#problems.some(({ blocks }) => blocks));

  /** What there is to say beside a field; '' is nothing. */
  problem(rule: string | null, field: RuleField | keyof DialRules): string {
    return this.#problems.find((problem) => problem.rule === rule && problem.field === field)?.message ?? '';
  }

  hasProblem = (rule: string): boolean => this.#problems.some((problem) => problem.rule === rule);

  change(change: Partial<DialRules>): void {
    this.#edits = { ...this.#edits, ...change };
    this.error = null;
    this.note = '';
  }

  add(rule: DialRule): void {
    this.change({ rules: [...this.draft.rules, rule] });
    this.open = rule.id;
  }

  update(id: string, change: Partial<DialRule>): void {
    this.change({ rules: this.draft.rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)) });
  }

  remove(id: string): void {
    const gone = this.draft.rules.find((rule) => rule.id === id);
    this.change({ rules: this.draft.rules.filter((rule) => rule.id !== id) });
    if (this.open === id) this.open = null;
    if (gone !== undefined) this.#tell(`${gone.name} was removed.`);
  }

  /** One place up (-1) or down (1). */
  move(id: string, by: -1 | 1): void {
    const from = this.draft.rules.findIndex((rule) => rule.id === id);
    const rule = this.draft.rules[from];
    const to = from + by;
    if (rule === undefined || to < 0 || to >= this.draft.rules.length) return;
    const rules = this.draft.rules.filter((other) => other !== rule);
    rules.splice(to, 0, rule);
    this.change({ rules });
    this.#tell(`${rule.name} is now ${to + 1} of ${rules.length}.`);
  }

  /** Looks, after a moment, at what the draft does. */
  look(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#explain(), PAUSE_MS);
  }

  async save(): Promise<void> {
    await this.#explain();
    if (this.blocked || !this.dirty) return;
    const edits = this.#edits;
    const answer = await this.#store.change({ dialling: edits });
    this.error = answer.ok ? null : answer.error;
    if (!answer.ok) return;
    // What was typed meanwhile is a draft still.
    if (this.#edits === edits) this.#edits = {};
    this.tried = this.tried.map(({ text, line: { draft } }) => ({ text, line: { saved: draft, draft } }));
    this.#tell('Saved.');
  }

  discard(): void {
    this.#edits = {};
    this.error = null;
    this.open = null;
    this.#tell('The changes were discarded.');
  }

  /** Takes the rules of a file as a draft. A file that names no country leaves country and area as they are. */
  async import(): Promise<void> {
    const answer = await this.#store.send('rules.import', null);
    this.error = answer.ok ? null : answer.error;
    if (!answer.ok || answer.value === null) return;
    const { country, areaCode } = answer.value.country === '' ? this.draft : answer.value;
    this.change({ ...answer.value, country, areaCode });
    this.open = null;
    this.#tell('The file is a draft now. Try it, then save it.');
  }

  async export(): Promise<void> {
    await this.#explain();
    if (this.blocked) return;
    const answer = await this.#store.send('rules.export', { rules: this.draft });
    this.error = answer.ok ? null : answer.error;
    if (answer.ok && answer.value) this.#tell('The rules were exported.');
  }

  #tell(note: string): void {
    this.note = note;
    this.#store.say(note);
  }

  async #explain(): Promise<void> {
    clearTimeout(this.#timer);
    const round = ++this.#round;
    const texts = this.#lines.slice(0, MAX_BENCH_LINES).map((line) => line.slice(0, MAX_BENCH_TEXT));
    const answer = await this.#store.send('rules.explain', { texts, rules: this.draft });
    if (round !== this.#round) return;
    if (!answer.ok) {
      this.error = answer.error;
      return;
    }
    this.#problems = answer.value.problems;
    this.tried = answer.value.lines.flatMap((line, index) => {
      const text = texts[index];
      return text === undefined ? [] : [{ text, line }];
    });
  }
}
