import type { Dialect } from '../../src/demo/dialect.ts';
import { SimClock } from '../fleet/sim-clock.ts';
import { Conditions } from './conditions.ts';
import { DeskClock } from './desk-clock.ts';
import { leaks, RequestGauge, type Reading } from './gauges.ts';
import { HistoryCheck, type HistoryResult } from './history-check.ts';
import { inMemoryHistories } from './in-memory-history.ts';
import { Network } from './network.ts';
import { OfficeDay } from './office-day.ts';
import { SoakPush } from './soak-push.ts';
import { SoakRest } from './soak-rest.ts';
import { ScreenCheck } from './screen-check.ts';
import { faultActions } from './fault-actions.ts';
import { SoakDesk } from './soak-desk.ts';
import { SoakPbx } from './soak-pbx.ts';
import { Truth, type Ring } from './truth.ts';
import { Violations } from './violations.ts';
import { FaultSchedule } from './fault-schedule.ts';
import { EventCheck } from './event-check.ts';

export interface SoakOptions {
  sessions: number;
  /** Working days of ten hours; the computer sleeps at night. */
  days: number;
  seed: number;
  /** The dialect of the PBX; that of the demo office when absent. */
  dialect?: Partial<Dialect>;
  /** Runs garbage collection before the heap is measured. */
  collect?: (() => void) | undefined;
  onDay?: (day: number) => void;
  /** Receives a trace of what happens, for finding the cause of a violation. */
  onTrace?: ((what: string) => void) | undefined;
}

export interface SoakRun {
  options: SoakOptions;
  sessions: number;
  rings: number;
  announced: number;
  placed: number;
  /** Calls that were announced twice because push was seconds late or doubled. */
  announcedTwice: number;
  /** The delays from a ring to its announcement, in ms, sorted. */
  byPush: readonly number[];
  byList: readonly number[];
  requests: number;
  busiestMinute: number;
  faults: ReadonlyMap<string, number>;
  /** At the end of each day. */
  readings: readonly Reading[];
  history: HistoryResult;
  violations: number;
  first: readonly string[];
}

const HOUR = 3_600_000;
const DAY_MS = 10 * HOUR;
const FAULTS_PER_HOUR = 8;
/** Time after work until all calls and faults are over and the program has settled. */
const CALM_MS = 30 * 60_000;
/** The chance that a signed-out user signs in again, checked every 5 s: they do so after about a minute. */
const SIGN_IN_CHANCE = 0.1;
const BEGIN = Date.UTC(2026, 0, 5, 8, 0, 0);

