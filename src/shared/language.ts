/** The languages of the window, the tray, the notifications and the command line, as BCP 47 language subtags. */
export const LANGUAGES = ['en', 'de'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The choices of the user; `system` follows the operating system. */
export type LanguageChoice = 'system' | Language;

/**
 * The language to use. For `system` it is the first of the user's preferred locales that Traydial has, or English.
 * `locales` are BCP 47 tags in the order of preference, such as `de-AT`.
 */
export function languageOf(choice: LanguageChoice, locales: readonly string[]): Language {
  if (choice !== 'system') return choice;
  for (const locale of locales) {
    const subtag = locale.toLowerCase().split(/[-_]/u)[0];
    const language = LANGUAGES.find((known) => known === subtag);
    if (language !== undefined) return language;
  }
  return 'en';
}
