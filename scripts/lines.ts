/** Longer lines are cut, so that a file without line ends does not fill the memory. In characters. */
const MAX_LINE = 1_000_000;

/**
 * The lines of a stream, in chunks as they arrive. A line ends in LF or CRLF and nothing else: readline would also end
 * it at U+2028, and one text would get two answers.
 */
export async function* eachLine(chunks: AsyncIterable<string>): AsyncGenerator<string[]> {
  let begun: string[] = [];
  let length = 0;
  const grow = (piece: string): void => {
    const room = MAX_LINE - length;
    if (room > 0) begun.push(piece.slice(0, room));
    length += piece.length;
  };
  const finish = (): string => {
    const line = begun.join('');
    begun = [];
    length = 0;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  };
  for await (const chunk of chunks) {
    const [first = '', ...others] = chunk.split('\n');
    const lines: string[] = [];
    grow(first);
    for (const other of others) {
      lines.push(finish());
      grow(other);
    }
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [finish()];
}
