import type { Page } from 'playwright-core';
import type { Act } from '../../host/server/acts.ts';
import type { HostState } from '../../host/server/state.ts';

export type { Act, HostState };
export type TargetKind = 'host' | 'electron';
export type WindowState = Pick<
  HostState['windows'][number],
  'id' | 'title' | 'url' | 'visible' | 'focused' | 'minimized' | 'bounds'
>;

/** How long a spec waits for what should happen at once: long enough for a busy machine, in ms. */
export const WAIT_TIMEOUT_MS = 60_000;

export interface LaunchOptions {
  /** Uncaught errors in main or in the page do not fail the spec. */
  mayFail?: boolean;
  /** Offer the first steps, as to a new user. */
  firstSteps?: boolean;
  /** Start signed in to the demo PBX. */
  demo?: boolean;
  seed?: number;
  /** Start like a click on this link. */
  link?: string;
  /** More arguments, e.g. a sub-command. */
  argv?: string[];
  /** Folder for settings and state, kept; without it a new one that is removed at the end. */
  profile?: string;
  /**
   * Properties of the computer, e.g. `tray=missing`. A real desktop session supports few of these and throws for the
   * others.
   */
  sim?: string[];
  /** More environment for the app, e.g. another notification daemon's bus. */
  env?: Record<string, string>;
  colorScheme?: 'light' | 'dark';
}

export interface CommandRun {
  code: number | null;
  /** The output on both streams. */
  output: string;
}

/** One running app, on the host or on real Electron, and what a person can see and do. */
export interface AppDriver {
  readonly kind: TargetKind;
  readonly profile: string;
  /** The app's window. On real Electron an app that was started hidden may have none yet; then it throws. */
  readonly page: Page;
  /** The page's console errors and uncaught errors so far. */
  readonly complaints: readonly string[];
  /** The output of the app's main process so far. */
  output(): string;
  windows(): Promise<WindowState[]>;
  /** The page of another of the app's windows, by the beginning of its address. */
  pageAt(address: string): Promise<Page>;
  /** The desktop around the app. On a real Electron only what a user can see; reading anything else throws. */
  state(): Promise<HostState>;
  /** Does what a user does outside the window. Rejects when the target cannot do it. */
  act(act: Act): Promise<unknown>;
  /** Runs `traydial …` beside the app, with the same profile, and waits for its end; also after the app was stopped. */
  command(...argv: string[]): Promise<CommandRun>;
  /** Reloads the app's page and waits until it is connected to main. */
  reload(): Promise<void>;
  /** Resolves with the exit code once the app has ended by itself. */
  exited(): Promise<number | null>;
  /** Sends a signal to the app's main process. */
  signal(name: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Quits and cleans up; the exit code. Does nothing the second time. */
  stop(): Promise<number | null>;
}

/** Whether a spec can set up any kind of computer and read hidden state. */
export const CAN_SIMULATE: Record<TargetKind, boolean> = { host: true, electron: false };
