import type { DialOptions, DialPlan, DialReading } from '../../shared/dial.ts';
import type { OwnContact } from '../../shared/contacts.ts';
import { appError, type AppError, type ErrorCode } from '../../shared/errors.ts';
import type { FoundNumber } from '../../shared/people.ts';
import { sameFavourite } from '../../shared/favourite.ts';
import { isOwn } from '../../shared/provenance.ts';
import { readsAsName, suggest, type Dialable, type Suggestion } from './suggest.ts';
import type { Store } from './store.svelte.ts';

const PREVIEW_DELAY_MS = 120;
/** The longest text to search for. */
const MAX_SEARCH = 256;
/** The longest name that a contact takes. */
const MAX_NAME = 120;
/** How long the user must stop typing before the field shows an error. */
const PAUSE_MS = 1500;

/** Errors that every number has while it is being typed, so they are not shown before Enter. */
const ERRORS_WHILE_TYPING: ReadonlySet<ErrorCode> = new Set(['number-empty', 'number-too-short', 'number-incomplete']);

/** What the user can do with the text instead of calling: save it as a contact, or search the history for it. */
type Other = 'save' | 'history';

/** The state of the dial field. It is kept when the view changes, so that the typed text is not lost. */
export class DialField {
  #store: Store;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #previewVersion = 0;
  /** The text of the last preview. */
  #previewed = $state('');
  /** The country and the dial rules at that time; see `#rulesKey`. */
  #previewRulesKey = '';
  text = $state('');
  /** What the user selected with the arrow keys; null if they did not. */
  #chosen = $state.raw<Suggestion | Other | 'number' | null>(null);
  /** The call that Enter would place; null while the text is not a number. */
  plan = $state.raw<DialPlan | null>(null);
  /** The numbers in the text, if there are several to choose from. */
  candidates = $state.raw<readonly DialPlan[]>([]);
  error = $state.raw<AppError | null>(null);
  /** Nobody is known by the number. */
  #isNew = $state(false);
  /** The contact in the form for a new contact; null while the form is closed. */
  newContact = $state.raw<OwnContact | null>(null);
  isPlacing = $state(false);
  /** When main reported the refusal that the field showed last (ms since 1970); 0 if there is none. */
  refusedAt = 0;
  advancedOpen = $state(false);
  /** Fields of POST /api/sessions that differ from the settings for this one call. */
  overrides = $state.raw<Partial<DialOptions>>({});

  constructor(store: Store) {
    this.#store = store;
  }

  /** The people whom main found for the text of the last preview. */
  #people = $state.raw<readonly FoundNumber[]>([]);

  /** Favourites, recent calls and people that the text may mean. */
  readonly suggestions: readonly Suggestion[] = $derived.by(() => {
    const { favourites, recents } = this.#store;
    const people = this.#previewed === this.text ? this.#people : [];
    return suggest({ favourites, recents, people }, this.text);
  });

  /** The person that Enter calls instead of the typed number; null if it calls the number. */
  readonly selected: Suggestion | null = $derived.by(() => {
    const chosen = this.#chosen;
    if (typeof chosen === 'string') return null;
    if (chosen !== null)
      return this.suggestions.find((one) => one.number === chosen.number && one.external === chosen.external) ?? null;
    return this.#looksForName ? (this.suggestions[0] ?? null) : null;
  });

  /** The text is a name, and nobody was found. */
  get findsNobody(): boolean {
    return this.#looksForName && this.suggestions.length === 0 && this.#previewed === this.text;
  }

