import type { Socket } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import { MAX_LINE } from '../../core/cli/wire.ts';

/** Reads one line; null if it is too long or does not arrive in time, or if the connection ends before. */
export function readLine(socket: Socket, clock: Clock, limitMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    let text = '';
    const finish = (line: string | null): void => {
      stop();
      socket.off('data', read).off('close', over).off('end', over);
      resolve(line);
    };
    const over = (): void => finish(null);
    const read = (piece: string): void => {
      text += piece;
      const end = text.indexOf('\n');
      if (end >= 0) finish(text.slice(0, end));
      else if (text.length > MAX_LINE) finish(null);
    };
    const stop = clock.after(limitMs, over);
    socket.setEncoding('utf8').on('data', read).on('close', over).on('end', over);
  });
}
