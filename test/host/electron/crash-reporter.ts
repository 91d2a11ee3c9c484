import type { CrashReporter } from 'electron';
import { guarded } from '../guard.ts';

type Simulated = Pick<CrashReporter, 'start'>;

/** Writes no dumps: a crash of the host is Node's. */
const simulated: Simulated = {
  start: ({ uploadToServer = true, submitURL = '' }) => {
    if (uploadToServer && submitURL === '') throw new Error('submitURL must be specified when uploadToServer is true');
  },
};

export const crashReporter = guarded('crashReporter', simulated);
