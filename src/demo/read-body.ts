import type { IncomingMessage } from 'node:http';

const LIMIT = 1_048_576;
/** A body that is too large is read up to here, because a client does not read the answer while it sends. */
const PATIENCE = 16 * LIMIT;

/** The whole body as text; 'too-large' over 1 MB, 'cut' when the client went away. */
export function readBody(request: IncomingMessage): Promise<{ text: string } | { problem: 'too-large' | 'cut' }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LIMIT) chunks.push(chunk);
      if (size > PATIENCE) resolve({ problem: 'too-large' });
    });
    request.on('end', () =>
      resolve(size > LIMIT ? { problem: 'too-large' } : { text: Buffer.concat(chunks).toString('utf8') }),
    );
    request.on('close', () => resolve({ problem: 'cut' }));
    request.on('error', () => resolve({ problem: 'cut' }));
  });
}
