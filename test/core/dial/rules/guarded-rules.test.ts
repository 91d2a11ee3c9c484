import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DialRule } from '../../../../src/shared/dial-rules.ts';
import { FlowDesk, missed } from '../support/flow-desk.ts';
import { dialRules } from './support.ts';

describe('a dial rule', () => {
  const desk = (rule: Partial<DialRule>, extensions?: string, country = 'DE'): FlowDesk => {
    const made = new FlowDesk();
    const { rules } = dialRules([rule]);
    const { dialling } = made.settings;
    made.settings = {
      ...made.settings,
      dialling: { ...dialling, country, rules, extensions: extensions ?? dialling.extensions },
    };
    return made;
  };
  const replace = (replacement: string, pattern = '.*') =>
    ({ target: 'pattern', form: 'replacement', pattern, replacement, outsidePrefix: '' }) as const;

  test.each([
    ['+19005551234', ['rewritten', 'premium-rate', 'distant']],
    ['*72', ['feature-code', 'rewritten']],
    ['*21*09001234567#', ['feature-code', 'rewritten', 'premium-rate']],
    ['+881612345678', ['rewritten', 'satellite']],
    ['1002', ['rewritten']],
  ])('that sends every number to %s asks, although the number was typed', async (replacement, guards) => {
    const it = desk(replace(replacement));
    for (const typed of ['1001', '030 12345678']) {
      await it.flow.place(typed, 'typed');
      expect(it.guards).toEqual(guards);
      expect(it.question?.plan?.provenance).toBe('rule');
    }
    expect(it.numbers).toEqual([]);
  });

  test.each([
    [
      'an outside line',
      { target: 'public', form: 'national', internationalPrefix: '00', outsidePrefix: '0' },
      '030 12345678',
    ],
    ['another site', replace('89*$0', '7[0-9]{3}'), '7001'],
    ['a colleague by the direct number', replace('$1', '\\+49301234([0-9]{4})'), '030 1234 1001'],
    ['the caller ID hidden', { target: 'public', form: 'national', outsidePrefix: '*67' }, '030 12345678'],
  ] as const)('that writes the same number in another form (%s) does not ask', async (_what, rule, typed) => {
    const it = desk(rule);
    expect(await it.flow.place(typed, 'typed')).toMatchObject({ ok: true, value: { plan: { provenance: 'typed' } } });
  });

  const OUTSIDE = { target: 'public', form: 'national', internationalPrefix: '' } as const;
  const ABROAD = { target: 'public', form: 'international-prefix' } as const;
  test.each([
    ['US', { ...ABROAD, outsidePrefix: '008', internationalPrefix: '812' }, '+1 201 555 0123', 'satellite'],
    ['DE', { ...ABROAD, outsidePrefix: '0', internationalPrefix: '088' }, '+1 201 555 0123', 'satellite'],
    ['DE', { ...OUTSIDE, outsidePrefix: '090' }, '030 1234567', 'premium-rate'],
    ['ES', { ...OUTSIDE, outsidePrefix: '80' }, '612 345 678', 'premium-rate'],
    ['DE', { ...OUTSIDE, outsidePrefix: '0' }, '9001234567', 'premium-rate'],
    ['DE', { ...ABROAD, outsidePrefix: '', internationalPrefix: '003' }, '030 1234567', 'rewritten'],
    ['DE', replace('$1', '.*([0-9]{4})'), '030 12345678', 'rewritten'],
    ['DE', replace('$1', '\\+49[0-9]*([0-9]{4})'), '030 12345678', 'rewritten'],
    ['DE', replace('+49301234$0'), '1001', 'rewritten'],
    ['DE', replace('030123$0'), '1001', 'rewritten'],
    ['DE', replace('+1$1', '\\+49([0-9]+)'), '0201 5550123', 'rewritten'],
  ])('in %s, %j makes %s ask because of the number that the PBX may call', async (country, rule, typed, guard) => {
    const it = desk(rule, undefined, country);
    await it.flow.place(typed, 'typed');
    expect(it.guards).toContain(guard);
    expect(it.numbers).toEqual([]);
  });

  test.each<[string, Partial<DialRule>, string]>([
    ['DE', { ...OUTSIDE, outsidePrefix: '0' }, '0881 12345'],
    ['DE', { ...OUTSIDE, outsidePrefix: '81' }, '030 12345678'],
    ['DE', { ...OUTSIDE, form: 'national-without-zero', outsidePrefix: '' }, '030 12345678'],
    ['DE', { ...OUTSIDE, form: 'without-plus', outsidePrefix: '9' }, '030 12345678'],
    ['US', { ...OUTSIDE, outsidePrefix: '9' }, '+1 201 555 0123'],
    ['GB', { ...ABROAD, outsidePrefix: '9', internationalPrefix: '00' }, '020 7946 0958'],
    ['IT', { ...OUTSIDE, outsidePrefix: '0' }, '06 1234 5678'],
    ['FR', { ...OUTSIDE, outsidePrefix: '0' }, '01 23 45 67 89'],
    ['DE', replace('00$1', '\\+49([0-9]+)'), '0881 12345'],
    ['DE', replace('$1', '\\+4930([0-9]+)'), '030 12345678'],
    ['DE', replace('0$0'), '1001'],
  ])('in %s, %j calls %s at once, because it remains the same number', async (country, rule, typed) => {
    const it = desk(rule, undefined, country);
    await it.flow.place(typed, 'typed');
    expect(it.guards).toEqual([]);
    expect(it.numbers).toHaveLength(1);
  });

  test('with any outside prefix dials nothing at once that would ask if it were typed', async () => {
    const digits = fc.stringMatching(/^(?:[0-9]{2,3}|00[0-9]|0[89][0-9])$/u);
    const way = fc.constantFrom('00', '011', '008', '88', '812', '0090', '0088');
    const typed = fc.constantFrom('+49 30 1234567', '+1 201 555 0123', '+34 612 345 678', '+81 3 1234 5678');
    const form = fc.constantFrom('national', 'national-without-zero', 'without-plus', 'international-prefix');
    const countries = fc.constantFrom('DE', 'US', 'ES', 'JP', 'NO');
    await fc.assert(
      fc.asyncProperty(digits, way, form, typed, countries, async (outsidePrefix, internationalPrefix, ...rest) => {
        const [written, number, country] = rest;
        const it = desk({ ...OUTSIDE, form: written, outsidePrefix, internationalPrefix }, undefined, country);
        it.recents = [missed(number.replaceAll(' ', ''), { direction: 'outgoing', provenance: 'dialled' })];
        await it.flow.place(number, 'typed');
        const [sent] = it.numbers;
        if (sent === undefined) return;
        const plain = new FlowDesk({}, country);
        await plain.flow.place(sent, 'typed');
        const grave = plain.guards.filter((id) => ['emergency', 'premium-rate', 'satellite'].includes(id));
        expect(grave, sent).toEqual([]);
      }),
    );
  });

  test('that causes a question has the number that the PBX gets in the reason', async () => {
    const it = desk({ ...ABROAD, outsidePrefix: '008', internationalPrefix: '812' }, undefined, 'US');
    await it.flow.place('+1 201 555 0123', 'typed');
    expect(it.question?.guards).toContainEqual({ id: 'satellite', params: { number: '00881212015550123' } });
  });

  test.each([
    ['+*72 before the number', { target: 'public', form: 'national', outsidePrefix: '*72' }, ['feature-code']],
    [
      'a premium number before the number',
      { target: 'public', form: 'national', outsidePrefix: '09001234' },
      ['premium-rate', 'unassigned'],
    ],
  ] as const)('that dials %s asks', async (_what, rule, guards) => {
    const it = desk(rule);
    await it.flow.place('030 12345678', 'typed');
    expect(it.guards).toEqual(guards);
  });

  test('for extensions with a pattern for all numbers does not hide a premium number', async () => {
    const it = desk({ enabled: false }, '.*');
    await it.flow.place('0900 1234567', 'typed');
    expect(it.guards).toEqual(['premium-rate']);
  });

  test('with an outside line does not hide an emergency number after the digits for that line', async () => {
    const it = desk({ target: 'public', form: 'national', internationalPrefix: '00', outsidePrefix: '9' });
    for (const typed of ['9911', '9-112', '9110']) {
      await it.flow.place(typed, 'typed');
      expect(it.guards).toEqual(['emergency']);
    }
    expect(it.numbers).toEqual([]);
  });

  test('never dials a number at once that would ask if it were typed, for any rule and number', async () => {
    const sent = fc.constantFrom(
      '+19005551234',
      '09001234567',
      '+881612345678',
      '+447012345678',
      '11833',
      '*21*0301234#',
    );
    const typed = fc.constantFrom('1001', '030 12345678', '+1 201 555 0123', '116117', '0800 1234567');
    const line = fc.constantFrom('', '0', '9', '99');
    await fc.assert(
      fc.asyncProperty(sent, typed, line, async (replacement, number, outsidePrefix) => {
        fc.pre(!(replacement.startsWith('+') && outsidePrefix !== ''));
        const it = desk({ ...replace(replacement), outsidePrefix });
        await it.flow.place(number, 'typed');
        const plain = new FlowDesk({}, 'DE');
        await plain.flow.place(replacement, replacement.startsWith('*') ? 'caller' : 'typed');
        expect(it.numbers).toEqual([]);
        expect(it.guards).toEqual(
          expect.arrayContaining(plain.guards.filter((id) => id !== 'distant' && id !== 'stranger')),
        );
      }),
    );
  });
});
