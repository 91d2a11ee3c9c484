/** What one notification says. Its texts are plain, one line each, and never empty. */
export interface Announcement {
  /** One notification per key: showing a key again replaces what stands there. */
  key: string;
  /** Names only ever stand here: a notification's title is never markup. */
  title: string;
  body: string;
  urgency: 'low' | 'normal';
  /**
   * Stays on the screen until it is closed or clicked, for as long as the call rings; others expire after some seconds.
   */
  stays: boolean;
  /** The call it is about; null for a summary. */
  sessionId: string | null;
}

export type NotifyOutput = ({ type: 'show' } & Announcement) | { type: 'close'; key: string };

/** Of several outputs for a key only the last counts; a key that was never on the screen needs no closing. */
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
