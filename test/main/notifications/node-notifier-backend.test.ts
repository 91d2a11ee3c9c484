import { expect, onTestFinished, test } from 'vitest';
import { onBug } from '../../../src/core/report-bug.ts';
import { NodeNotifierBackend } from '../../../src/main/notifications/node-notifier-backend.ts';
import { macOptions, windowsOptions } from '../../../src/main/notifications/node-notifier-options.ts';
import type { DesktopNotification, NotifierFailure } from '../../../src/main/notifications/notifier.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

// Linux is tested with the real programs in node-notifier-real.test.ts; these tests are for the other systems.
const anna: DesktopNotification = {
  key: 'call:1',
  title: '-u',
  body: '[x]',
  urgency: 'normal',
  stays: true,
  silent: false,
  call: { id: '1', at: 0 },
};

/** A notification centre that answers when a notification is closed, like terminal-notifier and SnoreToast. */
class Centre {
  screen: { id: unknown; title: unknown; answer: (error: unknown, response: unknown) => void }[] = [];
  failures: NotifierFailure[] = [];
  shown: string[] = [];
  clicked = 0;
  loads = true;
  /** The callback for failures has a bug. */
  throws = false;

  backend(platform: NodeJS.Platform): NodeNotifierBackend {
    return new NodeNotifierBackend({
      platform,
      icon: 'C:\\icon.png',
      windowsAppId: null,
      clock: new ManualClock(),
      replaces: () => Promise.resolve(false),
      events: {
        onShown: (key) => this.shown.push(key),
        onFailure: (failure) => {
          this.failures.push(failure);
          if (this.throws) throw new Error('a bug');
        },
      },
      load: () =>
        this.loads
          ? Promise.resolve((options, answer) => {
              const gone = options['remove'] ?? options['close'];
              if (gone !== undefined) this.screen = this.screen.filter(({ id }) => id !== gone);
              else this.screen.push({ id: options['group'] ?? options['id'], title: options['title'], answer });
            })
          : Promise.reject(new Error('Cannot find package')),
    });
  }
}

test.for(['darwin', 'win32'] as const)('on %s a click is passed on and closing works', async (platform) => {
  const centre = new Centre();
  const backend = centre.backend(platform);
  backend.show(anna, () => (centre.clicked += 1));
  backend.show({ ...anna, key: 'call:2', title: 'Bo' }, () => undefined);
  await settle();
  expect(centre.screen.map(({ title }) => title)).toEqual(['\u00a0-u', 'Bo']);
  centre.screen[0]?.answer(null, 'activate');
  backend.close('call:2');
  expect(centre.clicked).toBe(1);
  expect(centre.shown).toEqual(['call:1']);
  expect(centre.screen.map(({ title }) => title)).toEqual(['\u00a0-u']);
});

test('a failure that arrives late and twice is reported once', async () => {
  const centre = new Centre();
  centre.backend('win32').show(anna, () => undefined);
  await settle();
  centre.screen[0]?.answer(Object.assign(new Error('Command failed: x -t Anna\nblocked'), { code: -1 }), {});
  centre.screen[0]?.answer(null, {});
  expect(centre.failures).toMatchObject([{ problem: 'not-shown', key: 'call:1', detail: 'code -1 blocked' }]);
  expect(centre.shown).toEqual([]);
});

test('a missing package is reported', async () => {
  const centre = new Centre();
  centre.loads = false;
  centre.backend('darwin').show(anna, () => undefined);
  await settle();
  expect(centre.failures).toMatchObject([{ problem: 'not-loaded', key: 'call:1' }]);
});

test('text like an option or a property list gets a no-break space in front on every platform', () => {
  expect(macOptions({ ...anna, silent: true })).not.toHaveProperty('sound');
  expect(macOptions(anna)).toMatchObject({ sound: 'default' });
  expect(windowsOptions({ ...anna, silent: true }, 'i.png', null)).toMatchObject({ silent: true });
  expect(macOptions(anna)).toMatchObject({ title: '\u00a0-u', message: '\u00a0[x]' });
  expect(windowsOptions(anna, 'i.png', null)).toMatchObject({ title: '\u00a0-u', message: '\u00a0[x]' });
});

test('the Windows app id is given for an installed copy only, and the tag fits in 16 characters', () => {
  expect(windowsOptions(anna, 'i.png', null)).not.toHaveProperty('appID');
  const options = windowsOptions({ ...anna, key: `call:${'9'.repeat(200)}` }, 'i.png', 'io.github.traydial.Traydial');
  expect(options['appID']).toBe('io.github.traydial.Traydial');
  expect(options['id']).toHaveLength(16);
});

test('notifications go on after the callback for a failure has thrown', async () => {
  const bugs: string[] = [];
  onTestFinished(onBug((bug) => bugs.push(bug.message)));
  const centre = new Centre();
  const backend = centre.backend('darwin');
  centre.loads = false;
  centre.throws = true;
  backend.show(anna, () => undefined);
  await settle();
  centre.loads = true;
  backend.show({ ...anna, key: 'call:2', title: 'Bo' }, () => undefined);
  await settle();
  expect(bugs).toEqual(['a bug']);
  expect(centre.screen.map(({ title }) => title)).toEqual(['Bo']);
});
