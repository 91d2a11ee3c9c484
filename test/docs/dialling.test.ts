import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFeatureCode } from '../../src/core/dial/feature-codes.ts';
import { guardsFor } from '../../src/core/dial/guards/guards.ts';
import { readDial } from '../../src/core/dial/read-dial.ts';
import { checkRules } from '../../src/core/dial/rules/check-rules.ts';
import { compilePattern } from '../../src/core/numbers/compile-pattern.ts';
import { matchesExtension } from '../../src/core/numbers/extension-pattern.ts';
import { readRulesFile } from '../../src/core/dial/rules/rules-file.ts';
import { dialRuleSchema } from '../../src/core/settings/rule-schema.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings/defaults.ts';
import { dialling } from '../../src/messages/en/dialling.ts';
import { english as ruleWords } from '../../src/messages/en/rules.ts';
import { english as settingsWords } from '../../src/messages/en/settings.ts';
import { choicesOf } from '../../src/renderer/lib/choices.ts';
import { FEW_ORIGINS, OTHER_ORIGINS } from '../../src/renderer/lib/confirm-choices.ts';
import { presetName, presetsFor } from '../../src/renderer/lib/rule-presets.ts';
import { GUARDS, isSwitchable, type GuardId } from '../../src/shared/dial-guards.ts';
import type { DialRule, DialRules } from '../../src/shared/dial-rules.ts';
import type { DialKind } from '../../src/shared/dial.ts';
import { isOwn, type Origin } from '../../src/shared/provenance.ts';
import { dialRules, written } from '../core/dial/rules/support.ts';

const ORIGINS = [...FEW_ORIGINS, ...OTHER_ORIGINS];

// docs/dialling.md is read as a user reads it: its tables are the rules, the numbers and what has to come of them.
type Row = Partial<Record<string, string>>;

const text = readFileSync(join(import.meta.dirname, '../../docs/dialling.md'), 'utf8');
const KINDS = ['public', 'extension', 'feature-code', 'emergency', 'short-code'] as const;

/** The tables of a piece of markdown, each a list of rows by the names of its columns. */
function tables(markdown: string): Row[][] {
  return [...markdown.matchAll(/(?:^\|.*\|\n)+/gmu)].map(([table]) => {
    const [head = [], , ...rows] = table.trim().split('\n').map(cells);
    return rows.map((row) => Object.fromEntries(head.map((name, column) => [name, row[column] ?? ''])));
  });
}

const cells = (line: string): string[] =>
  line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/u)
    .map((cell) =>
      cell
        .trim()
        .replace(/^`(.*)`$/u, '$1')
        .replaceAll('\\|', '|'),
    );

const sectionsOf = (markdown: string, marks: string): [title: string, body: string][] =>
  markdown
    .split(new RegExp(`^${marks} `, 'mu'))
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section]);

const section = (title: string): string => sectionsOf(text, '##').find(([name]) => name === title)?.[1] ?? '';
const has = (rows: Row[], column: string): boolean => rows.some((row) => row[column] !== undefined);

function ruleOf(row: Row): Omit<DialRule, 'id'> {
  return {
    name: row['Name'] ?? '',
    enabled: true,
    target:
      choicesOf(ruleWords.targets).find(({ label }) => label === row['For'])?.value ?? fail(`For: ${row['For'] ?? ''}`),
    pattern: row['Pattern'] ?? '',
    form:
      choicesOf(ruleWords.forms).find(({ label }) => label === row['Dialled'])?.value ??
      fail(`Dialled: ${row['Dialled'] ?? ''}`),
    replacement: row['Replacement'] ?? '',
    internationalPrefix: row['Instead of +'] ?? '',
    outsidePrefix: row['Outside line'] ?? '',
    trunk: row['Trunk'] ?? '',
    callerId: row['Caller ID'] ?? '',
  };
}

function fail(what: string): never {
  throw new Error(`The window has no such words. ${what}`);
}

const kindOf = (word = ''): DialKind => KINDS.find((kind) => kind === word) ?? fail(`Kind: ${word}`);

const EXAMPLES = sectionsOf(section('Rules by example'), '###').map(([title, body]) => {
  const found = tables(body);
  return {
    title,
    country: /^Country: `([A-Z]{2})`$/mu.exec(body)?.[1] ?? '',
    rules: (found.find((rows) => has(rows, 'Name')) ?? []).map(ruleOf),
    numbers: found.find((rows) => has(rows, 'Number')) ?? [],
  };
});

test('the page has examples, each with numbers', () => {
  expect(EXAMPLES.length).toBeGreaterThan(10);
  for (const { title, country, numbers } of EXAMPLES) {
    expect(country, title).toMatch(/^[A-Z]{2}$/u);
    expect(numbers.length, title).toBeGreaterThan(1);
  }
});

describe.each(EXAMPLES)('$title', ({ title, country, rules, numbers }) => {
  const whole = dialRules(rules, { country });

  test('can be saved as printed', () => {
    const problems = checkRules(whole);
    expect(problems.filter(({ blocks }) => blocks)).toEqual([]);
    expect(problems.length > 0, 'is marked as broken').toBe(title === 'A rule that cannot work');
  });

  test.each(numbers)('$Number', (row) => {
    const dial = row['Number'] ?? '';
    const kind = kindOf(row['Kind']);
    const outcome = written({ kind, dial, e164: kind === 'public' && dial.startsWith('+') ? dial : null }, whole);
    expect(outcome).toEqual({
      dial: row['The PBX gets'],
      rule: row['Rule'] === '' ? null : row['Rule'],
      trunk: row['Trunk'] ?? '',
      callerId: row['Caller ID'] ?? '',
    });
  });
});

