import { z } from 'zod';
import { isRecord } from './answer-errors.ts';
import { decodeCdr, listOf } from './decode.ts';
import { idOf } from './fields.ts';
import type { CdrChange, CdrDiff } from './types.ts';

const MAX_TOKEN = 2048;

const token = z
  .union([z.string(), z.int().transform(String)])
  .refine((value) => value.length > 0 && value.length <= MAX_TOKEN && value.isWellFormed());

/** The token that POST /user/cdrs/sync_tokens answers; null when there is none. */
export function decodeSyncToken(body: unknown): string | null {
  const found = z.object({ token }).safeParse(body);
  return found.success ? found.data.token : null;
}

/**
 * Reads the response to POST /user/cdrs/sync_tokens/{token}/diff; null when there is no list in it. Changes that cannot
 * be read are left out. `requestToken`: the token of the request, which stays valid if the response has no other. In
 * the documents each entry has a list of legs; an entry without one counts as its own only leg.
 */
export function decodeCdrDiff(body: unknown, requestToken: string): CdrDiff | null {
  const items = listOf(body);
  if (items === null) return null;
  return { token: decodeSyncToken(body) ?? requestToken, changes: items.flatMap((item) => decodeChange(item) ?? []) };
}

function decodeChange(value: unknown): CdrChange | null {
  if (!isRecord(value)) return null;
  const id = idOf(value['id']);
  if (id === null) return null;
  const { items } = value;
  const legs: unknown[] = Array.isArray(items) ? items : [value];
  return { id, change: changeOf(value['change_type']), legs: legs.filter(isRecord).map(decodeCdr) };
}

/** Unknown words count as `created`. */
function changeOf(value: unknown): CdrChange['change'] {
  const word = typeof value === 'string' ? value.toUpperCase() : '';
  if (word.startsWith('DELET')) return 'deleted';
  return word.startsWith('UPDAT') ? 'updated' : 'created';
}
