import type { WindowMessages } from '../../messages/window.ts';
import type { NoticeMessages } from '../../messages/notices.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Notice } from '../../shared/notice.ts';
import type { HelpPage } from '../../shared/pages.ts';

/** The id of the control in the settings that the text of an error mentions; null if it mentions none. */
export function settingOfError({ code }: AppError): keyof WindowMessages['frame']['openSetting'] | null {
  if (code === 'own-number-unknown') return 'call-from';
  return code === 'trunk-unavailable' ? 'always-trunk' : null;
}

/** The id of the control in the settings with which the user can act on a notice; null if there is none. */
export function settingOfNotice(notice: Notice): keyof NoticeMessages['openSetting'] | null {
  if (notice.id === 'links-taken') return 'phone-links';
  if (notice.id !== 'notifications-missing') return null;
  if (notice.problem === 'choice-unsupported') return 'notify-backend';
  // There is the test, which shows whether they work again.
  return notice.page === undefined ? 'notify-test' : null;
}

/** The page outside the program on which the user can act on a notice; null if there is none. */
export function pageOfNotice(notice: Notice): HelpPage | null {
  if (notice.id === 'tray-missing') return 'tray-extension';
  return notice.id === 'notifications-missing' ? (notice.page ?? null) : null;
}
