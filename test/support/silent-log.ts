import type { Log } from '../../src/core/log-port.ts';

export const silentLog: Log = { info: () => {}, warn: () => {} };
