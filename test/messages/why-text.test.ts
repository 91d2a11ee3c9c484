import { expect, test } from 'vitest';
import { why as german } from '../../src/messages/de/why.ts';
import { why as english } from '../../src/messages/en/why.ts';
import { whySentences } from '../../src/messages/why-text.ts';

test.each([
  ['English', english, /answered/u],
  ['German', german, /angenommen/u],
] as const)(
  'does not claim that nobody answered a missed call whose beginning was not seen: %s',
  (_, words, answered) => {
    const sentences = whySentences({ ringing: { code: 'not-seen-ringing' }, missed: { code: 'announced' } }, words);
    expect(sentences).toHaveLength(2);
    expect(sentences.join(' ')).not.toMatch(answered);
  },
);
