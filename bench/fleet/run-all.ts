import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { runFleet, type FleetOptions, type FleetRun } from './run-fleet.ts';

/** Runs each on a separate thread, with as many threads as processors. Returns the results in the given order. */
export async function runAll(
  all: readonly FleetOptions[],
  onRun: (run: FleetRun, ms: number) => void,
): Promise<FleetRun[]> {
  const runs: FleetRun[] = [];
  // The longest first, so that no processor waits for the last one.
  const waiting = [...all.keys()].sort((a, b) => (all[b]?.desks ?? 0) - (all[a]?.desks ?? 0));
  const work = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      const options = all[index];
      if (options === undefined) continue;
      const began = performance.now();
      const run = await inThread(options);
      runs[index] = run;
      onRun(run, performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), all.length) }, work));
  return runs;
}

function inThread(options: FleetOptions): Promise<FleetRun> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url));
    worker.once('message', (run: FleetRun) => resolve(run));
    worker.once('error', reject);
    worker.postMessage(options);
  });
}

if (!isMainThread) {
  const port = parentPort;
  port?.once('message', (options: FleetOptions) => void runFleet(options).then((run) => port.postMessage(run)));
}
