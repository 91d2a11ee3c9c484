import type { DialOptions, DialPlan, DialReading } from '../../shared/dial.ts';
import { appError, type AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Store } from './store.svelte.ts';

const PREVIEW_MS = 120;
/** How long a pause in typing must be before the field says what is wrong. */
const PAUSE_MS = 1500;

/** True of every number that is still being typed: never worth a remark before Enter. */
const UNFINISHED: ReadonlySet<ErrorCode> = new Set(['number-empty', 'number-too-short', 'number-incomplete']);

/** What stands in the dial field. It outlives the views, so that nothing typed is lost when one goes away. */
export class DialField {
  #store: Store;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #round = 0;
  /** The text that was previewed last. */
  #previewed = '';
  text = $state('');
  /** What would be dialled, once the text is a number. */
  plan = $state.raw<DialPlan | null>(null);
  /** The numbers in the text, where there are several to choose from. */
  candidates = $state.raw<readonly DialPlan[]>([]);
  refusal = $state.raw<AppError | null>(null);
  placing = $state(false);
  advancedOpen = $state(false);
  /** Fields of POST /api/sessions that differ from the settings for this one call. */
  overrides = $state.raw<Partial<DialOptions>>({});

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether the numbers to choose from are those of the text as it is now. */
  get choosing(): boolean {
    return this.candidates.length > 0 && this.#previewed === this.text;
  }

  /** The user typed: look, after a moment, at what it would dial. */
  type(text: string): void {
    this.text = text;
    this.refusal = null;
    this.#stop();
    if (text.trim() === '') {
      this.#show(null);
      return;
    }
    const round = this.#round;
    this.#timers.push(setTimeout(() => void this.#preview(round), PREVIEW_MS));
  }

  clear(): void {
    this.#stop();
    this.text = '';
    this.#show(null);
    this.refusal = null;
  }

  /** Tells at the field that something could not be dialled. */
  refuse(error: AppError): void {
    this.#stop();
    this.refusal = error;
  }

  /** What could not be dialled has been dealt with elsewhere. */
  forgive(): void {
    this.refusal = null;
  }

  override<K extends keyof DialOptions>(key: K, value: DialOptions[K]): void {
    const rest: Partial<DialOptions> = { ...this.overrides, [key]: value };
    if (value === this.#store.settings.dialling.options[key]) Reflect.deleteProperty(rest, key);
    this.overrides = rest;
  }

  /** Enter: dials what was typed. Of several numbers `choice` is one, by its `dial`. */
  async call(choice: string | null = null): Promise<void> {
    if (this.placing) return;
    if (this.text.trim() === '') {
      this.refuse(appError('number-empty'));
      return;
    }
    const options = Object.keys(this.overrides).length === 0 ? null : this.overrides;
    if (await this.#place(this.text, options, choice)) {
      this.overrides = {};
      this.advancedOpen = false;
    }
  }

  /** Dials a number from a list; when it is refused, the number and the reason stand in the field. */
  async callNumber(number: string): Promise<void> {
    if (this.placing) return;
    await this.#place(number, null, null);
  }

  async #place(text: string, options: Partial<DialOptions> | null, choice: string | null): Promise<boolean> {
    this.#stop();
    this.placing = true;
    const before = this.text;
    const answer = await this.#store.send('dial.place', { text, options, choice });
    this.placing = false;
    // Whoever types on meanwhile keeps what they typed.
    const untouched = this.text === before;
    if (!answer.ok) {
      if (untouched) this.text = text;
      this.refuse(answer.error);
    } else if (untouched) this.clear();
    // A question is open instead of a call. It found text in the field when it came and left the focus there.
    if (answer.ok && answer.value === null && this.text === '') this.#store.dialFocus += 1;
    return answer.ok;
  }

  async #preview(round: number): Promise<void> {
    const answer = await this.#store.send('dial.preview', { text: this.text });
    if (round !== this.#round) return;
    this.#previewed = this.text;
    this.#show(answer.ok ? answer.value : null);
    const refusal = !answer.ok ? answer.error : answer.value.found === 'none' ? answer.value.refusal : null;
    if (refusal === null || UNFINISHED.has(refusal.code)) return;
    this.#timers.push(setTimeout(() => (this.refusal = refusal), PAUSE_MS - PREVIEW_MS));
  }

  #show(reading: DialReading | null): void {
    this.plan = reading?.found === 'one' ? reading.plan : null;
    this.candidates = reading?.found === 'choose' ? reading.candidates : [];
  }

  #stop(): void {
    this.#round += 1;
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
  }
}
