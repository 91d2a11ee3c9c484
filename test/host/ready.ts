import { desktop } from './desktop.ts';

/** Throws Electron's error for calls that are allowed only before the app is ready. */
export function onlyBeforeReady(message: string): void {
  if (desktop.ready) throw new Error(message);
}

/** Throws Electron's error for calls that are allowed only after the app is ready. */
export function onlyWhenReady(message: string): void {
  if (!desktop.ready) throw new Error(message);
}
