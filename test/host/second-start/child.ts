import { launchApp, type AppStart } from '../launch-app.ts';

/**
 * Simulates a second start of the app: runs its main module here, which does not get the lock if another process has
 * it.
 */
await launchApp(JSON.parse(process.argv[2] ?? '{}') as AppStart);
