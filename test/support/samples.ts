import type { NotifyContext } from '../../src/core/notify/policy.ts';
import type { Call } from '../../src/shared/call.ts';
import type { DialPlan, PlacedCall } from '../../src/shared/dial.ts';
import type { DesktopState } from '../../src/shared/state.ts';

/** 2026-01-05 09:00 UTC, ms since 1970. */
export const SAMPLE_NOW = Date.UTC(2026, 0, 5, 9, 0, 0);

/** A desktop on which everything works and nothing is set. */
export const SAMPLE_DESKTOP: DesktopState = {
  version: '0.1.0',
  platform: 'linux',
  tray: 'shown',
  secrets: 'strong',
  notifier: 'electron',
  pausedUntil: null,
  links: [],
  language: 'en',
  linksEntry: 'no',
  loginItem: 'no',
  setupDue: false,
  shortcut: { state: 'off', selection: true },
  notices: [],
};

/** A call that rings 1001, changed by what a test names. */
export function ringingCall(id: string, changes: Partial<Call> = {}): Call {
  const caller = changes.other ?? { name: `Caller ${id}`, number: '+12015550123' };
  return {
    id,
    mine: true,
    direction: 'incoming',
    state: 'ringing',
    caller,
    callee: { name: '', number: '1001' },
    other: caller,
    trunk: '',
    startedAt: SAMPLE_NOW,
    answeredAt: null,
    placedHere: false,
    ...changes,
  };
}

/** How a typed public number is dialled, changed by what a test names. */
export function samplePlan(changes: Partial<DialPlan> = {}): DialPlan {
  return {
    input: '+1 (201) 555-0123',
    shown: '+1 201 555 0123',
    number: '+12015550123',
    dial: '+12015550123',
    kind: 'public',
    e164: '+12015550123',
    digitsAfterAnswer: null,
    rule: null,
    trunk: '',
    callerId: '',
    warnings: [],
    afterRules: null,
    provenance: 'typed',
    ...changes,
  };
}

export function placedCall(step: PlacedCall['step'], changes: Partial<PlacedCall> = {}): PlacedCall {
  return {
    key: 'p1',
    sessionId: '9',
    plan: samplePlan(),
    name: '',
    step,
    reached: [],
    phoneRings: true,
    end: null,
    error: null,
    hangingUp: false,
    stale: false,
    ...changes,
  };
}

/** Notifications of all kinds of calls, for the user of extension 1001. */
export const NOTIFY_ALL: NotifyContext = {
  incoming: true,
  missed: true,
  pausedUntil: null,
  away: false,
  calls: { internal: true, external: true, queue: true },
  quietUntil: null,
  isExempt: () => false,
  ruleFor: () => null,
  extension: '1001',
  formatNumber: (number) => number,
};
