import { expect, test } from 'vitest';
import { Desktop } from '../../src/main/desktop-state.ts';
import type { Notice } from '../../src/shared/notice.ts';
import { SAMPLE_DESKTOP } from '../support/samples.ts';

const missing: Notice = { id: 'tray-missing' };

function desktop() {
  let changes = 0;
  const made = new Desktop({ ...SAMPLE_DESKTOP, tray: 'unknown' }, () => {
    changes += 1;
  });
  return { made, changes: () => changes };
}

test('a notice is shown once and removed with its reason', () => {
  const { made } = desktop();
  made.showNotice(missing);
  made.showNotice({ ...missing });
  expect(made.state.notices).toEqual([missing]);
  made.withdraw('tray-missing');
  expect(made.state.notices).toEqual([]);
});

test('a dismissed notice does not return', () => {
  const { made, changes } = desktop();
  made.showNotice(missing);
  made.dismiss('tray-missing');
  const before = changes();
  made.showNotice(missing);
  expect(made.state.notices).toEqual([]);
  expect(changes()).toBe(before);
});

const unsaved = (cause: string): Notice => ({ id: 'settings-unsaved', file: 'settings', cause, folder: '/home/anna' });

test('a notice with another content is shown after one was dismissed, and each content only once', () => {
  const { made } = desktop();
  made.showNotice(unsaved('ENOSPC'));
  made.dismiss('settings-unsaved');
  made.showNotice(unsaved('EROFS'));
  expect(made.state.notices).toEqual([unsaved('EROFS')]);
  made.showNotice(unsaved('ENOSPC'));
  expect(made.state.notices).toEqual([]);
  made.showNotice(unsaved('EROFS'));
  made.dismiss('settings-unsaved');
  for (const cause of ['ENOSPC', 'EROFS']) made.showNotice(unsaved(cause));
  expect(made.state.notices).toEqual([]);
});

test.each<Notice>([
  unsaved('ENOSPC'),
  { id: 'links-taken', schemes: ['tel'], program: 'Phone' },
  { id: 'notifications-missing', problem: 'no-answer' },
  missing,
  { id: 'history-not-kept', why: 'unusable' },
  { id: 'contacts-not-kept', why: 'unusable' },
  { id: 'account-unreadable', file: 'account', cause: 'EACCES' },
])('$id that was dismissed is shown again when its reason was gone and comes back', (notice) => {
  const { made } = desktop();
  made.showNotice(notice);
  made.dismiss(notice.id);
  made.withdraw(notice.id);
  made.showNotice({ ...notice });
  expect(made.state.notices).toEqual([notice]);
});

test('every change calls onChange', () => {
  const { made, changes } = desktop();
  made.change({ tray: 'shown' });
  expect(made.state.tray).toBe('shown');
  expect(changes()).toBe(1);
});
