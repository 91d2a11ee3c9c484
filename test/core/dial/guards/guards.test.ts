import { describe, expect, test } from 'vitest';
import type { DialSituation } from '../../../../src/core/dial/guards/situation.ts';
import { guardsFor } from '../../../../src/core/dial/guards/guards.ts';
import { DEFAULT_SETTINGS } from '../../../../src/core/settings/defaults.ts';
import type { Call } from '../../../../src/shared/call.ts';
import {
  GUARDS,
  isSwitchable,
  type Guard,
  type GuardId,
  type GuardParams,
} from '../../../../src/shared/dial-guards.ts';
import type { DialPlan, PlacedCall, RecentCall } from '../../../../src/shared/dial.ts';
import { FOREIGN_PROVENANCES, OWN_PROVENANCES } from '../../../../src/shared/provenance.ts';
import { CUSTOMER, NINE, PLAN } from '../../calls/support/sessions.ts';
import { placedCall } from '../../../support/samples.ts';

const ON = DEFAULT_SETTINGS.dialling.guards;

const plan = (change: Partial<DialPlan>): DialPlan => ({ ...PLAN, number: change.dial ?? PLAN.number, ...change });
const code = (dial: string): DialPlan => plan({ kind: 'feature-code', dial, e164: null });
const digits = (dial: string, kind: DialPlan['kind'] = 'public'): DialPlan =>
  plan({ kind, dial, e164: null, warnings: ['not-completed'] });
const abroad = (number: string): DialPlan => plan({ dial: number, e164: number });

const placed = (step: PlacedCall['step'], change: Partial<DialPlan> = {}): PlacedCall =>
  placedCall(step, { sessionId: '1', plan: plan(change) });

const callWith = (number: string): Call => ({
  id: '1',
  mine: true,
  direction: 'incoming',
  state: 'talking',
  caller: { number, name: '' },
  callee: { number: '1001', name: '' },
  other: { number, name: '' },
  trunk: 'Main',
  startedAt: NINE,
  answeredAt: NINE,
  placedHere: false,
});

const recent = (number: string, direction: RecentCall['direction'] = 'outgoing'): RecentCall => ({
  id: number,
  number,
  name: '',
  direction,
  outcome: 'connected',
  at: NINE - 86_400_000,
  seconds: 60,
  provenance: direction === 'outgoing' ? 'dialled' : 'caller',
});

const applying = (change: Partial<DialSituation>, on = ON): Guard[] =>
  guardsFor(
    {
      plan: PLAN,
      provenance: 'typed',
      now: NINE,
      ownCalls: [],
      placed: null,
      dialledNumbers: [],
      recents: [],
      country: 'US',
      ...change,
    },
    on,
  );

const guards = (change: Partial<DialSituation>, on = ON): GuardId[] => applying(change, on).map(({ id }) => id);

test('nothing speaks against an ordinary number, wherever it comes from', () => {
  for (const provenance of [...OWN_PROVENANCES, 'history', 'directory', 'link', 'clipboard', 'command'] as const) {
    expect(guards({ provenance })).toEqual([]);
  }
});

interface Case {
  applies: Partial<DialSituation>[];
  not: Partial<DialSituation>[];
}

