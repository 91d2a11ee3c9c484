import { describe, expect, test } from 'vitest';
import type { DialFacts } from '../../../../src/core/dial/guards/facts.ts';
import { guardsFor } from '../../../../src/core/dial/guards/guards.ts';
import { DEFAULT_SETTINGS } from '../../../../src/core/settings/defaults.ts';
import type { Call } from '../../../../src/shared/call.ts';
import { GUARDS, isSwitchable, type GuardId } from '../../../../src/shared/dial-guards.ts';
import type { DialPlan, PlacedCall, RecentCall } from '../../../../src/shared/dial.ts';
import { CUSTOMER, NINE, PLAN } from '../../calls/support/sessions.ts';

const ON = DEFAULT_SETTINGS.dialling.guards;

const plan = (change: Partial<DialPlan>): DialPlan => ({ ...PLAN, ...change });
const abroad = (number: string): DialPlan => plan({ dial: number, e164: number });

const placed = (step: PlacedCall['step'], change: Partial<DialPlan> = {}): PlacedCall => ({
  key: 'p1',
  sessionId: '1',
  plan: plan(change),
  name: '',
  step,
  reached: [],
  phoneRings: true,
  end: null,
  error: null,
  hangingUp: false,
  stale: false,
});

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
});

const guards = (change: Partial<DialFacts>, on = ON): GuardId[] =>
  guardsFor(
    {
      plan: PLAN,
      source: 'typed',
      now: NINE,
      ownCalls: [],
      placed: null,
      placements: [],
      recents: [],
      country: 'US',
      ...change,
    },
    on,
  ).map(({ id }) => id);

test('nothing speaks against an ordinary number, wherever it comes from', () => {
  for (const source of ['typed', 'link', 'clipboard', 'redial', 'command', 'menu'] as const) {
    expect(guards({ source })).toEqual([]);
  }
});

interface Case {
  applies: Partial<DialFacts>[];
  not: Partial<DialFacts>[];
}

const OTHER = '+12015550199';
const CASES: Record<GuardId, Case> = {
  emergency: {
    applies: [{ plan: plan({ kind: 'emergency', dial: '112', e164: null }) }],
    not: [{ plan: plan({ kind: 'short-code', dial: '116117', e164: null }) }],
  },
  'feature-code': {
    applies: (['link', 'clipboard', 'command'] as const).map((source) => ({
      source,
      plan: plan({ kind: 'feature-code', dial: '*72', e164: null }),
    })),
    not: [
      { source: 'typed', plan: plan({ kind: 'feature-code', dial: '*72', e164: null }) },
      { source: 'redial', plan: plan({ kind: 'feature-code', dial: '*72', e164: null }) },
      { source: 'link', plan: plan({ kind: 'extension', dial: '1002', e164: null }) },
    ],
  },
  'premium-rate': {
    applies: [{ plan: plan({ warnings: ['then-press', 'premium-rate'] }) }],
    not: [{ plan: plan({ warnings: ['not-valid', 'vanity'] }) }],
  },
  satellite: {
    applies: [
      { plan: abroad('+881612345678') },
      { plan: abroad('+870773112345'), country: '' },
      { plan: abroad('+97912345678'), recents: [recent('+97912345678')] },
      { plan: plan({ dial: '011881612345678', e164: '+881612345678' }) },
    ],
    not: [{ plan: abroad('+80012345678') }, { plan: plan({ kind: 'extension', dial: '881', e164: null }) }],
  },
  'foreign-host': {
    applies: [{ plan: plan({ warnings: ['foreign-host'] }), source: 'link' }],
    not: [{ plan: plan({ warnings: ['parameter-ignored'] }), source: 'link' }],
  },
  distant: {
    applies: [
      { plan: abroad('+4930901820') },
      // Next door by its calling code, an island by its area code.
      { plan: abroad('+18765550123') },
      { plan: abroad('+4930901820'), recents: [recent('+442079460018'), recent('+4930901821', 'incoming')] },
      { plan: plan({ dial: '0114930901820', e164: '+4930901820' }) },
      { plan: PLAN, country: 'GB' },
    ],
    not: [
      { plan: abroad('+4930901820'), recents: [recent('+498912345678')] },
      { plan: abroad('+4930901820'), recents: [recent('01149 89 12345678')] },
      { plan: abroad('+4930901820'), placements: [{ number: '+498912345678', at: NINE - 60_000 }] },
      { plan: abroad('+4930901820'), country: '' },
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
      { placements: [{ number: CUSTOMER, at: NINE }] },
      {
        placements: [
          { number: CUSTOMER, at: NINE - 9_999 },
          { number: OTHER, at: NINE - 1 },
        ],
      },
      { placements: [{ number: CUSTOMER, at: NINE - 5_000 }], plan: plan({ dial: '9012015550123' }) },
    ],
    not: [
      { placements: [{ number: CUSTOMER, at: NINE - 10_000 }] },
      { placements: [{ number: OTHER, at: NINE }] },
      // A clock that was set back.
      { placements: [{ number: CUSTOMER, at: NINE + 3_600_000 }] },
    ],
  },
  'in-a-call': {
    applies: [
      { source: 'link', ownCalls: [callWith(OTHER)] },
      { source: 'clipboard', ownCalls: [callWith(OTHER)] },
      { source: 'command', placed: placed('other-ringing', { dial: OTHER, e164: OTHER }) },
    ],
    not: [
      { source: 'typed', ownCalls: [callWith(OTHER)] },
      { source: 'redial', ownCalls: [callWith(OTHER)] },
      { source: 'menu', ownCalls: [callWith(OTHER)] },
      { source: 'link', placed: placed('ended', { dial: OTHER, e164: OTHER }) },
    ],
  },
};

describe.each(GUARDS)('$id: $sentence', ({ id }) => {
  test('applies', () => {
    for (const facts of CASES[id].applies) expect(guards(facts), JSON.stringify(facts)).toContain(id);
  });

  test('does not apply', () => {
    for (const facts of CASES[id].not) expect(guards(facts), JSON.stringify(facts)).not.toContain(id);
  });

  test(isSwitchable(id) ? 'can be switched off' : 'cannot be switched off', () => {
    const off = Object.fromEntries(GUARDS.map((guard) => [guard.id, false])) as typeof ON;
    for (const facts of CASES[id].applies) expect(guards(facts, off).includes(id)).toBe(!isSwitchable(id));
  });
});

test('the gravest reason comes first', () => {
  const all = {
    source: 'link',
    plan: plan({ kind: 'emergency', dial: '112', e164: null, warnings: ['premium-rate'] }),
    ownCalls: [callWith('112')],
    placements: [{ number: '112', at: NINE }],
  } as const;
  expect(guards(all)).toEqual(['emergency', 'premium-rate', 'on-the-phone', 'repeated', 'in-a-call']);
});
