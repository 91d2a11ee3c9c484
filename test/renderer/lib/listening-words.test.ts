import { expect, test } from 'vitest';
import { listeningWords } from '../../../src/renderer/lib/listening-words.ts';
import type { Listening } from '../../../src/shared/call.ts';
import { appError } from '../../../src/shared/errors.ts';

const words = (changes: Partial<Listening>): string => {
  const listed: Listening = { knowledge: 'sessions', push: 'off', topics: [], error: null };
  const { sentence, more } = listeningWords({ ...listed, ...changes }, 5);
  return `${sentence} ${more}`.trim();
};

test.each<[Partial<Listening>, RegExp]>([
  [{ push: 'listening' }, /^The PBX announces calls at once\.$/u],
  [{}, /^Traydial asks the PBX for calls every 5 seconds\. Sign in again .* password/u],
  [{ push: 'missing' }, /every 5 seconds\. This PBX does not announce/u],
  [{ push: 'waiting' }, /connecting/u],
  [{ push: 'refused', error: appError('push-sign-in-refused') }, /did not accept your sign-in.*Sign in again/u],
  [
    { knowledge: 'push', error: appError('list-forbidden') },
    /^You see your own calls.*Company Call Sessions: View Only/u,
  ],
  [{ knowledge: 'history', error: appError('list-forbidden') }, /but not who is calling\..*Company Call Sessions/u],
  [{ knowledge: 'none', error: appError('status-forbidden') }, /^Traydial cannot notice calls\..*administrator/u],
  [{ knowledge: 'none' }, /^Traydial does not know yet/u],
])('%o', (listening, sentence) => {
  expect(words(listening)).toMatch(sentence);
});
