import { leave, secondStart } from '../electron/app.ts';
import { launchApp, type AppStart } from '../launch-app.ts';

/**
 * Plays the second start of the app: its own main module runs here, is refused the single-instance lock, and what it
 * hands to the first instance goes to the parent process.
 */
export interface HandOver {
  data: unknown;
}

let delivered = Promise.resolve();

secondStart.handOver = (data) => {
  delivered = new Promise((resolve) => process.send?.({ data } satisfies HandOver, () => resolve()));
};
leave.with = (code) => void delivered.then(() => process.exit(code));

await launchApp(JSON.parse(process.argv[2] ?? '{}') as AppStart);