const OTHER = '+12015550199';
const CASES: Record<GuardId, Case> = {
  emergency: {
    applies: [
      { plan: plan({ kind: 'emergency', dial: '112', e164: null }) },
      ...['*67911', '*67*911#', '911#', '112*', '112#5', '9911#', '*31#112', '#31#*31#112#', '*21*112#'].map(
        (dial) => ({
          plan: code(dial),
        }),
      ),
      { plan: code('110#'), country: 'DE' },
    ],
    not: [
      { plan: plan({ kind: 'short-code', dial: '116117', e164: null }) },
      { plan: code('110#') },
      { plan: code('*97') },
      { plan: code('1002#') },
    ],
  },
  'feature-code': {
    applies: [
      ...FOREIGN_PROVENANCES.flatMap((provenance) =>
        ['*72', '911#', '1002#', '112#5'].map((dial) => ({ provenance, plan: code(dial) })),
      ),
      // A rule made it of a number, behind an outside line, too.
      { plan: plan({ dial: '*21*0301234#', afterRules: code('*21*0301234#'), provenance: 'rule' }) },
    ],
    not: [
      { plan: plan({ kind: 'extension', number: '7001', dial: '89*7001', e164: null, afterRules: code('89*7001') }) },
      { provenance: 'typed', plan: code('*72') },
      { provenance: 'dialled', plan: code('*72') },
      { provenance: 'link', plan: plan({ kind: 'extension', dial: '1002', e164: null }) },
    ],
  },
  'premium-rate': {
    applies: [
      { plan: plan({ warnings: ['then-press', 'premium-rate'] }) },
      // The number that the PBX gets, and the number in a code.
      { plan: plan({ kind: 'extension', dial: '+19005550123', e164: null, afterRules: abroad('+19005550123') }) },
      { plan: code('*21*09001234567#'), country: 'DE' },
      { plan: code('*679005550123'), country: 'US' },
      { plan: code('#31#09001234567'), country: 'DE' },
      // Codes of this PBX that Traydial does not know, however long they are.
      { plan: code('*09001234567'), country: 'DE' },
      { plan: code('*5509001234567'), country: 'DE' },
      { plan: code('*559005550123'), country: 'US' },
      // National ones, with a country and without.
      { plan: digits('09001234567'), country: 'DE' },
      { plan: digits('09001234567'), country: '' },
      { plan: digits('9005550123'), country: '' },
      // An ordinary mobile number in Japan.
      { plan: digits('09012345678'), country: '' },
      // Digits that networks read as the whole number.
      { plan: code('11833#'), country: 'DE' },
      // An extension pattern that covers everything.
      { plan: plan({ kind: 'extension', dial: '19005550123', e164: null }) },
      // Digits behind a whole number change nothing.
      { plan: abroad('+4990012345671234') },
      { plan: digits('118'.padEnd(5, '8'), 'short-code'), country: '' },
      { plan: plan({ kind: 'extension', dial: '11833', e164: null }) },
      // A personal number.
      { plan: abroad('+447012345678') },
    ],
    not: [
      { plan: plan({ warnings: ['not-valid', 'vanity'] }) },
      { plan: digits('09012345678'), country: '', recents: [recent('09012345678')] },
      { plan: digits('02079460958'), country: '' },
      { plan: plan({ kind: 'extension', dial: '900', e164: null }) },
      { plan: plan({ kind: 'extension', dial: '11833', e164: null }), recents: [recent('11833')] },
      { plan: digits('116117', 'short-code') },
    ],
  },
  satellite: {
    applies: [
      { plan: abroad('+881612345678') },
      { plan: abroad('+870773112345'), country: '' },
      { plan: abroad('+97912345678'), recents: [recent('+97912345678')] },
      { plan: plan({ dial: '011881612345678', e164: '+881612345678' }) },
      { plan: code('*5500881612345678'), country: 'DE' },
      { plan: plan({ dial: '+881612345678', afterRules: abroad('+881612345678'), provenance: 'rule' }) },
    ],
    not: [
      { plan: abroad('+80012345678') },
      { plan: plan({ kind: 'extension', dial: '881', e164: null }) },
      { plan: code('*550301234567'), country: 'DE' },
    ],
  },
  rewritten: {
    applies: [{ plan: plan({ dial: '+19005550123', provenance: 'rule' }) }],
    not: [{ plan: plan({ dial: '9012015550123', rule: 'Outside line' }) }],
  },
  unassigned: {
    applies: [
      { plan: plan({ warnings: ['not-valid'] }) },
      { plan: plan({ warnings: ['not-valid'] }), country: '', provenance: 'caller' },
      { plan: plan({ afterRules: { ...abroad('+1201'), warnings: ['not-valid'] } }) },
    ],
    not: [
      { plan: plan({ warnings: ['not-completed'] }) },
      { plan: plan({ warnings: ['not-valid'] }), recents: [recent(CUSTOMER)] },
    ],
  },
  stranger: {
    applies: [
      { provenance: 'caller' },
      { provenance: 'caller', plan: digits('09012345678'), country: '' },
      { provenance: 'caller', plan: digits('11833', 'short-code') },
    ],
    not: [
      ...OWN_PROVENANCES.map((provenance) => ({ provenance })),
      { provenance: 'history' },
      { provenance: 'caller', plan: plan({ kind: 'extension', dial: '1002', e164: null }) },
    ],
  },
  'foreign-host': {
    applies: [{ plan: plan({ warnings: ['foreign-host'] }), provenance: 'link' }],
    not: [{ plan: plan({ warnings: ['parameter-ignored'] }), provenance: 'link' }],
  },
  distant: {
    applies: [
      { plan: abroad('+4930901820') },
      // Next door by its calling code, an island by its area code.
      { plan: abroad('+18765550123') },
      { plan: abroad('+4930901820'), recents: [recent('+442079460018'), recent('+4930901821', 'incoming')] },
      { plan: plan({ dial: '0114930901820', e164: '+4930901820' }) },
      { plan: PLAN, country: 'GB' },
      // Without an own country: from others, and where calls went elsewhere so far.
      { plan: abroad('+37376543210'), country: '', provenance: 'caller' },
      { plan: abroad('+37376543210'), country: '', provenance: 'link' },
      { plan: abroad('+37376543210'), country: '', recents: [recent(CUSTOMER)] },
      { plan: plan({ afterRules: abroad('+37376543210') }) },
    ],
    not: [
      { plan: abroad('+4930901820'), recents: [recent('+498912345678')] },
      { plan: abroad('+4930901820'), recents: [recent('01149 89 12345678')] },
      { plan: abroad('+4930901820'), dialledNumbers: [{ number: '+498912345678', at: NINE - 60_000 }] },
      { plan: abroad('+4930901820'), country: '' },
      { plan: abroad('+4930901820'), country: '', provenance: 'caller', recents: [recent('+498912345678')] },
      { plan: abroad('+80012345678') },
      { plan: plan({ kind: 'extension', dial: '4930', e164: null }) },
    ],
  },
  'on-the-phone': {
    applies: [
      { ownCalls: [callWith(CUSTOMER)] },
      { ownCalls: [callWith('(201) 555-0123')] },
      { ownCalls: [callWith('9012015550123')], plan: plan({ dial: '9012015550123' }) },
      { placed: placed('phone-ringing') },
      { placed: placed('connected') },
    ],
    not: [
      { ownCalls: [callWith(OTHER)] },
      { placed: placed('ended') },
      { placed: placed('connected', { dial: OTHER, e164: OTHER }) },
    ],
  },
  repeated: {
    applies: [
      { dialledNumbers: [{ number: CUSTOMER, at: NINE }] },
      {
        dialledNumbers: [
          { number: CUSTOMER, at: NINE - 9_999 },
          { number: OTHER, at: NINE - 1 },
        ],
      },
      { dialledNumbers: [{ number: CUSTOMER, at: NINE - 5_000 }], plan: plan({ dial: '9012015550123' }) },
    ],
    not: [
      { dialledNumbers: [{ number: CUSTOMER, at: NINE - 10_000 }] },
      { dialledNumbers: [{ number: OTHER, at: NINE }] },
      // A clock that was set back.
      { dialledNumbers: [{ number: CUSTOMER, at: NINE + 3_600_000 }] },
    ],
  },
  'in-a-call': {
    applies: [
      { provenance: 'link', ownCalls: [callWith(OTHER)] },
      { provenance: 'clipboard', ownCalls: [callWith(OTHER)] },
      { provenance: 'command', placed: placed('other-ringing', { dial: OTHER, e164: OTHER }) },
    ],
    not: [
      { provenance: 'typed', ownCalls: [callWith(OTHER)] },
      { provenance: 'dialled', ownCalls: [callWith(OTHER)] },
      { provenance: 'favourite', ownCalls: [callWith(OTHER)] },
      { provenance: 'link', placed: placed('ended', { dial: OTHER, e164: OTHER }) },
    ],
  },
};