/** A working week of one desk. The same options give the same run. */
export async function runSoak(options: SoakOptions): Promise<SoakRun> {
  const { sessions, days, seed, dialect = {}, collect, onDay, onTrace } = options;
  const clock = new SimClock(BEGIN, seed);
  const trace = (what: string): void => onTrace?.(`${new Date(clock.now()).toISOString()} ${what}`);
  const violations = new Violations(clock, trace);
  const deskClock = new DeskClock(clock);
  const network = new Network();
  const requests = new RequestGauge(deskClock, violations);
  const pbx: SoakPbx = new SoakPbx({ clock, seed, dialect, publisher: () => push });
  const push = new SoakPush({ clock, deskClock, network, rules: pbx.rules });
  const rest = new SoakRest({
    clock,
    deskClock,
    network,
    answer: (request) => pbx.answer(request),
    onRequest: (what) => {
      trace(`request: ${what}`);
      requests.count(what);
    },
  });
  const conditions = new Conditions({ clock, deskClock, network, push: () => push });
  const eventCheck: EventCheck = new EventCheck({ clock, truth: () => truth, conditions, violations });
  const truth = new Truth(clock, deskClock, (ring: Ring) => {
    trace(`${ring.call.id} rings me`);
    eventCheck.watchRing(ring);
  });
  pbx.board.observe(truth);
  const { histories, starts } = inMemoryHistories(deskClock);
  const history: HistoryCheck = new HistoryCheck({ violations, history: () => soak.desk.history, starts });
  pbx.board.observe(history);
  let state = '';
  let source = '';
  const soak: SoakDesk = new SoakDesk({
    clock: deskClock,
    rest,
    push,
    onChange: () => {
      conditions.signedIn = soak.desk.account.status === 'signed-in';
      const { calls } = soak.desk;
      const now = `${calls.list.status}, push ${calls.listening.push}, by ${calls.listening.source}`;
      if (calls.listening.source !== source) {
        source = calls.listening.source;
        conditions.alone = source === 'push' || source === 'history';
        truth.listReset();
      }
      if (now !== state) trace(`state: ${(state = now)}`);
      conditions.listening = soak.desk.calls.listening.push === 'listening';
      eventCheck.shown(soak.desk.calls.calls);
    },
    onEvents: (events) => {
      for (const { type, call } of events) trace(`event: ${type} ${call.id}${call.mine ? ' (mine)' : ''}`);
      eventCheck.onEvents(events);
      history.onEvents(events);
    },
    onNotified: (key) => {
      trace(`notification: ${key}`);
      eventCheck.notified(key);
    },
    histories,
  });
  const screen = new ScreenCheck({
    clock,
    deskClock,
    truth,
    conditions,
    violations,
    calls: () => soak.desk.calls,
  });
  const actions = faultActions({ clock, deskClock, network, pbx, push, rest, conditions, truth, soak, trace });
  const schedule = new FaultSchedule(clock, actions, FAULTS_PER_HOUR, trace);
  const office = new OfficeDay({
    clock,
    board: pbx.board,
    perHour: sessions / ((days * DAY_MS) / HOUR),
    isPbxUp: () => !network.has('restarting'),
    desk: () => (deskClock.asleep ? null : soak.desk),
    onDialling: (dialling) => {
      conditions.dialling = dialling;
    },
  });

  let over = false;
  const check = (): void => {
    if (over) return;
    truth.forgetOld();
    screen.check();
    if (!deskClock.asleep && soak.desk.account.status === 'signed-out' && clock.random() < SIGN_IN_CHANCE) {
      requests.signsIn();
      void soak.signIn();
    }
    clock.after(5_000, check);
  };
  const readings: Reading[] = [];
  void soak.signIn();
  clock.after(5_000, check);
  for (let day = 0; day < days; day++) {
    const begin = BEGIN + day * 24 * HOUR;
    await clock.run(begin);
    if (day > 0) actions.resume();
    office.work(begin + DAY_MS);
    schedule.run(begin + DAY_MS);
    await clock.run(begin + DAY_MS + 3 * HOUR + CALM_MS);
    eventCheck.forgetOld();
    await history.compare();
    collect?.();
    readings.push({
      heap: collect === undefined ? null : process.memoryUsage().heapUsed,
      timers: deskClock.pending,
      sockets: push.open,
      listeners: push.listeners,
      inFlight: rest.inFlight,
    });
    onDay?.(day + 1);
    actions.sleep();
  }
  actions.resume();
  await clock.run(clock.now() + CALM_MS);
  over = true;
  for (const key of soak.notified) violations.add(`the notification ${key} is left on the screen`);
  if (soak.desk.calls.calls.length > 0) violations.add(`${soak.desk.calls.calls.length} calls are left on the screen`);
  void soak.desk.close();
  await clock.run(clock.now() + 120_000);
  if (deskClock.pending > 0) violations.add(`${deskClock.pending} timers are left after the end`);
  if (push.open > 0) violations.add(`${push.open} connections are left after the end`);
  for (const leak of leaks(readings)) violations.add(leak);
  return {
    options,
    sessions: truth.sessions,
    rings: truth.rings,
    announced: eventCheck.announced,
    placed: office.placed,
    announcedTwice: eventCheck.announcedTwice,
    byPush: eventCheck.byPush.toSorted((a, b) => a - b),
    byList: eventCheck.byList.toSorted((a, b) => a - b),
    requests: requests.total,
    busiestMinute: requests.busiest,
    faults: schedule.injected,
    readings,
    history: history.result,
    violations: violations.count,
    first: violations.first,
  };
}
