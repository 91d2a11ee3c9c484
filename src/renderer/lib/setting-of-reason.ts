import type { Notified, NotifyReason } from '../../shared/notified.ts';

/** The id of the control in the settings that decided whether the user was notified; null if it was not a setting. */
export function settingOf({ ringing, missed }: Notified): string | null {
  return (ringing === null ? null : idOf(ringing)) ?? (missed === null ? null : idOf(missed));
}

function idOf(reason: NotifyReason): string | null {
  switch (reason.code) {
    case 'incoming-off':
      return 'notify-incoming';
    case 'missed-off':
      return 'notify-missed';
    case 'paused':
      return 'notify-pause';
    case 'quiet-hours':
      return 'quiet-hours';
    case 'person':
      return 'notify-person';
    case 'announced':
      return reason.because === 'person' ? 'notify-person' : reason.because === undefined ? null : 'notify-favourites';
    case 'rule':
      return `notify-${reason.calls}`;
    case 'not-shown':
      return reason.problem === 'choice-unsupported' ? 'notify-backend' : 'notify-test';
    default:
      return null;
  }
}
