import { loadErrorTexts } from '../../../src/renderer/state/error-texts.svelte.ts';
import { beforeAll, expect, test } from 'vitest';
import { ENGLISH } from '../../../src/messages/window.ts';
import { listeningWords } from '../../../src/renderer/lib/listening-words.ts';
import type { Listening } from '../../../src/shared/call.ts';
import { appError } from '../../../src/shared/errors.ts';

beforeAll(loadErrorTexts);

const words = (changes: Partial<Listening>): string => {
  const listed: Listening = { source: 'sessions', push: 'off', topics: [], error: null };
  const { sentence, more } = listeningWords({ ...listed, ...changes }, 5, ENGLISH.listening);
  return `${sentence} ${more}`.trim();
};

test.each<[Partial<Listening>, RegExp]>([
  [{ push: 'listening' }, /^Instant call alerts are on\.$/u],
  [{}, /^Checking for calls every 5 seconds\. Sign in again .*password/u],
  [{ push: 'missing' }, /every 5 seconds\. This PBX doesn't offer/u],
  [{ push: 'waiting' }, /Connecting/u],
  [{ push: 'refused', error: appError('push-sign-in-refused') }, /didn't accept your sign-in.*Sign in again/u],
  [
    { source: 'push', error: appError('list-forbidden') },
    /^Showing your own calls only.*Company Call Sessions: View Only/u,
  ],
  [{ source: 'history', error: appError('list-forbidden') }, /but not who is calling\..*Company Call Sessions/u],
  [{ source: 'none', error: appError('status-forbidden') }, /^Traydial can't notice calls\..*administrator/u],
  [{ source: 'none' }, /^Finding out/u],
])('%o', (listening, sentence) => {
  expect(words(listening)).toMatch(sentence);
});
