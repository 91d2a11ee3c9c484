import { expect, test } from 'vitest';
import type { Announcement } from '../../../src/core/notify/announcement.ts';
import {
  ChosenNotifier,
  type BackendSetting,
  type NotifierStatus,
} from '../../../src/main/notifications/choose-notifier.ts';
import type { Backend, Notifier, NotifierEvents, NotifierFailure } from '../../../src/main/notifications/notifier.ts';

const anna: Announcement = {
  key: 'call:1',
  title: 'Anna',
  body: 'Incoming call',
  urgency: 'normal',
  stays: true,
  sessionId: '1',
};
const refused: NotifierFailure = {
  reason: 'not-shown',
  key: 'call:1',
  message: 'Refused.',
  action: 'Allow.',
  detail: '',
};
const missing: NotifierFailure = { ...refused, reason: 'unsupported', message: 'Missing.', action: 'Install.' };

/** A computer with both backends; what each shows, and whether it works, can be looked at and changed. */
class Computer {
  screens: Record<Backend, Map<string, string>> = { electron: new Map(), 'node-notifier': new Map() };
  broken: Partial<Record<Backend, NotifierFailure>> = {};
  statuses: NotifierStatus[] = [];
  log: string[] = [];
  electronSupported = true;
  clicks: string[] = [];

  chooses(setting: BackendSetting): ChosenNotifier {
    return new ChosenNotifier(
      {
        electronSupported: () => this.electronSupported,
        create: {
          electron: (events) => this.#backend('electron', events),
          'node-notifier': (events) => this.#backend('node-notifier', events),
        },
        onStatus: (status) => this.statuses.push(status),
        onFailure: (backend, failure) => this.log.push(`${backend}: ${failure.message}`),
      },
      setting,
    );
  }

  #backend(backend: Backend, events: NotifierEvents): Notifier {
    const screen = this.screens[backend];
    return {
      backend,
      show: ({ key, title }, onClick) => {
        const failure = this.broken[backend];
        if (failure !== undefined) {
          events.onFailure({ ...failure, key });
          return;
        }
        screen.set(key, title);
        events.onShown(key);
        onClick();
      },
      close: (key) => void screen.delete(key),
      dispose: () => {
        screen.clear();
        return null;
      },
    };
  }
}

test("automatic takes Electron's where it is supported", () => {
  const computer = new Computer();
  computer.chooses('auto').show(anna, () => computer.clicks.push('anna'));
  expect(computer.screens.electron.get('call:1')).toBe('Anna');
  expect(computer.statuses).toEqual([{ backend: 'electron', notice: null }]);
  expect(computer.clicks).toEqual(['anna']);
});

test('automatic takes node-notifier where Electron is not supported', () => {
  const computer = new Computer();
  computer.electronSupported = false;
  computer.chooses('auto').show(anna, () => undefined);
  expect(computer.screens['node-notifier'].get('call:1')).toBe('Anna');
});

test("automatic shows through node-notifier what Electron's failed to show, and returns when that works again", () => {
  const computer = new Computer();
  computer.broken.electron = refused;
  const notifier = computer.chooses('auto');
  notifier.show(anna, () => undefined);
  notifier.show({ ...anna, key: 'call:2', title: 'Bo' }, () => undefined);
  expect([...computer.screens['node-notifier'].values()]).toEqual(['Anna', 'Bo']);
  expect(notifier.status).toEqual({ backend: 'node-notifier', notice: null });
  expect(computer.log).toEqual(['electron: Refused.', 'electron: Refused.']);
  computer.broken = {};
  notifier.show({ ...anna, key: 'call:3', title: 'Cleo' }, () => undefined);
  expect([...computer.screens.electron.values()]).toEqual(['Cleo']);
  expect(notifier.status).toEqual({ backend: 'electron', notice: null });
  notifier.close('call:1');
  expect([...computer.screens['node-notifier'].values()]).toEqual(['Bo']);
});

test.for(['not-allowed', 'no-service'] as const)('automatic does not get around a failure that is "%s"', (reason) => {
  const computer = new Computer();
  computer.broken.electron = { ...refused, reason, page: 'notification-settings' };
  const notifier = computer.chooses('auto');
  notifier.show(anna, () => undefined);
  expect(computer.screens['node-notifier'].size).toBe(0);
  expect(notifier.status).toEqual({
    backend: 'none',
    notice: { id: 'notifications-missing', message: 'Refused.', action: 'Allow.', page: 'notification-settings' },
  });
  computer.broken = {};
  notifier.show(anna, () => undefined);
  expect(notifier.status).toEqual({ backend: 'electron', notice: null });
});

test('automatic says what to do when neither works, and takes it back when one does', () => {
  const computer = new Computer();
  computer.broken = { electron: refused, 'node-notifier': missing };
  const notifier = computer.chooses('auto');
  notifier.show(anna, () => undefined);
  expect(notifier.status).toEqual({
    backend: 'none',
    notice: { id: 'notifications-missing', message: 'Missing.', action: 'Install.' },
  });
  computer.broken = {};
  notifier.show(anna, () => undefined);
  expect(notifier.status).toEqual({ backend: 'electron', notice: null });
});

test('a backend that was chosen is not left for another: the user is told', () => {
  const computer = new Computer();
  computer.broken.electron = refused;
  const notifier = computer.chooses('electron');
  notifier.show(anna, () => undefined);
  expect(computer.screens['node-notifier'].size).toBe(0);
  expect(notifier.status).toMatchObject({ backend: 'electron', notice: { message: 'Refused.' } });
});

test('choosing Electron where it is not supported is said at once and does no harm', () => {
  const computer = new Computer();
  computer.electronSupported = false;
  const notifier = computer.chooses('electron');
  notifier.show(anna, () => undefined);
  notifier.close('call:1');
  expect(notifier.status).toMatchObject({ backend: 'none', notice: { id: 'notifications-missing' } });
});

test('a change of the setting clears the old screen and goes on with the other backend', () => {
  const computer = new Computer();
  const notifier = computer.chooses('electron');
  notifier.show(anna, () => undefined);
  notifier.use('node-notifier');
  notifier.show({ ...anna, key: 'call:2', title: 'Bo' }, () => undefined);
  notifier.close('call:2');
  expect(computer.screens.electron.size + computer.screens['node-notifier'].size).toBe(0);
  expect(computer.statuses.map(({ backend }) => backend)).toEqual(['electron', 'node-notifier']);
});
