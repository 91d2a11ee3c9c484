import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRulesFile, writeRulesFile } from '../../../../src/core/dial/rules/rules-file.ts';
import { english } from '../../../../src/messages/en/rules.ts';
import { fileProblemText } from '../../../../src/messages/rule-problems.ts';
import { DEFAULT_EXTENSIONS } from '../../../../src/shared/dial-rules.ts';
import { dialRules, rule } from './support.ts';

const RULES = dialRules([
  { name: 'Berlin', target: 'pattern', pattern: '\\+4930.*', form: 'replacement', replacement: '$0' },
  { enabled: false, trunk: 'Main', callerId: '+4930123456' },
]);
const bare = { ...rule(), id: undefined };
const HEAD = { format: 'traydial-dial-rules', version: 1 };

const file = (content: object): string => JSON.stringify({ ...HEAD, ...content });

function detail(json: string): string {
  const read = readRulesFile(json);
  if (read.ok) throw new Error('it was read');
  if (read.error.code !== 'rules-file-invalid' || read.error.params === undefined) throw new Error(read.error.code);
  return fileProblemText(english, read.error.params);
}

test('reads the rules that it wrote', () => {
  expect(readRulesFile(writeRulesFile(RULES))).toEqual({ ok: true, value: RULES });
});

test('writes its format and version, and no ids', () => {
  const written = writeRulesFile(RULES);
  expect(JSON.parse(written)).toMatchObject({ ...HEAD, country: 'DE', areaCode: '30' });
  expect(written).not.toContain('rule-1');
  expect(written.endsWith('}\n')).toBe(true);
});

test('reads a short file that a person wrote', () => {
  const rules = [{ name: 'Outside', target: 'public', form: 'without-plus', outsidePrefix: '0' }];
  expect(readRulesFile(`\uFEFF${file({ rules })}`)).toEqual({
    ok: true,
    value: { country: '', areaCode: '', extensions: DEFAULT_EXTENSIONS, rules: [rule({ name: 'Outside' })] },
  });
});

test('ignores ids in a file, even duplicate ones', () => {
  const read = readRulesFile(file({ rules: [rule({ id: 'x' }), rule({ id: 'x' })] }));
  expect(read.ok && read.value.rules.map(({ id }) => id)).toEqual(['rule-1', 'rule-2']);
});

test.each<[json: string, sentence: string]>([
  ['{', "The file isn't valid JSON: look for a missing comma, quote or bracket."],
  ['[]', 'The file holds no object { }.'],
  ['{}', 'rules: Enter a list of rules.'],
  [file({ format: 'settings' }), 'format: Use "traydial-dial-rules". Other files hold no dial rules.'],
  [file({ version: 2 }), 'A newer Traydial wrote this file. Update this one first.'],
  [file({ version: '1' }), 'version: Enter 1.'],
  [file({}), 'rules: Enter a list of rules.'],
  [file({ rules: [], colour: 1 }), 'colour: There is no such field. Correct its name, or leave it out.'],
  [file({ rules: [], country: 'de' }), 'country: Use the two capitals of a country, such as DE.'],
  [file({ rules: [], extensions: '(' }), "extensions: This pattern isn't valid: missing closing ): `(`."],
  [
    file({ rules: [bare, { ...bare, name: 'B', outsidePrefix: 0 }] }),
    'Rule 2 “B”, outsidePrefix: Enter a text in quotes.',
  ],
  [
    file({ rules: [{ ...bare, prefix: '0' }] }),
    'Rule 1 “Outside line”, prefix: There is no such field. Correct its name, or leave it out.',
  ],
  [
    file({ rules: [{ ...bare, target: 'pattern', pattern: '(' }] }),
    "Rule 1 “Outside line”, pattern: This pattern isn't valid: missing closing ): `(`.",
  ],
  [file({ rules: [{ ...bare, name: '' }] }), 'Rule 1, name: Give the rule a name.'],
  [
    file({ rules: [{ name: 'A\u202EB', target: 'public' }] }),
    'Rule 1 “AB”, name: Use one line without invisible characters.',
  ],
  [file({ rules: ['x'] }), 'Rule 1: Enter a rule in { }.'],
  [file({ rules: Array.from({ length: 101 }, () => bare) }), 'rules: Keep at most 100 rules.'],
  [' '.repeat(256 * 1024 + 1), 'The file is larger than 256 kB.'],
])('refuses %.60s with a sentence', (json, sentence) => {
  expect(detail(json)).toBe(sentence);
});

test('does not throw for any file, and can write what it read', () => {
  const content = fc.oneof(
    fc.json(),
    fc.jsonValue().map((value) => file({ rules: [value] })),
    fc.string(),
  );
  fc.assert(
    fc.property(content, (json) => {
      const read = readRulesFile(json);
      if (read.ok) expect(readRulesFile(writeRulesFile(read.value))).toEqual(read);
    }),
    { numRuns: 1000 },
  );
});
