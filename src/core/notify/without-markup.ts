const LOOK_ALIKE: Record<string, string> = { '<': '‹', '>': '›', '&': '＆' };

/**
 * For the body of a Linux notification. The freedesktop specification lets a server read the body as markup and lets
 * it not do so, and programs cannot rely on the answer: `&lt;` shows as "<" on one desktop and as "&lt;" on the next,
 * while a bare "<" may swallow the rest. So the three characters become look-alikes, which are the same everywhere.
 */
export function withoutMarkup(text: string): string {
  return text.replace(/[<>&]/g, (character) => LOOK_ALIKE[character] ?? '');
}
