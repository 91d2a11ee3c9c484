import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import type { Call, Listening, Party } from '../../../src/shared/call.ts';
import {
  IDLE,
  type DialQuestion,
  type PlacedCall,
  type PlacedEnd,
  type PlacedStep,
  type RecentCall,
} from '../../../src/shared/dial.ts';
import { FormattedNumbers } from '../../../src/main/number-forms.ts';
import type { HistoryCall } from '../../../src/shared/history.ts';
import { LINK_SCHEMES, type LinkStatus } from '../../../src/shared/links.ts';
import type { AccountState, CallsState, DesktopState, State } from '../../../src/shared/state.ts';
import { placedCall, SAMPLE_DESKTOP, samplePlan } from '../../support/samples.ts';

export { samplePlan as plan } from '../../support/samples.ts';

export const SETTINGS = DEFAULT_SETTINGS;

export const ACCOUNT: AccountState = {
  status: 'signed-in',
  awaitingCode: false,
  demo: false,
  address: 'pbx.example.com',
  domain: 'example.com',
  username: 'anna',
  displayName: 'Anna Weber',
  extension: '101',
  reason: null,
  saved: [],
};

export const SIGNED_OUT: AccountState = {
  ...ACCOUNT,
  status: 'signed-out',
  address: '',
  domain: '',
  username: '',
  displayName: '',
  extension: '',
};

const LINKS: LinkStatus[] = LINK_SCHEMES.map((scheme) => ({
  scheme,
  state: scheme === 'traydial' ? 'ours' : 'other',
  program: scheme === 'traydial' ? '' : 'Linphone',
  action: scheme === 'traydial' ? null : 'make-default',
}));

export const DESKTOP: DesktopState = { ...SAMPLE_DESKTOP, links: LINKS };

export type StateChanges = Partial<Omit<State, 'calls'>> & { calls?: Partial<CallsState> };

const LISTED: Listening = { source: 'sessions', push: 'missing', topics: [], error: null };

/** A state of the window, signed in and with nothing going on, changed by what a test names. */
export function state({ calls, ...changes }: StateChanges = {}): State {
  const slices = {
    account: ACCOUNT,
    trust: { certificates: [], authorities: [], authoritiesProblem: null },
    calls: { ...live(), ...calls },
    dial: IDLE,
    recents: [],
    favourites: [],
    presences: {},
    settings: SETTINGS,
    country: { found: null, isNew: false },
    desktop: DESKTOP,
    ...changes,
  };
  return { ...slices, numbers: new FormattedNumbers().forState(slices) };
}

const ME: Party = { name: 'Anna Weber', number: '101' };

/** An incoming call for me that has been talking for a minute, changed by what a test names. */
export function call(changes: Partial<Call> = {}): Call {
  const caller = changes.caller ?? { name: 'Maria Keller', number: '+4930901820' };
  return {
    id: '884757570370146304',
    mine: true,
    direction: 'incoming',
    state: 'talking',
    caller,
    callee: ME,
    other: caller,
    trunk: 'Berlin trunk',
    startedAt: Date.now() - 65_000,
    answeredAt: Date.now() - 60_000,
    placedHere: false,
    ...changes,
  };
}

export const live = (...calls: Call[]): CallsState => ({
  calls,
  more: { mine: 0, others: 0 },
  list: { status: 'live', at: Date.now() },
  listening: LISTED,
});

/** A link's question, changed by what a test names. */
export function question(changes: Partial<DialQuestion> = {}): DialQuestion {
  return {
    id: 'q1',
    provenance: 'link',
    mode: 'ask',
    dueAt: null,
    plan: samplePlan(),
    candidates: [],
    name: '',
    guards: [],
    ...changes,
  };
}

/** A placed call that was seen at these steps, some seconds apart, the last one just now. */
export function placed(steps: PlacedStep[], changes: Partial<PlacedCall> = {}): PlacedCall {
  const start = Date.now() - steps.length * 4000;
  return placedCall(steps.at(-1) ?? 'requested', {
    key: 'placed-1',
    sessionId: steps.length > 1 ? '700000000000000001' : null,
    reached: steps.map((step, index) => ({ step, at: start + index * 4000 })),
    ...changes,
  });
}

/** How a placed call ended. */
export const endOf = (changes: Partial<PlacedEnd> = {}): PlacedEnd => ({
  reason: 'unknown',
  by: null,
  talkedMs: null,
  atLeast: false,
  status: null,
  followedToEnd: true,
  ...changes,
});

export function recent(changes: Partial<RecentCall> = {}): RecentCall {
  return {
    id: 'r1',
    number: '+12015550123',
    name: 'Grace Ito',
    direction: 'outgoing',
    outcome: 'connected',
    at: Date.now() - 60_000,
    seconds: 185,
    provenance: 'dialled',
    ...changes,
  };
}

export const historyCall = (changes: Partial<HistoryCall> = {}): HistoryCall => ({
  ...recent(),
  called: '',
  answeredAt: null,
  endedAt: changes.at ?? Date.now(),
  ...changes,
});
