import type { CrashReporter } from 'electron';
import { guarded } from '../guard.ts';

type Simulated = Pick<CrashReporter, 'start'>;

/** Only checks its options. It writes no crash dumps, because in the host only Node itself can crash. */
const simulated: Simulated = {
  start: ({ uploadToServer = true, submitURL = '' }) => {
    if (uploadToServer && submitURL === '') throw new Error('submitURL must be specified when uploadToServer is true');
  },
};

export const crashReporter = guarded('crashReporter', simulated);
