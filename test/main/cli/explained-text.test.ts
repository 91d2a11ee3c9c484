import { expect, test } from 'vitest';
import { readDial } from '../../../src/core/dial/read-dial.ts';
import { explainedText } from '../../../src/main/cli/explained-text.ts';
import { german } from '../../../src/messages/de/command-line.ts';
import { english } from '../../../src/messages/en/command-line.ts';
import { DEFAULT_DIAL_RULES } from '../../support/default-dial-rules.ts';

const rules = { ...DEFAULT_DIAL_RULES, country: 'US' };
const explain = (text: string, messages = english): string =>
  explainedText(readDial(text, { provenance: 'command', rules }), messages);

test('shows what the PBX would get for a number', () => {
  expect(explain('(201) 555-0123')).toMatch(/public number/);
  expect(explain('(201) 555-0123')).toMatch(/dials +\+12015550123$/);
});

test('lists the digits to press after the answer, and several numbers', () => {
  expect(explain('(201) 555-0123,,45#')).toMatch(/then +press 45#$/);
  const text = explain('(201) 555-0123 or (201) 555-0124');
  expect(text).toMatch(/^Several numbers/);
  expect(text).toContain('+12015550123');
  expect(text).toContain('+12015550124');
});

test('says what to do when the text holds no number', () => {
  expect(explain('hello')).toBe("That isn't a phone number. Type the number in digits.");
});

test('adds a note for each uncertainty about a number', () => {
  expect(explain('tel:555-0123;x=1')).toMatch(/note +dialled exactly as written.*$/m);
  expect(explain('tel:555-0123;x=1')).toMatch(/note +part of the link was ignored$/m);
  expect(explain('1-900-MIX-A-LOT')).toMatch(/note +letters were converted to digits\n +note +premium-rate number$/);
  expect(explain('(201) 555-0123,,45#')).not.toMatch(/note/);
});

test('explains in German, with the values in one column', () => {
  expect(explain('1-900-MIX-A-LOT', german).split('\n').slice(1)).toEqual([
    '  Art      öffentliche Rufnummer',
    '  wählt    +19006492568',
    '  Hinweis  Buchstaben wurden in Ziffern umgewandelt',
    '  Hinweis  Sonderrufnummer mit erhöhten Kosten',
  ]);
});
