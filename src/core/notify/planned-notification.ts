import type { NotificationContent } from './content.ts';

/** One notification. */
export interface PlannedNotification {
  /** One notification per key: showing a key again replaces its notification. */
  key: string;
  content: NotificationContent;
  urgency: 'low' | 'normal';
  /**
   * Stays on the screen until it is closed or clicked, for as long as the call rings; others expire after some seconds.
   */
  stays: boolean;
  /** Plays no sound. */
  silent?: true;
  /** The call it is about, by its session id, and when it began (ms since 1970); null for a summary. */
  call: { id: string; at: number } | null;
}

export type NotifyOutput = ({ type: 'show' } & PlannedNotification) | { type: 'close'; key: string };

/** Keeps only the last of several outputs for a key, and closes only keys that are on the screen. */
export function settleOutputs<T extends { type: string; key: string }>(
  outputs: readonly T[],
  onScreen: ReadonlySet<string>,
): T[] {
  const last = new Map<string, T>();
  for (const output of outputs) {
    last.delete(output.key);
    last.set(output.key, output);
  }
  return [...last.values()].filter((output) => output.type !== 'close' || onScreen.has(output.key));
}
