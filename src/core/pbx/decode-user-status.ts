import { isRecord } from './answer-errors.ts';
import type { PbxUserStatus } from './types.ts';

/** Words for a phone without a call. */
const IDLE = new Set([
  'ONLINE',
  'OFFLINE',
  'AVAILABLE',
  'AWAY',
  'LUNCH',
  'BUSINESSTRIP',
  'DONOTDISTURB',
  'IDLE',
  // The WebSocket interface reports idle like this.
  '',
]);
/** Words for a phone on a call. A sample in the documents has the typing error ON_ACLL. */
const ON_CALL = new Set(['ONCALL', 'OTHERCALL', 'ONACLL']);

/**
 * Reads GET /user/status; null when it contains no state. Up to 22.2 `status` says ON_CALL; from 22.3 on it says
 * OTHER_CALL, and `presence` RINGING as well. If one of the two reports a call, there is one.
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