  /** The typed number can be saved as a contact, because nobody is known by it. */
  readonly offersContact: boolean = $derived.by(() => {
    const { plan } = this;
    if (plan === null || !this.#isNew || this.#previewed !== this.text) return false;
    return !this.#store.favourites.some(({ name, number }) => name !== '' && sameFavourite({ number }, plan));
  });

  /** What the user can do with the text instead of calling. */
  readonly others: readonly Other[] = $derived.by(() => {
    if (this.findsNobody) return ['save', 'history'];
    return this.offersContact ? ['save'] : [];
  });

  /** The one of `others` that Enter does; null if it does none. */
  readonly chosenOther: Other | null = $derived.by(() => this.others.find((other) => other === this.#chosen) ?? null);

  /** True if Enter would do something. */
  get isReady(): boolean {
    return this.selected !== null || this.plan !== null || this.candidates.length > 0;
  }

  get #looksForName(): boolean {
    return this.plan === null && this.candidates.length === 0 && readsAsName(this.text);
  }

  /**
   * Moves the selection with the arrow keys through the suggestions and then `others`. If the text is a number, it comes
   * before the first suggestion, at index -1. Returns false if there is nothing to select.
   */
  move(by: 1 | -1): boolean {
    const rows = [...this.suggestions, ...this.others];
    if (rows.length === 0) return false;
    const current = this.chosenOther ?? this.selected;
    const index = rows.findIndex((row) => row === current);
    const first = this.#looksForName ? 0 : -1;
    const newIndex = Math.min(Math.max(index + by, first), rows.length - 1);
    this.#chosen = rows[newIndex] ?? 'number';
    return true;
  }

  /** Opens the form for a contact with the typed number, or with the typed name if nobody has it. */
  startContact(): void {
    if (this.findsNobody) {
      const name = this.text.trim().slice(0, MAX_NAME);
      this.newContact = { id: null, name, company: '', numbers: [{ kind: 'work', number: '' }] };
    }
    if (this.plan === null) return;
    const { kind, number, e164, shown } = this.plan;
    const contactNumber = e164 === null ? number : shown;
    const numbers: OwnContact['numbers'] = [
      { kind: kind === 'extension' ? 'extension' : 'work', number: contactNumber },
    ];
    this.newContact = { id: null, name: '', company: '', numbers };
  }

  act(other: Other): void {
    if (other === 'save') this.startContact();
    else {
      this.#store.historySearch = this.text.trim().slice(0, MAX_SEARCH);
      this.#store.show({ view: 'history' });
    }
  }

  /** Closes the form, and previews the text again, because the number may have a name now. */
  endContact(): void {
    this.newContact = null;
    this.type(this.text);
    this.#store.focusDialField();
  }

  /** The user has to choose one of the `candidates` in the current text. */
  get isChoosing(): boolean {
    return this.candidates.length > 0 && this.#previewed === this.text;
  }

  /** Takes a new text, and after a short delay previews what it would dial. */
  type(text: string): void {
    this.text = text;
    this.error = null;
    this.#chosen = null;
    this.#cancelPreview();
    if (text.trim() === '') {
      this.#people = [];
      this.#show(null);
      return;
    }
    const version = this.#previewVersion;
    this.#timers.push(setTimeout(() => void this.#preview(version), PREVIEW_DELAY_MS));
  }

  /** Previews the text again if the country or the dial rules have changed. */
  refreshPreview(): void {
    if (this.#previewed === this.text && this.text.trim() !== '' && this.#previewRulesKey !== this.#rulesKey())
      this.type(this.text);
  }

  /** Must be called when the field is shown again, because contacts may have changed meanwhile. */
  returned(): void {
    if (this.text.trim() !== '' && this.#previewed === this.text) void this.#previewNow();
  }

  clear(): void {
    this.#cancelPreview();
    this.text = '';
    this.#chosen = null;
    this.#people = [];
    this.#show(null);
    this.error = null;
  }

  /** Shows why something could not be dialled. */
  showError(error: AppError): void {
    this.#cancelPreview();
    this.error = error;
  }

  /** `only`: clears no other error than this one. */
  clearError(only: ErrorCode | null = null): void {
    if (only === null || this.error?.code === only) this.error = null;
  }

  override<K extends keyof DialOptions>(key: K, value: DialOptions[K]): void {
    const updated: Partial<DialOptions> = { ...this.overrides, [key]: value };
    if (value === this.#store.settings.dialling.options[key]) Reflect.deleteProperty(updated, key);
    this.overrides = updated;
  }

  /** Calls the selected person, or else the typed number. `choice`: the `dial` of one of the candidates. */
  async call(choice: string | null = null): Promise<void> {
    const { text } = this;
    // The user pressed Enter before the people for this name were found.
    if (this.selected === null && readsAsName(text) && this.#previewed !== text) {
      await this.#previewNow();
      // The user has continued to type, or has pressed Enter again.
      if (this.text !== text || this.#previewed !== text) return;
    }
    if (this.isPlacing || this.findsNobody) return;
    if (this.text.trim() === '') {
      this.showError(appError('number-empty'));
      return;
    }
    const options = Object.keys(this.overrides).length === 0 ? null : this.overrides;
    const typed: Dialable = { number: this.text, provenance: 'typed' };
    if (await this.#place(choice === null ? (this.selected ?? typed) : typed, options, choice)) {
      this.overrides = {};
      this.advancedOpen = false;
    }
  }

  /**
   * Dials a number from a list. If that fails, the field shows the error, and the number if the user chose it before:
   * what is in the field counts as typed.
   */
  async callNumber(entry: Dialable): Promise<void> {
    if (this.isPlacing) return;
    await this.#place(entry, null, null);
  }

  async #place(
    { number: text, provenance, external }: Dialable,
    options: Partial<DialOptions> | null,
    choice: string | null,
  ): Promise<boolean> {
    this.#cancelPreview();
    this.isPlacing = true;
    const before = this.text;
    const payload = { text, provenance, options, choice, external: external === true };
    const answer = await this.#store.send('dial.place', payload);
    this.isPlacing = false;
    // Text that the user typed meanwhile is kept.
    const isUnchanged = this.text === before;
    if (!answer.ok) {
      if (isUnchanged && isOwn(provenance) && external !== true) this.text = text;
      this.showError(answer.error);
    } else if (isUnchanged) this.clear();
    // A question was opened instead of a call. It did not take the focus, because there was text in the field. Now the
    // field is empty, so the focus is set again.
    if (answer.ok && answer.value === null && this.text === '') this.#store.focusDialField();
    return answer.ok;
  }

  #previewNow(): Promise<void> {
    this.#cancelPreview();
    return this.#preview(this.#previewVersion);
  }

  async #preview(version: number): Promise<void> {
    const rulesKey = this.#rulesKey();
    const { text } = this;
    const [answer, found] = await Promise.all([
      this.#store.send('dial.preview', { text }),
      this.#store.send('people.find', { text: text.slice(0, MAX_SEARCH) }),
    ]);
    if (version !== this.#previewVersion) return;
    this.#previewed = text;
    this.#previewRulesKey = rulesKey;
    if (found.ok) this.#store.learn(found.value.numbers);
    this.#people = found.ok ? found.value.people : [];
    this.#show(answer.ok ? answer.value : null);
    const error = !answer.ok ? answer.error : answer.value.found === 'none' ? answer.value.refusal : null;
    // The list shows the matching names, or that there are none.
    if (error === null || ERRORS_WHILE_TYPING.has(error.code) || this.#looksForName) return;
    this.#timers.push(setTimeout(() => (this.error = error), PAUSE_MS - PREVIEW_DELAY_MS));
  }

  #rulesKey(): string {
    const { areaCode, extensions, rules } = this.#store.settings.dialling;
    return JSON.stringify([this.#store.country, areaCode, extensions, rules]);
  }

  #show(reading: DialReading | null): void {
    this.plan = reading?.found === 'one' ? reading.plan : null;
    this.#isNew = reading?.found === 'one' && reading.isNew === true;
    this.candidates = reading?.found === 'choose' ? reading.candidates : [];
  }

  #cancelPreview(): void {
    this.#previewVersion += 1;
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
  }
}
