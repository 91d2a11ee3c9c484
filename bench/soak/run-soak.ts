import type { Dialect } from '../../src/demo/dialect.ts';
import { SimClock } from '../fleet/sim-clock.ts';
import { Conditions } from './conditions.ts';
import { DeskClock } from './desk-clock.ts';
import { leaks, RequestGauge, type Reading } from './gauges.ts';
import { Network } from './network.ts';
import { OfficeDay } from './office-day.ts';
import { PushLine } from './push-line.ts';
import { RestLine } from './rest-line.ts';
import { ScreenCheck } from './screen-check.ts';
import { skiesOver } from './skies.ts';
import { SoakDesk } from './soak-desk.ts';
import { SoakPbx } from './soak-pbx.ts';
import { Truth, type Ring } from './truth.ts';
import { Violations } from './violations.ts';
import { Weather } from './weather.ts';
import { Witness } from './witness.ts';

export interface SoakOptions {
  sessions: number;
  /** Of ten hours; the computer sleeps at night. */
  days: number;
  seed: number;
  /** How the PBX describes its calls; as the demo office when absent. */
  dialect?: Partial<Dialect>;
  /** Collects garbage, for the heap to be measured. */
  collect?: (() => void) | undefined;
  onDay?: (day: number) => void;
  /** What happens, in words: for finding out how a violation came about. */
  onTrace?: ((what: string) => void) | undefined;
}

export interface SoakRun {
  options: SoakOptions;
  sessions: number;
  rings: number;
  announced: number;
  placed: number;
  /** Calls that were announced twice while push told things seconds late, or twice. */
  twiceByOddity: number;
  /** ms, in order. */
  byPush: readonly number[];
  byList: readonly number[];
  requests: number;
  busiestMinute: number;
  struck: ReadonlyMap<string, number>;
  /** At the end of each day. */
  readings: readonly Reading[];
  violations: number;
  first: readonly string[];
}

const HOUR = 3_600_000;
const DAY_MS = 10 * HOUR;
const TROUBLES_PER_HOUR = 8;
/** After work until all calls and all trouble are over, and the program has found its peace. */
const CALM_MS = 30 * 60_000;
/** The user sees within a minute or so that the sign-in is over; by looks of 5 s. */
const SIGNS_IN = 0.1;
const BEGIN = Date.UTC(2026, 0, 5, 8, 0, 0);

/** A working week of one desk. The same options give the same run. */
export async function runSoak(options: SoakOptions): Promise<SoakRun> {
  const { sessions, days, seed, dialect = {}, collect, onDay, onTrace } = options;
  const world = new SimClock(BEGIN, seed);
  const trace = (what: string): void => onTrace?.(`${new Date(world.now()).toISOString()} ${what}`);
  const violations = new Violations(world, trace);
  const clock = new DeskClock(world);
  const network = new Network();
  const requests = new RequestGauge(clock, violations);
  const pbx: SoakPbx = new SoakPbx({ clock: world, seed, dialect, publisher: () => push });
  const push = new PushLine({ world, desk: clock, network, rules: pbx.rules });
  const rest = new RestLine({
    world,
    desk: clock,
    network,
    answer: (request) => pbx.answer(request),
    onRequest: (what) => {
      trace(`request: ${what}`);
      requests.count();
    },
  });
  const conditions = new Conditions({ world, desk: clock, network, push: () => push });
  const witness: Witness = new Witness({ world, truth: () => truth, conditions, violations });
  const truth = new Truth(world, (ring: Ring) => {
    trace(`${ring.call.id} rings me`);
    witness.rang(ring);
  });
  pbx.board.observe(truth);
  let state = '';
  let knowledge = '';
  const soak: SoakDesk = new SoakDesk({
    clock,
    rest,
    push,
    onChange: () => {
      conditions.signedIn = soak.desk.account.status === 'signed-in';
      const { calls } = soak.desk;
      const now = `${calls.link.status}, push ${calls.listening.push}, by ${calls.listening.knowledge}`;
      if (calls.listening.knowledge !== knowledge) {
        knowledge = calls.listening.knowledge;
        conditions.alone = knowledge === 'push' || knowledge === 'history';
        truth.begunAnew();
      }
      if (now !== state) trace(`state: ${(state = now)}`);
      conditions.listening = soak.desk.calls.listening.push === 'listening';
      witness.shown(soak.desk.calls.calls);
    },
    onEvents: (events) => {
      for (const { type, call } of events) trace(`told: ${type} ${call.id}${call.mine ? ' (mine)' : ''}`);
      witness.told(events);
    },
    onNotified: (key) => {
      trace(`notification: ${key}`);
      witness.notified(key);
    },
  });
  const screen = new ScreenCheck({
    world,
    desk: clock,
    truth,
    conditions,
    violations,
    calls: () => soak.desk.calls,
  });
  const skies = skiesOver({ world, clock, network, pbx, push, rest, conditions, truth, soak, trace });
  const weather = new Weather(world, skies, TROUBLES_PER_HOUR, trace);
  const office = new OfficeDay({
    world,
    board: pbx.board,
    perHour: sessions / ((days * DAY_MS) / HOUR),
    isOpen: () => !network.has('restarting'),
    desk: () => (clock.asleep ? null : soak.desk),
    onDialling: (dialling) => {
      conditions.dialling = dialling;
    },
  });

  let over = false;
  const check = (): void => {
    if (over) return;
    truth.forgetOld();
    screen.look();
    if (!clock.asleep && soak.desk.account.status === 'signed-out' && world.random() < SIGNS_IN) {
      requests.signsIn();
      void soak.signIn();
    }
    world.after(5_000, check);
  };
  const readings: Reading[] = [];
  void soak.signIn();
  world.after(5_000, check);
  for (let day = 0; day < days; day++) {
    const begin = BEGIN + day * 24 * HOUR;
    await world.run(begin);
    if (day > 0) skies.resume();
    office.work(begin + DAY_MS);
    weather.blow(begin + DAY_MS);
    await world.run(begin + DAY_MS + 3 * HOUR + CALM_MS);
    witness.forgetOld();
    collect?.();
    readings.push({
      heap: collect === undefined ? null : process.memoryUsage().heapUsed,
      timers: clock.pending,
      sockets: push.open,
      listeners: push.listeners,
      inFlight: rest.inFlight,
    });
    onDay?.(day + 1);
    skies.sleep();
  }
  skies.resume();
  await world.run(world.now() + CALM_MS);
  over = true;
  for (const key of soak.notified) violations.add(`the notification ${key} is left on the screen`);
  if (soak.desk.calls.calls.length > 0) violations.add(`${soak.desk.calls.calls.length} calls are left on the screen`);
  void soak.desk.close();
  await world.run(world.now() + 120_000);
  if (clock.pending > 0) violations.add(`${clock.pending} timers are left after the end`);
  if (push.open > 0) violations.add(`${push.open} connections are left after the end`);
  for (const leak of leaks(readings)) violations.add(leak);
  return {
    options,
    sessions: truth.sessions,
    rings: truth.rings,
    announced: witness.announced,
    placed: office.placed,
    twiceByOddity: witness.twiceByOddity,
    byPush: witness.byPush.toSorted((a, b) => a - b),
    byList: witness.byList.toSorted((a, b) => a - b),
    requests: requests.total,
    busiestMinute: requests.busiest,
    struck: weather.struck,
    readings,
    violations: violations.count,
    first: violations.first,
  };
}
