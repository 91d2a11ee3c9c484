import { expect, test } from 'vitest';
import { Desktop } from '../../src/main/desktop-state.ts';
import type { Notice } from '../../src/shared/state.ts';

const missing: Notice = { id: 'tray-missing', message: 'No tray.', action: 'Install one.' };

function desktop() {
  let changes = 0;
  const made = new Desktop(
    {
      version: '1.0.0',
      platform: 'linux',
      tray: 'unknown',
      secrets: 'strong',
      notifier: 'none',
      pausedUntil: null,
      links: [],
      linksEntry: 'no',
      loginItem: 'no',
      shortcut: { state: 'off', selection: true },
      notices: [],
    },
    () => {
      changes += 1;
    },
  );
  return { made, changes: () => changes };
}

test('a notice stands once, and goes when its reason goes', () => {
  const { made } = desktop();
  made.notice(missing);
  made.notice({ ...missing, message: 'Still no tray.' });
  expect(made.state.notices.map((notice) => notice.message)).toEqual(['Still no tray.']);
  made.withdraw('tray-missing');
  expect(made.state.notices).toEqual([]);
});

test('a notice that was dismissed stays away', () => {
  const { made, changes } = desktop();
  made.notice(missing);
  made.dismiss('tray-missing');
  const before = changes();
  made.notice(missing);
  expect(made.state.notices).toEqual([]);
  expect(changes()).toBe(before);
});

test('every change is told', () => {
  const { made, changes } = desktop();
  made.change({ tray: 'shown' });
  expect(made.state.tray).toBe('shown');
  expect(changes()).toBe(1);
});
