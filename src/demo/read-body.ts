import type { IncomingMessage } from 'node:http';

/** Maximum size of a body in bytes. */
const MAX_BYTES = 1_048_576;
/** A larger body is still read up to this size, because many clients read the answer only after they have sent all. */
const MAX_READ_BYTES = 16 * MAX_BYTES;

/** Reads the body as text. `too-large`: it has more than 1 MB. `cut`: the client disconnected. */
export function readBody(request: IncomingMessage): Promise<{ text: string } | { problem: 'too-large' | 'cut' }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BYTES) chunks.push(chunk);
      if (size > MAX_READ_BYTES) resolve({ problem: 'too-large' });
    });
    request.on('end', () =>
      resolve(size > MAX_BYTES ? { problem: 'too-large' } : { text: Buffer.concat(chunks).toString('utf8') }),
    );
    request.on('close', () => resolve({ problem: 'cut' }));
    request.on('error', () => resolve({ problem: 'cut' }));
  });
}
