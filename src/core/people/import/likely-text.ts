/** What a text of names does not hold, unless it was read in a wrong code page. */
const UNLIKELY: readonly RegExp[] = [
  // Signs inside words: "£ukasz".
  /(?<=\p{L})[^\p{L}\p{M}\p{N}\s.,;:'’"()/+@_&|#*-]+|[¡-¿×÷](?=\p{Ll})/gu,
  // Two accented letters in a row: "Èâàíîâ", "MÃ¼ller".
  /[À-ž]{2}/gu,
  // Letters of two scripts in one word.
  /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Han}\p{Script=Hangul}]|[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Han}\p{Script=Hangul}]\p{Script=Latin}/gu,
  // Control characters, private use and half-width katakana.
  /[\u0080-\u009f\ue000-\uf8ff\uff61-\uff9f]/gu,
  // A small letter before a capital one of the same word, outside ASCII: "öÜ".
  /[ß-öø-ÿа-яα-ω][À-ÖØ-ÞА-ЯΑ-Ω]/gu,
];

/** How much of a text looks as if it was read in a wrong code page; 0 for none. */
export const isMojibake = (text: string): number =>
  UNLIKELY.reduce((sum, pattern) => sum + (text.match(pattern)?.length ?? 0), 0);
