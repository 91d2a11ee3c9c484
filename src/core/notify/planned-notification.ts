import type { NotificationContent } from './content.ts';

/** A notification to be shown, before its sentences are made. */
export interface PlannedNotification {
  /** Identifies it on the screen. A notification replaces the one that has the same key. */
  key: string;
  content: NotificationContent;
  urgency: 'low' | 'normal';
  /** True if it stays on the screen until it is closed or clicked; false if it disappears after some seconds. */
  stays: boolean;
  /** Plays no sound. */
  silent?: true;
  /** The session id of the call and when it began (ms since 1970); null if it is not about a single call. */
  call: { id: string; at: number } | null;
}

export type NotifyOutput = ({ type: 'show' } & PlannedNotification) | { type: 'close'; key: string };

/** Keeps the last output for each key, and drops the closing of notifications that are not on the screen. */
export function settleOutputs<T extends { type: string; key: string }>(
  outputs: readonly T[],
  onScreen: ReadonlySet<string>,
): T[] {
  const last = new Map<string, T>();
  for (const output of outputs) {
    // Deleted first, because a Map keeps a key at its first position.
    last.delete(output.key);
    last.set(output.key, output);
  }
  return [...last.values()].filter((output) => output.type !== 'close' || onScreen.has(output.key));
}
