/** Joins the lines of a text with "; ", so that the numbers on different lines stay apart. */
export function onOneLine(text: string): string {
  return text
    .split(/[\r\n]+/u)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('; ');
}
