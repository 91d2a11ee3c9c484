const LINE_BREAKS = /[\t-\r\u0085\u2028\u2029]/gu;
/** Characters that are shown as nothing or as an empty box. */
const INVISIBLE =
  /[[\p{Cc}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB\u{13430}-\u{13455}]--[\uFE0E-\uFE0F\u200C-\u200D]]/gv;
/** Joiners are needed in Arabic and Indic words and in emoji. Elsewhere they make two different names look the same. */
const IDLE_JOINER =
  /(?<![[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]--[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]])[\u200C\u200D]|[\u200C\u200D](?![[\p{L}\p{Extended_Pictographic}]--[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]])/gv;
const IDLE_EMOJI_STYLE = /(?<!\p{Emoji})[\uFE0E\uFE0F]/gu;
/** No script needs more than four marks on one letter; "Zalgo" text uses dozens to overflow its line. */
const TOO_MANY_MARKS = /(\p{M}{4})\p{M}+/gu;
const BLANKS = /[\s\u2800]+/gu;

/**
 * Matches one line without invisible characters and without characters that change the direction of text. It is for fields
 * whose text is refused and not cleaned. The pattern only needs the `u` flag, so that a JSON schema can contain it.
 */
export const ONE_LINE =
  /^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u00AD\u200B\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]*$/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Cleans text from others, so that it can be shown as one line of at most `max` UTF-16 units. It removes control, bidi and
 * invisible characters, line breaks, repeated spaces and half surrogates. Text that is cut ends in "…". Text with a
 * visible character never becomes empty.
 */
export function plainText(text: string, max = 200): string {
  const line = text
    .toWellFormed()
    .replace(LINE_BREAKS, ' ')
    .replace(INVISIBLE, '')
    .replace(IDLE_JOINER, '')
    .replace(IDLE_EMOJI_STYLE, '')
    .replace(TOO_MANY_MARKS, '$1')
    .replace(BLANKS, ' ')
    .trim();
  return line.length <= max ? line : cut(line, max);
}

/** Cuts between the characters that a reader sees, so that no emoji or accented letter is cut in two. */
function cut(line: string, max: number): string {
  const room = max - 1;
  let kept = '';
  for (const { segment } of graphemes.segment(line)) {
    if (kept.length + segment.length > room) break;
    kept += segment;
  }
  // If the first such character is too long, for example a hundred joined emoji, it is cut between code points.
  if (kept === '') {
    for (const point of line) {
      if (kept.length + point.length > room) break;
      kept += point;
    }
  }
  return `${kept.trimEnd()}…`;
}
