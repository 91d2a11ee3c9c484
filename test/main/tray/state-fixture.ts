import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import { NOT_LISTENING, type Call } from '../../../src/shared/call.ts';
import { IDLE, type Favourite, type PlacedCall, type RecentCall } from '../../../src/shared/dial.ts';
import { appError } from '../../../src/shared/errors.ts';
import type { State } from '../../../src/shared/state.ts';

export const NOW = Date.UTC(2026, 0, 5, 9, 0, 0);

/** A signed-in desk without calls; `more` changes parts of slices. */
export function stateWith(more: { [S in keyof State]?: Partial<State[S]> } = {}): State {
  return {
    account: {
      status: 'signed-in',
      awaitingCode: false,
      demo: false,
      address: 'pbx.example.com',
      domain: 'example.com',
      username: 'anna',
      displayName: 'Anna Berg',
      extension: '1001',
      reason: null,
      saved: [],
      ...more.account,
    },
    numbers: {},
    trust: { certificates: [], authorities: [], authoritiesProblem: null, ...more.trust },
    calls: {
      calls: [],
      more: { mine: 0, others: 0 },
      list: { status: 'live', at: NOW },
      listening: NOT_LISTENING,
      ...more.calls,
    },
    dial: { ...IDLE, ...more.dial },
    recents: [...((more.recents ?? []) as RecentCall[])],
    favourites: [...((more.favourites ?? []) as Favourite[])],
    settings: { ...DEFAULT_SETTINGS, ...more.settings },
    country: { found: null, isNew: false },
    desktop: {
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
      ...more.desktop,
    },
  };
}

export function call(id: string, more: Partial<Call> = {}): Call {
  const other = more.other ?? { name: `Caller ${id}`, number: '+12015550123' };
  return {
    id,
    mine: true,
    direction: 'incoming',
    state: 'ringing',
    caller: other,
    callee: { name: '', number: '1001' },
    other,
    trunk: '',
    startedAt: NOW,
    answeredAt: null,
    placedHere: false,
    ...more,
  };
}

export function placed(step: PlacedCall['step']): PlacedCall {
  return {
    key: 'p1',
    sessionId: '9',
    plan: {
      input: '2015550123',
      shown: '+1 201 555 0123',
      number: '+12015550123',
      dial: '+12015550123',
      kind: 'public',
      e164: '+12015550123',
      then: null,
      rule: null,
      trunk: '',
      callerId: '',
      warnings: [],
      reaches: null,
      provenance: 'typed',
    },
    name: '',
    step,
    reached: [],
    phoneRings: true,
    end: null,
    error: null,
    hangingUp: false,
    stale: false,
  };
}

export function recent(number: string, name = ''): RecentCall {
  return {
    id: number,
    number,
    name,
    direction: 'incoming',
    outcome: 'connected',
    at: NOW,
    seconds: 60,
    provenance: 'caller',
  };
}

export const stale = (since: number | null): State['calls']['list'] => ({
  status: 'stale',
  since,
  retryAt: NOW + 1_000,
  error: appError('timed-out'),
});
