import type { DialRule, DialRules } from '../../shared/dial-rules.ts';
import type { AppError } from '../../shared/errors.ts';
import { MAX_BENCH_LINES, MAX_BENCH_TEXT, type RulesExplained, type SampleLine } from '../../shared/rule-bench.ts';
import type { RuleProblem, RuleField, FieldProblem } from '../../shared/rule-problem.ts';
import type { Store } from './store.svelte.ts';
import { windowTimer } from './window-timer.ts';

/** What happened last to the draft. */
export type RulesNote =
  | { what: 'saved' | 'discarded' | 'imported' | 'exported' }
  | { what: 'removed'; name: string }
  /** `place`: from 1, of `count`. */
  | { what: 'moved'; name: string; place: number; count: number };

/** A pause in typing after which the draft is checked. */
const PAUSE_MS = 150;

/** The dial rules that the user is editing, and the numbers to try them on. Kept when the user leaves the view. */
export class RulesDraft {
  #store: Store;
  readonly #timer = windowTimer();
  #round = 0;
  /** The fields that the user changed. The others are as saved, even if the settings change meanwhile. */
  #edits = $state.raw<Partial<DialRules>>({});
  #problems = $state.raw<FieldProblem[]>([]);
  /** The rule whose form is open. */
  open = $state<string | null>(null);
  /** The numbers to try, one in each line. */
  text = $state('');
  /** The results for the numbers at the last check. */
  tried = $state.raw<{ text: string; line: RulesExplained['lines'][number] }[]>([]);
  /** What the draft does to numbers of each kind, at the last check. */
  sample = $state.raw<readonly SampleLine[]>([]);
  /** The draft came from a file, so somebody else may have written it. */
  imported = $state(false);
  error = $state.raw<AppError | null>(null);
  note = $state.raw<RulesNote | null>(null);
  /** Id of the control that gets the focus when the view opens; null for none. */
  focusOn = $state<string | null>(null);

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
  /** There are more, or longer, lines than can be tried. */
  readonly cut = $derived(
    this.#lines.length > MAX_BENCH_LINES || this.#lines.some(({ length }) => length > MAX_BENCH_TEXT),
  );
  readonly blocked = $derived(this.#problems.some(({ blocks }) => blocks));

  /** What is wrong with a field; null if nothing is. */
  problem(rule: string | null, field: RuleField | keyof DialRules): RuleProblem | null {
    return this.#problems.find((problem) => problem.rule === rule && problem.field === field)?.problem ?? null;
  }

  hasProblem = (rule: string): boolean => this.#problems.some((problem) => problem.rule === rule);

  change(change: Partial<DialRules>): void {
    this.#edits = { ...this.#edits, ...change };
    this.error = null;
    this.note = null;
  }

  add(rule: DialRule): void {
    this.change({ rules: [...this.draft.rules, rule] });
    this.open = rule.id;
  }

  update(id: string, change: Partial<DialRule>): void {
    this.change({ rules: this.draft.rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)) });
  }

  remove(id: string): void {
    const removed = this.draft.rules.find((rule) => rule.id === id);
    this.change({ rules: this.draft.rules.filter((rule) => rule.id !== id) });
    if (this.open === id) this.open = null;
    if (removed !== undefined) this.note = { what: 'removed', name: removed.name };
  }

  /** Moves a rule one place up (-1) or down (1). */
  move(id: string, by: -1 | 1): void {
    const from = this.draft.rules.findIndex((rule) => rule.id === id);
    const rule = this.draft.rules[from];
    const to = from + by;
    if (rule === undefined || to < 0 || to >= this.draft.rules.length) return;
    const rules = this.draft.rules.filter((other) => other !== rule);
    rules.splice(to, 0, rule);
    this.change({ rules });
    this.note = { what: 'moved', name: rule.name, place: to + 1, count: rules.length };
  }

  /** Checks the draft and tries it on the numbers, after a pause in typing. */
  check(): void {
    this.#timer.start(PAUSE_MS, () => void this.#explain());
  }

  async save(): Promise<void> {
    await this.#explain();
    if (this.blocked || !this.dirty) return;
    const edits = this.#edits;
    const answer = await this.#store.change({ dialling: edits });
    this.error = answer.ok ? null : answer.error;
    if (!answer.ok) return;
    // Text that was typed meanwhile is still a draft.
    if (this.#edits === edits) this.#edits = {};
    this.imported = false;
    this.tried = this.tried.map(({ text, line: { draft } }) => ({ text, line: { saved: draft, draft } }));
    this.note = { what: 'saved' };
  }

  discard(): void {
    this.#edits = {};
    this.imported = false;
    this.error = null;
    this.open = null;
    this.note = { what: 'discarded' };
  }

  /** Opens the rules of a file as a draft. If the file names no country, the country and the area code stay. */
  async import(): Promise<void> {
    const answer = await this.#store.send('rules.import', null);
    this.error = answer.ok ? null : answer.error;
    if (!answer.ok || answer.value === null) return;
    const { country, areaCode } = answer.value.country === '' ? this.draft : answer.value;
    this.change({ ...answer.value, country, areaCode });
    this.open = null;
    this.imported = true;
    this.note = { what: 'imported' };
  }

  async export(): Promise<void> {
    await this.#explain();
    if (this.blocked) return;
    const answer = await this.#store.send('rules.export', { rules: this.draft });
    this.error = answer.ok ? null : answer.error;
    if (answer.ok && answer.value) this.note = { what: 'exported' };
  }

  async #explain(): Promise<void> {
    this.#timer.stop();
    const round = ++this.#round;
    const texts = this.#lines.slice(0, MAX_BENCH_LINES).map((line) => line.slice(0, MAX_BENCH_TEXT));
    const answer = await this.#store.send('rules.explain', { texts, rules: this.draft });
    if (round !== this.#round) return;
    if (!answer.ok) {
      this.error = answer.error;
      return;
    }
    this.#problems = answer.value.problems;
    this.sample = answer.value.sample;
    this.tried = answer.value.lines.flatMap((line, index) => {
      const text = texts[index];
      return text === undefined ? [] : [{ text, line }];
    });
  }
}
