import { expect, test } from 'vitest';
import { ownCommand } from '../../src/main/own-command.ts';

test('an installed program restarts with its switches, not hidden and without the link of this start', () => {
  const argv = ['/opt/traydial', '--user-data-dir=/tmp/p', '--hidden', 'dial', '1002', '--demo'];
  expect(ownCommand(argv, false, '/opt/traydial', {})).toEqual({
    program: '/opt/traydial',
    args: ['--user-data-dir=/tmp/p'],
  });
  expect(ownCommand(['/opt/traydial', '--', 'tel:1002'], false, '/opt/traydial', {}).args).toEqual([]);
});

test('a checkout keeps its folder, and an AppImage is started from its own file', () => {
  expect(ownCommand(['/e', '/src', '--demo', 'show'], true, '/e', {}).args).toEqual(['/src', '--demo']);
  expect(ownCommand(['/e', '--inspect=0', '/src', '--demo', 'show'], true, '/e', {}).args).toEqual([
    '--inspect=0',
    '/src',
    '--demo',
  ]);
  const env = { APPIMAGE: '/home/anna/Traydial.AppImage' };
  expect(ownCommand(['/tmp/.mount_x/traydial'], false, '/tmp/.mount_x/traydial', env).program).toBe(env.APPIMAGE);
});
