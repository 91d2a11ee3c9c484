import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AnswerFailure, answerFailure } from './network-errors.ts';

/**
 * Reads a body as UTF-8 text. If it is larger than `limit` bytes, or its headers announce that, reading stops and the
 * connection is closed. Some gateways compress every body with gzip, although the request does not allow that. Such a
 * body is decompressed while it arrives, and the limit applies to the decompressed text as well. Any other compression is
 * `bad-answer`. Fails with `AnswerFailure`.
 */
export async function readBody(
  body: Readable,
  headers: Record<string, string | string[] | undefined>,
  limit: number,
): Promise<string> {
  body.on('error', () => undefined);
  const encoding = String(headers['content-encoding'] ?? '').trim();
  const refused =
    Number(headers['content-length'] ?? 0) > limit
      ? tooLarge(limit)
      : /^(identity|(x-)?gzip)?$/i.test(encoding)
        ? null
        : new AnswerFailure('bad-answer', 'a compression that was not requested');
  if (refused !== null) {
    body.destroy();
    throw refused;
  }
  const chunks: Uint8Array[] = [];
  try {
    // Leaving the loop by an error destroys the streams, and with them the connection.
    for await (const chunk of limited(/gzip/i.test(encoding) ? decompressed(body, limit) : body, limit))
      chunks.push(chunk);
  } catch (error) {
    throw bodyFailure(error);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

async function* limited(source: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    yield chunk;
  }
}

// The compressed side has the limit as well: gzip input can be endless and produce no output.
const decompressed = (body: Readable, limit: number): AsyncIterable<Uint8Array> =>
  pipeline(
    body,
    (compressed: AsyncIterable<Uint8Array>) => limited(compressed, limit),
    createGunzip(),
    () => undefined,
  );

const tooLarge = (limit: number) => new AnswerFailure('answer-too-large', `more than ${limit} bytes`);

/** Returns why reading a body failed. If the connection ended after the head, the answer is truncated. */
function bodyFailure(error: unknown): AnswerFailure {
  if (!(error instanceof Error && 'code' in error)) return answerFailure(error);
  const code = String(error.code);
  if (code.startsWith('Z_')) return new AnswerFailure('bad-answer', `not the gzip that its header announces (${code})`);
  // "aborted" is Node's documented message where the connection ended without an error of its own.
  const ended = code === 'ECONNRESET' && error.message === 'aborted';
  return ended || code.startsWith('HPE_')
    ? new AnswerFailure('bad-answer', 'the answer was cut off')
    : answerFailure(error);
}
