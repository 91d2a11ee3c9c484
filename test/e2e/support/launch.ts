import type { AppDriver, LaunchOptions, TargetKind } from './app-driver.ts';
import { electronUnavailable, launchOnElectron } from './electron-driver.ts';
import { launchOnHost } from './host-driver.ts';

export interface Target {
  kind: TargetKind;
  /** Why it cannot be used here, or null: for `describe.skipIf(target.unavailable !== null)`. */
  unavailable: string | null;
  launch(options?: LaunchOptions): Promise<AppDriver>;
}

const ALL: Target[] = [
  { kind: 'host', unavailable: null, launch: launchOnHost },
  { kind: 'electron', unavailable: electronUnavailable(), launch: (options) => launchOnElectron(options) },
];

/** Everything that a spec runs on: `describe.each(TARGETS)`; `npm run electron:test` leaves the host out. */
export const TARGETS = ALL.filter(({ kind }) => (process.env['TRAYDIAL_E2E_TARGET'] ?? kind) === kind);
