import { isRecord } from './answer-errors.ts';
import type { PbxUserStatus } from './types.ts';

const IDLE = new Set([
  'ONLINE',
  'OFFLINE',
  'AVAILABLE',
  'AWAY',
  'LUNCH',
  'BUSINESSTRIP',
  'DONOTDISTURB',
  'IDLE',
  // WSI's way to say idle.
  '',
]);
/** `OACLL` as in ON_ACLL: printed so in a sample of the documentation. */
const ON_CALL = new Set(['ONCALL', 'OTHERCALL', 'ONACLL']);

/**
 * Reads GET /user/status; null when it contains no state. Up to 22.2 `status` says ON_CALL; from 22.3 on it says
 * OTHER_CALL, and `presence` RINGING as well. Whichever says that there is a call is believed.
 */
export function decodeUserStatus(body: unknown): PbxUserStatus['activity'] | null {
  if (!isRecord(body)) return null;
  const words = [body['status'], body['presence']].filter((word) => typeof word === 'string').map(compact);
  if (words.length === 0) return null;
  if (words.includes('RINGING')) return 'ringing';
  if (words.some((word) => ON_CALL.has(word))) return 'on-call';
  return words.some((word) => IDLE.has(word)) ? 'idle' : 'unknown';
}

/** Spellings differ by release: "ON_CALL", "On Call". */
const compact = (word: string): string =>
  word
    .slice(0, 64)
    .toUpperCase()
    .replace(/[\s_-]/g, '');
