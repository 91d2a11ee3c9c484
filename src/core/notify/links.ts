import type { DialState } from '../../shared/dial.ts';
import type { NotifyOutput } from './planned-notification.ts';

const KEY = 'links-waiting';

/**
 * Links that do not bring the window up get one notification, which stays until they were answered. Null: nothing
 * changes on the screen.
 */
export function notifyOfLinks(before: DialState, after: DialState, paused: boolean): NotifyOutput | null {
  if (before.inBackground === after.inBackground) return null;
  if (!after.inBackground) return { type: 'close', key: KEY };
  if (paused) return null;
  return {
    type: 'show',
    key: KEY,
    content: { kind: 'links-waiting', count: after.waiting + 1 },
    urgency: 'normal',
    stays: false,
    call: null,
  };
}
