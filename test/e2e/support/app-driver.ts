import type { Page } from 'playwright-core';
import type { Act } from '../../host/server/acts.ts';
import type { HostState } from '../../host/server/state.ts';

export type { Act, HostState };
export type TargetKind = 'host' | 'electron';
export type WindowState = Pick<
  HostState['windows'][number],
  'id' | 'title' | 'url' | 'visible' | 'focused' | 'minimized' | 'bounds'
>;

export interface LaunchOptions {
  /** Uncaught errors in main or in the page are part of the spec; without this they fail it. */
  mayFail?: boolean;
  /** Start signed in to the demo PBX. */
  demo?: boolean;
  seed?: number;
  /** Start as by a click on this link. */
  link?: string;
  /** More arguments, e.g. a sub-command. */
  argv?: string[];
  /** Folder for settings and state, kept; without it a new one that is removed at the end. */
  profile?: string;
  /** What the computer is like, e.g. `tray=missing`. A real desk can play only few of these, and refuses the others. */
  sim?: string[];
  /** More environment for the app, e.g. another notification daemon's bus. */
  env?: Record<string, string>;
  colorScheme?: 'light' | 'dark';
}

export interface CommandRun {
  code: number | null;
  /** What it printed on both streams. */
  output: string;
}

/** One running app, on the host or on real Electron, and what a person can see and do. */
export interface AppDriver {
  readonly kind: TargetKind;
  readonly profile: string;
  /** The app's window. On real Electron an app that was started hidden may have none yet; then it throws. */
  readonly page: Page;
  /** What the page complained about so far: errors on its console and errors that nobody caught. */
  readonly complaints: readonly string[];
  /** What the app's main process has printed so far. */
  output(): string;
  windows(): Promise<WindowState[]>;
  /** The page of another of the app's windows, by the beginning of its address. */
  pageAt(address: string): Promise<Page>;
  /** The desktop around the app. On a real Electron only what a user can see; reading anything else throws. */
  state(): Promise<HostState>;
  /** What a person does outside the window. Rejects with a sentence where the target cannot do it. */
  act(act: Act): Promise<unknown>;
  /** Runs `traydial …` beside the app, with the same profile, and waits for its end; also after the app was stopped. */
  command(...argv: string[]): Promise<CommandRun>;
  /** Opens the app's page once more, as a reload of the browser would, and waits until it talks to main. */
  reload(): Promise<void>;
  /** Resolves with the exit code once the app has ended by itself. */
  exited(): Promise<number | null>;
  /** Sends a signal to the app's main process. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
  /** Quits and cleans up; the exit code. Does nothing the second time. */
  stop(): Promise<number | null>;
}

/** Whether a spec can set up any kind of computer, and read what a user could not see. */
export const PRETENDS: Record<TargetKind, boolean> = { host: true, electron: false };
