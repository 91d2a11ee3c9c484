import { expect, test } from 'vitest';
import type { DialContext } from '../../../src/core/dial/read-dial.ts';
import { planDial } from '../../../src/core/dial/plan-dial.ts';
import { readDial } from '../../../src/core/dial/read-dial.ts';
import { DEFAULT_DIAL_RULES } from '../../../src/shared/dial-rules.ts';
import { rule } from '../numbers/corpus/rule-sets.ts';

const typed: DialContext = { source: 'typed', rules: DEFAULT_DIAL_RULES };

test('the plan says what was typed, what is dialled and how a person reads it', () => {
  expect(planDial('  +1 (201)\u00A0555-0123 ext. 45', typed)).toEqual({
    ok: true,
    value: {
      input: '+1 (201) 555-0123 ext. 45',
      shown: '+1 201 555 0123',
      dial: '+12015550123',
      kind: 'public',
      e164: '+12015550123',
      then: '45',
      rule: null,
      trunk: '',
      callerId: '',
      warnings: ['then-press'],
    },
  });
});

test('a rule leaves what people read alone and brings its trunk and caller id', () => {
  const outside = rule({
    name: 'Outside',
    form: 'without-plus',
    outsidePrefix: '0',
    trunk: 'Main',
    callerId: '4930123',
  });
  const rules = { ...DEFAULT_DIAL_RULES, rules: [outside] };
  expect(planDial('+1 201 555 0123', { ...typed, rules })).toMatchObject({
    ok: true,
    value: { shown: '+1 201 555 0123', dial: '012015550123', rule: 'Outside', trunk: 'Main', callerId: '4930123' },
  });
});

test('a refusal carries a sentence and what to do, and never the number', () => {
  expect(planDial('2015550123 2015550124', typed)).toEqual({
    ok: false,
    error: {
      code: 'number-several',
      message: 'There is more than one number in that text.',
      action: 'Leave only the number to dial.',
    },
  });
});

test('candidates are found in order, each with the text it stood in', () => {
  const reading = readDial('Tel 030 123456, Fax +49 30 123457', typed);
  expect(reading.found === 'choose' && reading.candidates.map(({ dial, input }) => [dial, input])).toEqual([
    ['030123456', '030 123456'],
    ['+4930123457', '+49 30 123457'],
  ]);
});

test('direction marks in what was typed do not reach the window', () => {
  const result = planDial('\u202E+12015550123\u202C', typed);
  expect(result.ok && result.value.input).toBe('+12015550123');
});

test('the password in a SIP address does not reach the window', () => {
  const result = planDial('sip:1001:secret@pbx.example.com', typed);
  expect(result.ok && result.value.input).toBe('sip:1001@pbx.example.com');
});

test('addresses of the own PBX are no foreign ones, whatever the port and the case', () => {
  const own: DialContext = { ...typed, ownHosts: ['pbx.example.com', 'example.com'] };
  for (const text of ['sip:1001@PBX.example.com:5061', 'tel:1001;phone-context=example.com']) {
    expect(planDial(text, own)).toMatchObject({ ok: true, value: { dial: '1001', warnings: [] } });
  }
  for (const text of ['sip:1001@pbx.example.com.evil.net', 'sip:1001@evil.example.com']) {
    expect(planDial(text, own)).toMatchObject({ ok: true, value: { warnings: ['foreign-host'] } });
  }
});

test('a country that is none completes nothing', () => {
  for (const country of ['XX', '__proto__', 'de']) {
    const rules = { ...DEFAULT_DIAL_RULES, country };
    expect(planDial('030 1234567', { ...typed, rules })).toMatchObject({ ok: true, value: { dial: '0301234567' } });
  }
});
