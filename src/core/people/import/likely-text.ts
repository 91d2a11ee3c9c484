/** Sequences that occur in names only when the text was decoded with the wrong code page. */
const UNLIKELY: readonly RegExp[] = [
  // Symbols inside words: "£ukasz".
  /(?<=\p{L})[^\p{L}\p{M}\p{N}\s.,;:'’"()/+@_&|#*-]+|[¡-¿×÷](?=\p{Ll})/gu,
  // Two accented letters in a row: "Èâàíîâ", "MÃ¼ller".
  /[À-ž]{2}/gu,
  // Letters of two scripts in one word.
  /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Han}\p{Script=Hangul}]|[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Han}\p{Script=Hangul}]\p{Script=Latin}/gu,
  // Control characters, private use and half-width katakana.
  /[\u0080-\u009f\ue000-\uf8ff\uff61-\uff9f]/gu,
  // A lower-case letter directly before an upper-case one, outside ASCII: "öÜ".
  /[ß-öø-ÿа-яα-ω][À-ÖØ-ÞА-ЯΑ-Ω]/gu,
];

/** How many places of a text look as if it was decoded with the wrong code page. */
export const isMojibake = (text: string): number =>
  UNLIKELY.reduce((sum, pattern) => sum + (text.match(pattern)?.length ?? 0), 0);
