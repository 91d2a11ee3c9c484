import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, test } from 'vitest';
import { Arrivals } from '../../src/main/arrivals.ts';
import { mountedAppImage } from '../support/mounted-appimage.ts';
import { startAgain } from '../../src/main/start-again.ts';

/** A program that is quitting; returns what the system will start afterwards. */
function quitting(
  argv = ['/opt/traydial', '--demo', '--hidden', 'tel:1001'],
  env: NodeJS.ProcessEnv = {},
  execPath = '/opt/traydial',
) {
  const started: { execPath?: string; args?: string[] }[] = [];
  const events = new EventEmitter();
  const arrivals = new Arrivals();
  arrivals.listen(events as unknown as Pick<App, 'on'>);
  const app = { relaunch: (options: { execPath?: string; args?: string[] } = {}) => void started.push(options) };
  arrivals.handTo(startAgain({ app, argv, unpackaged: false, execPath, env }));
  const secondStart = (given: string[], data: unknown = {}): void =>
    void events.emit('second-instance', { preventDefault: () => {} }, ['/opt/traydial', ...given], '/', data);
  const openUrl = (url: string): void => void events.emit('open-url', { preventDefault: () => {} }, url);
  return { started, secondStart, openUrl };
}

test('a link that is clicked while the program quits starts it again, with its switches', () => {
  const { started, secondStart, openUrl } = quitting();
  secondStart(['--allow-file-access-from-files', 'tel:+12015550123'], {
    action: { type: 'link', link: 'tel:+12015550123' },
  });
  openUrl('tel:1002');
  expect(started).toEqual([
    { execPath: '/opt/traydial', args: ['--demo', 'tel:+12015550123'] },
    { execPath: '/opt/traydial', args: ['--demo', 'tel:1002'] },
  ]);
});

test('the program started while it quits runs again; an AppImage is started from its own file', () => {
  const { env, execPath } = mountedAppImage();
  const { started, secondStart } = quitting([execPath], env, execPath);
  secondStart([]);
  expect(started).toEqual([{ execPath: env.APPIMAGE, args: [] }]);
});

test('a link cannot pass other arguments to the new process, and a loop of links starts few processes', () => {
  const { started, openUrl } = quitting(['/opt/traydial']);
  for (let count = 0; count < 100; count += 1) openUrl('tel:1002 --no-sandbox');
  expect(started).toEqual([1, 2, 3].map(() => ({ execPath: '/opt/traydial', args: ['tel:1002 --no-sandbox'] })));
});

test('a command stays with its own process, which notices that the program ended', () => {
  const { started, secondStart } = quitting();
  const command = { name: 'dial', text: '1002' };
  secondStart([], { action: { type: 'command', command, ticket: '0123456789abcdef0123456789abcdef' } });
  expect(started).toEqual([]);
});
