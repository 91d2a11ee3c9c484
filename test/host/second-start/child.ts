import { launchApp, type AppStart } from '../launch-app.ts';

/** Plays another start of the app: its own main module runs here, and is refused the lock where another one has it. */
await launchApp(JSON.parse(process.argv[2] ?? '{}') as AppStart);
