import { ENGLISH, loadMainMessages, type MainMessages } from '../messages/main.ts';
import { languageOf, type Language, type LanguageChoice } from '../shared/language.ts';

/**
 * The language of the program: the user's choice, or the operating system's. `onChange` runs once the messages of another
 * language are loaded.
 */
export class ProgramLanguage {
  readonly #locales: () => readonly string[];
  readonly #onChange: () => void;
  #language: Language = 'en';
  #messages: MainMessages = ENGLISH;

  /** `locales`: the user's preferred languages as BCP 47 tags, such as Electron's getPreferredSystemLanguages(). */
  constructor(locales: () => readonly string[], onChange: () => void) {
    this.#locales = locales;
    this.#onChange = onChange;
  }

  /** For the window, which loads its own messages. */
  get language(): Language {
    return this.#language;
  }

  get messages(): MainMessages {
    return this.#messages;
  }

  async use(choice: LanguageChoice): Promise<void> {
    const language = languageOf(choice, this.#locales());
    if (language === this.#language) return;
    this.#language = language;
    const messages = await loadMainMessages(language);
    if (this.#language !== language) return;
    this.#messages = messages;
    this.#onChange();
  }
}
