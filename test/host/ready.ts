import { desktop } from './desktop.ts';

/** Throws Electron's error for what it takes only before the app is ready. */
export function onlyBeforeReady(message: string): void {
  if (desktop.ready) throw new Error(message);
}

/** Throws Electron's error for what it can do only once the app is ready. */
export function onlyWhenReady(message: string): void {
  if (!desktop.ready) throw new Error(message);
}
