import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import { NOT_LISTENING, type Call } from '../../../src/shared/call.ts';
import type { Favourite, PlacedCall, RecentCall } from '../../../src/shared/dial.ts';
import { appError } from '../../../src/shared/errors.ts';
import type { State } from '../../../src/shared/state.ts';

export const NOW = Date.UTC(2026, 0, 5, 9, 0, 0);

/** A signed-in desk with nothing going on; slices may be changed in part. */
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
    trust: { certificates: [], authorities: [], authoritiesProblem: null, ...more.trust },
    calls: {
      calls: [],
      more: { mine: 0, others: 0 },
      link: { status: 'live', at: NOW },
      listening: NOT_LISTENING,
      ...more.calls,
    },
    dial: { placed: null, request: null, refusal: null, ...more.dial },
    recents: [...((more.recents ?? []) as RecentCall[])],
    favourites: [...((more.favourites ?? []) as Favourite[])],
    settings: { ...DEFAULT_SETTINGS, ...more.settings },
    desktop: {
      version: '0.1.0',
      platform: 'linux',
      tray: 'shown',
      secrets: 'strong',
      notifier: 'electron',
      pausedUntil: null,
      links: [],
      linksEntry: 'no',
      loginItem: 'no',
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
      dial: '+12015550123',
      kind: 'public',
      e164: '+12015550123',
      then: null,
      rule: null,
      trunk: '',
      callerId: '',
      warnings: [],
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
  return { id: number, number, name, direction: 'incoming', outcome: 'connected', at: NOW, seconds: 60 };
}

export const stale = (since: number | null): State['calls']['link'] => ({
  status: 'stale',
  since,
  retryAt: NOW + 1_000,
  error: appError('timed-out'),
});
