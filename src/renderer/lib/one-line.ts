/** A text of several lines in one, in which what stood on different lines stays apart. */
export function onOneLine(text: string): string {
  return text
    .split(/[\r\n]+/u)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('; ');
}
