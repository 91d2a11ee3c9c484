import type { Readable } from 'node:stream';
import { AnswerFailure, answerFailure } from './network-errors.ts';

/**
 * Reads a body as UTF-8 text. One that is larger than `limit` bytes, or says so beforehand, is given up
 * at once and its connection closed. Fails with `AnswerFailure`.
 */
export async function readBody(
  body: Readable,
  headers: Record<string, string | string[] | undefined>,
  limit: number,
): Promise<string> {
  const tooLarge = () => new AnswerFailure('answer-too-large', `more than ${limit} bytes`);
  body.on('error', () => undefined);
  if (Number(headers['content-length'] ?? 0) > limit) {
    body.destroy();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      // Leaving the loop by an error destroys the stream, and with it the connection.
      if (size > limit) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    throw whyCut(error);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** Once the head was there, a connection that ends too early makes a truncated answer. */
function whyCut(error: unknown): AnswerFailure {
  const failure = answerFailure(error);
  const closed =
    error instanceof Error && 'code' in error && /^(UND_ERR_SOCKET|HPE_|UND_ERR_RES_)/.test(String(error.code));
  return closed ? new AnswerFailure('bad-answer', 'the answer was cut off') : failure;
}
