import type { DialRule, DialRules } from '../../../../src/shared/dial-rules.ts';
import { DEFAULT_DIAL_RULES } from '../../../support/default-dial-rules.ts';

export const rule = (more: Partial<DialRule>): DialRule => ({
  id: more.name ?? 'rule',
  name: 'rule',
  enabled: true,
  target: 'public',
  pattern: '',
  form: 'as-is',
  replacement: '',
  internationalPrefix: '',
  outsidePrefix: '',
  trunk: '',
  callerId: '',
  ...more,
});

const rules = (more: Partial<DialRules>): DialRules => ({ ...DEFAULT_DIAL_RULES, ...more });

/** Offices as administrators set them up. */
export const RULE_SETS = {
  'four digits': rules({ country: 'US', extensions: '[1-9][0-9]{3}' }),
  'six digits': rules({ country: 'DE', extensions: '6-6' }),
  'two digits': rules({ extensions: '[0-9]{2,3}' }),
  'zeros allowed': rules({ country: 'DE', extensions: '0[0-9]{2}' }),
  Berlin: rules({ country: 'DE', areaCode: '30' }),
  'New Jersey': rules({ country: 'US', areaCode: '201' }),
  Rome: rules({ country: 'IT', areaCode: '6' }),
  Sydney: rules({ country: 'AU', areaCode: '2' }),
  'outside line': rules({
    country: 'DE',
    rules: [
      rule({ name: 'home', target: 'national', form: 'national', outsidePrefix: '0' }),
      rule({
        name: 'abroad',
        target: 'international',
        form: 'international-prefix',
        internationalPrefix: '00',
        outsidePrefix: '0',
      }),
    ],
  }),
  '00 for +': rules({
    country: 'GB',
    rules: [rule({ name: 'plus', form: 'international-prefix', internationalPrefix: '00' })],
  }),
  'no plus': rules({ country: 'US', rules: [rule({ name: 'bare', form: 'without-plus' })] }),
  'no zero': rules({
    country: 'DE',
    rules: [rule({ name: 'short', target: 'national', form: 'national-without-zero' })],
  }),
  'a disabled rule': rules({ country: 'US', rules: [rule({ name: 'off', enabled: false, form: 'without-plus' })] }),
} satisfies Record<string, DialRules>;
