import { expect, onTestFinished, test } from 'vitest';
import { onBug } from '../../../src/core/report-bug.ts';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import { NotificationCenter } from '../../../src/main/notifications/notification-center.ts';
import type { Call } from '../../../src/shared/call.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function open() {
  const screen = new Map<string, string>();
  const clicks: (() => void)[] = [];
  let opened = 0;
  const center = new NotificationCenter({
    clock: new ManualClock(),
    settings: () => DEFAULT_SETTINGS,
    extension: () => '1001',
    pausedUntil: () => null,
    formatNumber: (number) => number,
    notifier: {
      show: ({ key, title }, onClick) => {
        if (title === 'Bug') throw new Error('a bug');
        screen.set(key, title);
        clicks.push(onClick);
      },
      close: (key) => void screen.delete(key),
    },
    onClick: () => {
      opened += 1;
    },
  });
  return { center, screen, clicks, opened: () => opened };
}

function ringing(id: string, name: string): Call {
  const other = { number: '+12015550100', name };
  return {
    id,
    mine: true,
    direction: 'incoming',
    state: 'ringing',
    caller: other,
    callee: { number: '1001', name: '' },
    other,
    trunk: 'Main',
    startedAt: 0,
    answeredAt: null,
    placedHere: false,
  };
}

const forMe = (call: Call) => ({ type: 'for-me', call, transferred: false }) as const;

test('a call for me stands on the screen, and its click opens the window', () => {
  const { center, screen, clicks, opened } = open();
  center.happened([forMe(ringing('1', 'Anna Berg'))]);
  expect([...screen.values()]).toEqual(['Anna Berg']);
  clicks[0]?.();
  expect(opened()).toBe(1);
});

test('a name that is found later replaces the number', () => {
  const { center, screen } = open();
  const unnamed = ringing('1', '');
  center.callsChanged([unnamed]);
  center.happened([forMe(unnamed)]);
  expect([...screen.values()]).toEqual(['+12015550100']);
  center.callsChanged([ringing('1', 'Anna Berg')]);
  expect([...screen.values()]).toEqual(['Anna Berg']);
});

test('signing out takes everything about ringing calls away, and nothing of it comes back', () => {
  const { center, screen } = open();
  const storm = ['Anna', 'Bert', 'Carla', 'Dora'].map((name, index) => ringing(String(index), name));
  center.happened(storm.map(forMe));
  expect([...screen.values()].join()).toContain('4 calls are waiting');
  center.clear();
  expect(screen.size).toBe(0);
  center.happened([forMe(ringing('9', 'Emil'))]);
  expect([...screen.values()].join()).not.toContain('Anna');
});

test('one notification that cannot be shown keeps no other from being shown', () => {
  const bugs: string[] = [];
  onTestFinished(onBug((bug) => bugs.push(bug.message)));
  const { center, screen } = open();
  center.happened([forMe(ringing('1', 'Bug')), forMe(ringing('2', 'Anna Berg'))]);
  expect([...screen.values()]).toEqual(['Anna Berg']);
  expect(bugs).toEqual(['a bug']);
});