describe.each(GUARDS)('%s', (id) => {
  test('applies', () => {
    for (const facts of CASES[id].applies) expect(guards(facts), JSON.stringify(facts)).toContain(id);
  });

  test('does not apply', () => {
    for (const facts of CASES[id].not) expect(guards(facts), JSON.stringify(facts)).not.toContain(id);
  });

  test(isSwitchable(id) ? 'can be switched off' : 'cannot be switched off', () => {
    const off = Object.fromEntries(GUARDS.map((guard) => [guard, false])) as typeof ON;
    for (const facts of CASES[id].applies) expect(guards(facts, off).includes(id)).toBe(!isSwitchable(id));
  });
});

test('a reason about another number than the one on the screen names that number', () => {
  const params = (change: Partial<DialSituation>, id: GuardId): GuardParams | undefined =>
    applying({ country: '', ...change }).find((guard) => guard.id === id)?.params;
  expect(params({ plan: plan({ afterRules: abroad('+881612345678') }) }, 'satellite')).toEqual({
    number: '+881 6 123 45678',
  });
  expect(params({ plan: code('*67911') }, 'emergency')).toEqual({ number: '911' });
  expect(params({ plan: plan({ dial: '+12015559999', provenance: 'rule' }) }, 'rewritten')).toEqual({
    number: '+1 201 555 9999',
  });
  expect(params({ plan: digits('06012345678') }, 'premium-rate')).toBeUndefined();
  const possible = params({ plan: digits('0891123456') }, 'premium-rate');
  expect(possible?.countries?.[0]).toBe('FR');
  expect(possible).not.toHaveProperty('number');
});

test('the most serious reason comes first', () => {
  const all = {
    provenance: 'link',
    plan: plan({ kind: 'emergency', dial: '112', e164: null, warnings: ['premium-rate'] }),
    ownCalls: [callWith('112')],
    dialledNumbers: [{ number: '112', at: NINE }],
  } as const;
  expect(guards(all)).toEqual(['emergency', 'premium-rate', 'on-the-phone', 'repeated', 'in-a-call']);
});
