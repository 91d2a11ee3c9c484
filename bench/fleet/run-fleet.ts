import { exponential, SimClock } from './sim-clock.ts';
import { BIN_MS, Measure, type Bin } from './measure.ts';
import { Office } from './office.ts';
import { PbxModel } from './pbx-model.ts';
import { SimDesk } from './sim-desk.ts';

export type FleetFault = 'none' | 'restart' | 'outage';

export interface FleetOptions {
  desks: number;
  push: boolean;
  fault: FleetFault;
  /** Requests a minute per address. */
  limit: number;
  retryAfter: boolean;
  seed: number;
}

export interface FleetRun {
  options: FleetOptions;
  bins: Bin[];
  /** Over the measured time, without the minutes in which the PBX was down. */
  meanPerMinute: number;
  peakPerMinute: number;
  /** Shares of all requests, in the measured time and after the fault has settled. */
  refused: number;
  refusedSettled: number;
  /** ms. */
  delay: { p50: number; p95: number; p99: number };
  rings: number;
  /** Share of the rings that ended before the desk saw them. */
  missed: number;
  /** Notifications for no ring, or for a ring that was already announced. */
  repeated: number;
  placed: number;
  placingsRefused: number;
  /** Until 95 % and all desks had a good answer after the fault, in ms; null without one. */
  recovery: { most: number; all: number } | null;
  starved: number;
}

const MINUTE = 60_000;
/** People arrive, sign in, and the desks find their rate. */
export const ARRIVAL_MS = 5 * MINUTE;
export const SETTLED_MS = 45 * MINUTE;
export const FAULT_MS = 50 * MINUTE;
const RESTART_MS = 75_000;
const OUTAGE_MS = 10 * MINUTE;
/** How long after the fault the desks need to settle. */
const AFTERMATH_MS = 15 * MINUTE;
const LAST_MS = 15 * MINUTE;
const NORMAL_HOUR_MS = 60 * MINUTE;
const INCOMING_PER_HOUR = 5;
const PLACED_PER_HOUR = 1;

export function faultMs(fault: FleetFault): number {
  return fault === 'none' ? 0 : fault === 'restart' ? RESTART_MS : OUTAGE_MS;
}

/** Simulates one office with one fault. The same options give the same run. */
export async function runFleet(options: FleetOptions): Promise<FleetRun> {
  const { desks: count, push, fault, limit, retryAfter, seed } = options;
  const begin = Date.UTC(2026, 0, 5, 8, 0, 0);
  const clock = new SimClock(begin, seed);
  const measure = new Measure(clock, count, begin + SETTLED_MS);
  const office: Office = new Office({
    clock,
    measure,
    pbx: () => pbx,
    desks: count,
    callsPerHour: INCOMING_PER_HOUR,
    onActivity: (desk, activity) => desks[desk]?.push?.push(activity),
  });
  const pbx: PbxModel = new PbxModel({
    clock,
    measure,
    limit,
    retryAfter,
    onPlaced: (desk, callee) => office.placed(desk, callee),
    onHungUp: (id) => office.hangUp(id),
  });
  const desks = Array.from({ length: count }, (_, desk) => new SimDesk({ clock, pbx, measure, desk, push }));

  for (const desk of desks) clock.after(clock.random() * ARRIVAL_MS, () => desk.start());
  office.start();
  clock.after(ARRIVAL_MS, () => dialNow(clock, desks, office));

  const back = begin + FAULT_MS + faultMs(fault);
  if (fault !== 'none') {
    clock.at(begin + FAULT_MS, () => {
      pbx.state = fault === 'restart' ? 'down' : 'cut';
      office.open = false;
      office.dropAll();
      measure.cutOff();
      for (const desk of desks) {
        if (fault === 'restart') desk.push?.onClosed();
        else desk.push?.onSilenced();
      }
    });
    clock.at(back, () => {
      pbx.state = 'up';
      office.open = true;
      measure.restored();
      // A PBX that returns sends no signal; a network that returns wakes every desk within two seconds.
      if (fault === 'outage') for (const desk of desks) clock.after(clock.random() * 2_000, () => desk.wake());
    });
  }
  const settled = fault === 'none' ? begin + SETTLED_MS : back + AFTERMATH_MS;
  const end = fault === 'none' ? settled + NORMAL_HOUR_MS : settled + LAST_MS;
  await clock.run(end);
  measure.finish();
  return report(options, measure, begin, settled, end, back);
}

function dialNow(clock: SimClock, desks: readonly SimDesk[], office: Office): void {
  const wait = exponential(clock, 3_600_000 / (desks.length * PLACED_PER_HOUR));
  clock.after(wait, () => {
    const index = Math.floor(clock.random() * desks.length);
    const number = `+1201777${String(Math.floor(clock.random() * 10_000)).padStart(4, '0')}`;
    if (office.isFree(index)) void desks[index]?.dial(number);
    dialNow(clock, desks, office);
  });
}

function report(
  options: FleetOptions,
  measure: Measure,
  begin: number,
  settled: number,
  end: number,
  back: number,
): FleetRun {
  const { fault } = options;
  const bins = Array.from(
    { length: (end - begin) / BIN_MS },
    (_, at) => measure.bins[at] ?? { requests: 0, refused: 0 },
  );
  const from = SETTLED_MS / BIN_MS;
  const measured = bins.slice(from);
  const perMinute = Array.from({ length: Math.floor(measured.length / 6) }, (_, at) =>
    total(measured.slice(at * 6, at * 6 + 6)),
  );
  const served = (end - begin - SETTLED_MS - faultMs(fault)) / MINUTE;
  const delays = measure.delays.toSorted((a, b) => a - b);
  const recovered = [...measure.recovered].map((ms) => (Number.isNaN(ms) ? Infinity : ms)).sort((a, b) => a - b);
  return {
    options,
    bins,
    meanPerMinute: total(measured).requests / served,
    peakPerMinute: Math.max(...perMinute.map(({ requests }) => requests)),
    refused: shareRefused(measured),
    refusedSettled: shareRefused(bins.slice((settled - begin) / BIN_MS)),
    delay: { p50: percentile(delays, 0.5), p95: percentile(delays, 0.95), p99: percentile(delays, 0.99) },
    rings: delays.length,
    missed: delays.length === 0 ? 0 : measure.missed / delays.length,
    repeated: measure.repeated,
    placed: measure.placed,
    placingsRefused: measure.placingsRefused,
    recovery:
      fault === 'none' || back > end ? null : { most: percentile(recovered, 0.95), all: percentile(recovered, 1) },
    starved: measure.starved.size,
  };
}

function total(bins: readonly Bin[]): Bin {
  return bins.reduce((sum, bin) => ({ requests: sum.requests + bin.requests, refused: sum.refused + bin.refused }), {
    requests: 0,
    refused: 0,
  });
}

function shareRefused(bins: readonly Bin[]): number {
  const { requests, refused } = total(bins);
  return requests === 0 ? 0 : refused / requests;
}

function percentile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return NaN;
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
