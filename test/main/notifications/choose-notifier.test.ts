import { expect, test } from 'vitest';
import {
  ChosenNotifier,
  type BackendSetting,
  type NotifierStatus,
} from '../../../src/main/notifications/choose-notifier.ts';
import type {
  Backend,
  DesktopNotification,
  Notifier,
  NotifierEvents,
  NotifierFailure,
} from '../../../src/main/notifications/notifier.ts';

const anna: DesktopNotification = {
  key: 'call:1',
  title: 'Anna',
  body: 'Incoming call',
  urgency: 'normal',
  stays: true,
  silent: false,
  call: { id: '1', at: 0 },
};
const refused: NotifierFailure = {
  problem: 'not-shown',
  key: 'call:1',
  detail: '',
};
const missing: NotifierFailure = { ...refused, problem: 'program-missing' };

/** A computer with both backends; tests can read and change what each shows and whether it works. */
class Computer {
  screens: Record<Backend, Map<string, string>> = { electron: new Map(), 'node-notifier': new Map() };
  broken: Partial<Record<Backend, NotifierFailure>> = {};
  statuses: NotifierStatus[] = [];
  log: string[] = [];
  /** What became of each notification. */
  reports: [key: string, problem: string | null][] = [];
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
        onReport: (key, problem) => this.reports.push([key, problem]),
        onFailure: (backend, failure) => this.log.push(`${backend}: ${failure.problem}`),
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

test("automatic uses Electron's notifications if they are supported", () => {
  const computer = new Computer();
  computer.chooses('auto').show(anna, () => computer.clicks.push('anna'));
  expect(computer.screens.electron.get('call:1')).toBe('Anna');
  expect(computer.statuses).toEqual([{ backend: 'electron', notice: null }]);
  expect(computer.clicks).toEqual(['anna']);
});

test("automatic uses node-notifier if Electron's notifications are not supported", () => {
  const computer = new Computer();
  computer.electronSupported = false;
  computer.chooses('auto').show(anna, () => undefined);
  expect(computer.screens['node-notifier'].get('call:1')).toBe('Anna');
});

test("automatic uses node-notifier when Electron's fails, and returns when Electron's works again", () => {
  const computer = new Computer();
  computer.broken.electron = refused;
  const notifier = computer.chooses('auto');
  notifier.show(anna, () => undefined);
  notifier.show({ ...anna, key: 'call:2', title: 'Bo' }, () => undefined);
  expect([...computer.screens['node-notifier'].values()]).toEqual(['Anna', 'Bo']);
  expect(notifier.status).toEqual({ backend: 'node-notifier', notice: null });
  expect(computer.log).toEqual(['electron: not-shown', 'electron: not-shown']);
  computer.broken = {};
  notifier.show({ ...anna, key: 'call:3', title: 'Cleo' }, () => undefined);
  expect([...computer.screens.electron.values()]).toEqual(['Cleo']);
  expect(notifier.status).toEqual({ backend: 'electron', notice: null });
  notifier.close('call:1');
  expect([...computer.screens['node-notifier'].values()]).toEqual(['Bo']);
});

test.for(['not-allowed', 'no-service'] as const)(
  'automatic does not switch for a failure of the kind "%s"',
  (problem) => {
    const computer = new Computer();
    computer.broken.electron = { ...refused, problem, page: 'notification-settings' };
    const notifier = computer.chooses('auto');
    notifier.show(anna, () => undefined);
    expect(computer.screens['node-notifier'].size).toBe(0);
    expect(notifier.status).toEqual({
      backend: 'none',
      notice: { id: 'notifications-missing', problem, page: 'notification-settings' },
    });
    computer.broken = {};
    notifier.show(anna, () => undefined);
    expect(notifier.status).toEqual({ backend: 'electron', notice: null });
  },
);

test('automatic shows a notice when neither works, and removes it when one does', () => {
  const computer = new Computer();
  computer.broken = { electron: refused, 'node-notifier': missing };
  const notifier = computer.chooses('auto');
  notifier.show(anna, () => undefined);
  expect(notifier.status).toEqual({
    backend: 'none',
    notice: { id: 'notifications-missing', problem: 'program-missing' },
  });
  computer.broken = {};
  notifier.show(anna, () => undefined);
  expect(notifier.status).toEqual({ backend: 'electron', notice: null });
});

test('a chosen backend is not replaced by another, and the user gets a notice', () => {
  const computer = new Computer();
  computer.broken.electron = refused;
  const notifier = computer.chooses('electron');
  notifier.show(anna, () => undefined);
  expect(computer.screens['node-notifier'].size).toBe(0);
  expect(notifier.status).toMatchObject({ backend: 'electron', notice: { problem: 'not-shown' } });
});

test("choosing Electron's notifications on a system without them shows a notice at once and throws nothing", () => {
  const computer = new Computer();
  computer.electronSupported = false;
  const notifier = computer.chooses('electron');
  notifier.show(anna, () => undefined);
  notifier.close('call:1');
  expect(notifier.status).toMatchObject({ backend: 'none', notice: { id: 'notifications-missing' } });
});

test('a change of the setting closes the notifications of the old backend and uses the other one', () => {
  const computer = new Computer();
  const notifier = computer.chooses('electron');
  notifier.show(anna, () => undefined);
  notifier.use('node-notifier');
  notifier.show({ ...anna, key: 'call:2', title: 'Bo' }, () => undefined);
  notifier.close('call:2');
  expect(computer.screens.electron.size + computer.screens['node-notifier'].size).toBe(0);
  expect(computer.statuses.map(({ backend }) => backend)).toEqual(['electron', 'node-notifier']);
});

test('what became of a notification is reported once no other backend is tried', () => {
  const computer = new Computer();
  computer.broken = { electron: refused };
  const notifier = computer.chooses('auto');
  notifier.show(anna, () => {});
  expect(computer.reports).toEqual([['call:1', null]]);
  computer.broken['node-notifier'] = missing;
  notifier.show(anna, () => {});
  expect(computer.reports).toEqual([
    ['call:1', null],
    ['call:1', 'program-missing'],
  ]);
});

test('without the backend that the user chose, each notification is reported as not shown', () => {
  const computer = new Computer();
  computer.electronSupported = false;
  computer.chooses('electron').show(anna, () => {});
  expect(computer.reports).toEqual([['call:1', 'choice-unsupported']]);
});
