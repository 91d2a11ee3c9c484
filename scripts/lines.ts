/** Longer lines are cut, so that a file without line ends does not fill the memory. In characters. */
const MAX_LINE = 1_000_000;

/**
 * The lines of a stream, in chunks as they arrive. A line ends in LF or CRLF and nothing else. readline would
 * also split a text at U+2028.
 */
export async function* eachLine(chunks: AsyncIterable<string>): AsyncGenerator<string[]> {
  let started: string[] = [];
  let length = 0;
  const grow = (piece: string): void => {
    const room = MAX_LINE - length;
    if (room > 0) started.push(piece.slice(0, room));
    length += piece.length;
  };
  const finish = (): string => {
    const line = started.join('');
    started = [];
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

/** Writes what `answer` returns for each line of standard input as one line. Ends the script if the reader stops early. */
export async function answerLines(answer: (line: string) => string): Promise<void> {
  const { stdin, stdout } = process;
  // For example `… | head`.
  stdout.on('error', () => process.exit(0));
  stdin.setEncoding('utf8');
  for await (const lines of eachLine(stdin)) {
    const answers = lines.map((line) => `${answer(line)}\n`).join('');
    if (!stdout.write(answers)) await new Promise((done) => stdout.once('drain', done));
  }
}

/** The text in a line that is a JSON string; null for any other line. */
export function jsonText(line: string): string | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