test.each(tables(section('Patterns')).flat())('the pattern $Pattern and $Number: $Fits', (row) => {
  const compiled = compilePattern(row['Pattern'] ?? '');
  if ('problem' in compiled) throw new Error(compiled.problem.code);
  expect(compiled.pattern.match(row['Number'] ?? '') === null ? 'no' : 'yes').toBe(row['Fits']);
});

test.each(tables(section('Extensions')).flat())('extensions $Extensions and $Digits: $Extension', (row) => {
  expect(matchesExtension(row['Digits'] ?? '', row['Extensions'] ?? '') ? 'yes' : 'no').toBe(row['Extension']);
});

test('presets do what the example of their name shows', () => {
  const shown = EXAMPLES.flatMap(({ rules }) => rules);
  const presets = presetsFor('DE').map((preset) => ({ ...preset.rule, name: presetName(preset, ruleWords) }));
  const found = presets.filter((preset) => shown.some(({ name }) => name === preset.name));
  expect(found.map(({ name }) => name)).toEqual(['Outside line 0', '00 instead of +', 'National with 0']);
  for (const preset of found) expect(shown).toContainEqual(preset);
});

test('the file on the page can be imported, and it explains every field of a rule', () => {
  const page = section('For administrators: rules in a file');
  const file = readRulesFile(/```json\n([\s\S]*?)```/u.exec(page)?.[1] ?? '');
  expect(file).toMatchObject({
    ok: true,
    value: { rules: [{ name: 'London' }, { name: 'Outside line 0', enabled: false }] },
  });
  const [words = []] = tables(page);
  const listed = (field: string): string[] =>
    (words.find((row) => row['Field'] === field)?.['Words'] ?? '')
      .split(',')
      .map((word) => word.trim().replaceAll('`', ''));
  expect(listed('target')).toEqual(dialRuleSchema.shape.target.options);
  expect(listed('form')).toEqual(dialRuleSchema.shape.form.options);
});

const { origins, choices: choiceNames } = settingsWords.confirm;
const nameOf = (id: GuardId): string => settingsWords.guards.list[id].name;

/** The question about this number if it is the first that is ever called. */
function askedAbout(text: string, provenance: Origin, rules: DialRules): { dial: string; reasons: string } {
  const reading = readDial(provenance === 'link' ? `tel:${text.replaceAll(' ', '')}` : text, { provenance, rules });
  if (reading.found !== 'one') throw new Error(`${text} is not one number`);
  const none = { ownCalls: [], placed: null, dialledNumbers: [], recents: [] };
  const facts = { plan: reading.plan, provenance, now: 0, country: rules.country, ...none };
  const guards = guardsFor(facts, DEFAULT_SETTINGS.dialling.guards);
  return { dial: reading.plan.dial, reasons: guards.map(({ id }) => nameOf(id)).join('; ') };
}

describe('before a call', () => {
  const page = section('Before a call');
  const [choices = [], guards = [], examples = [], rules = [], codes = []] = tables(page);

  test('the choices are those of the settings, with their defaults', () => {
    expect(choices).toEqual(
      ORIGINS.map((origin) => ({
        'Who chose it': origins[origin].name,
        'By default': choiceNames[DEFAULT_SETTINGS.dialling.confirm[origin]],
        'Can be called at once': isOwn(origin) ? 'yes' : 'no',
      })),
    );
  });

  test('the page lists every reason, in the order of the program', () => {
    expect(guards).toEqual(
      GUARDS.map((id) => ({
        'Asks about': nameOf(id),
        'It says': dialling.guards[id],
        'Can be turned off': isSwitchable(id) ? 'yes' : 'no',
      })),
    );
  });

  test.each(examples)('$Number, $Country, by $Who chose it', (row) => {
    const who = ORIGINS.find((origin) => origins[origin].name === row['Who chose it']) ?? fail('Who chose it');
    const place = dialRules([], { country: row['Country'] ?? '', areaCode: '' });
    expect(askedAbout(row['Number'] ?? '', who, place).reasons).toBe(row['Asks about']);
  });

  test.each(rules)('the rule $Pattern, $Replacement', (row) => {
    const rule: Partial<DialRule> = { target: 'pattern', form: 'replacement', outsidePrefix: '' };
    const written = { ...rule, pattern: row['Pattern'] ?? '', replacement: row['Replacement'] ?? '' };
    expect(askedAbout(row['Number'] ?? '', 'typed', dialRules([written]))).toEqual({
      dial: row['The PBX gets'],
      reasons: row['Asks about'],
    });
  });

  test.each(codes)('the code $Code', (row) => {
    const read = readFeatureCode(row['Code'] ?? '');
    const to = read === null || read.to === '' ? '' : `, here to ${read.to}`;
    expect(read === null ? '' : `${dialling.codeEffects[read.effect]}${to}`).toBe(row['Usually']);
  });

  test('no table is empty', () => {
    expect([examples, rules, codes].map(({ length }) => length > 5)).toEqual([true, true, true]);
  });
});
