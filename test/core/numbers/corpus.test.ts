import { expect, test } from 'vitest';
import { readDial } from '../../../src/core/dial/read-dial.ts';
import { DEFAULT_DIAL_RULES } from '../../support/default-dial-rules.ts';
import { CORPUS } from './corpus/corpus.ts';
import { outcomeOf } from './corpus/outcome.ts';
import { RULE_SETS } from './corpus/rule-sets.ts';
import { RULES } from './corpus/rules.ts';

test.each(CORPUS)('%s, in "%s": %j', (_reason, country, text, outcome) => {
  const rules = { ...DEFAULT_DIAL_RULES, country };
  expect(outcomeOf(readDial(text, { provenance: 'typed', rules }))).toBe(outcome);
});

test.each(RULES)('%s, office "%s": %j', (_reason, office, text, outcome) => {
  expect(outcomeOf(readDial(text, { provenance: 'typed', rules: RULE_SETS[office] }))).toBe(outcome);
});

test('reads a link alike when it is clicked and when it is typed', () => {
  const links = CORPUS.filter(([, , text]) => /^\s*["'<“]?(?:tel|callto|sips?|traydial) *:/i.test(text));
  expect(links.length).toBeGreaterThan(150);
  for (const [, country, text] of links) {
    const rules = { ...DEFAULT_DIAL_RULES, country };
    const clicked = outcomeOf(readDial(text, { provenance: 'link', rules }));
    // "Tel: …" in a text is a label, and the rest is read as a text.
    if (/^tel ?: |^TEL:.*FAX/i.test(text) && clicked.startsWith('none')) continue;
    expect(clicked).toBe(outcomeOf(readDial(text, { provenance: 'typed', rules })));
  }
});

test('refuses a clicked text that is not a link', () => {
  const rules = DEFAULT_DIAL_RULES;
  expect(outcomeOf(readDial('+12015550123', { provenance: 'link', rules }))).toBe('none link-invalid');
  expect(outcomeOf(readDial('call +12015550123', { provenance: 'link', rules }))).toBe('none link-invalid');
});

test('the corpus contains no text twice with the same country', () => {
  const keys = CORPUS.map(([, country, text]) => `${country} ${text}`);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  expect(CORPUS.length).toBeGreaterThanOrEqual(1900);
});
