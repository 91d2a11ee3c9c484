import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import { NOT_LISTENING } from '../../../src/shared/call.ts';
import { IDLE, type Favourite, type RecentCall } from '../../../src/shared/dial.ts';
import { appError } from '../../../src/shared/errors.ts';
import type { State } from '../../../src/shared/state.ts';
import { SAMPLE_DESKTOP, SAMPLE_NOW } from '../../support/samples.ts';

export { placedCall as placed, ringingCall as call } from '../../support/samples.ts';

export const NOW = SAMPLE_NOW;

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
    presences: {},
    settings: { ...DEFAULT_SETTINGS, ...more.settings },
    country: { found: null, isNew: false },
    desktop: { ...SAMPLE_DESKTOP, ...more.desktop },
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
