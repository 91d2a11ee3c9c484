const LOOK_ALIKE: Record<string, string> = { '<': '‹', '>': '›', '&': '＆' };

/**
 * Prepares text for the body of a Linux notification. Some desktops read the body as markup and some do not, and
 * whether they say so cannot be relied on: `&lt;` is shown as "<" by some and as "&lt;" by others, and after a bare "<"
 * the rest of the text can be missing. Look-alike characters are shown in the same way everywhere.
 */
export function withoutMarkup(text: string): string {
  return text.replace(/[<>&]/g, (character) => LOOK_ALIKE[character] ?? '');
}
