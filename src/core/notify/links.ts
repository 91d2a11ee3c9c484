import type { DialState } from '../../shared/dial.ts';
import type { NotifyOutput } from './planned-notification.ts';

const KEY = 'links-waiting';

/**
 * The notification of links that wait for an answer while the window is in the background. Returns null if nothing is to
 * be shown or closed.
 */
export function notifyOfLinks(before: DialState, after: DialState, paused: boolean): NotifyOutput | null {
  if (before.inBackground === after.inBackground) return null;
  if (!after.inBackground) return { type: 'close', key: KEY };
  if (paused) return null;
  return {
    type: 'show',
    key: KEY,
    // The open question is about one link, and `waiting` counts those behind it.
    content: { kind: 'links-waiting', count: after.waiting + 1 },
    urgency: 'normal',
    stays: false,
    call: null,
  };
}
