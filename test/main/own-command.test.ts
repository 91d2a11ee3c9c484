import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mountedAppImage } from '../support/mounted-appimage.ts';
import { ownCommand } from '../../src/main/own-command.ts';

test('an installed program restarts with its switches, not hidden and without the link of this start', () => {
  const argv = ['/opt/traydial', '--user-data-dir=/tmp/p', '--hidden', 'dial', '1002', '--demo'];
  expect(ownCommand(argv, false, '/opt/traydial', {})).toEqual({
    program: '/opt/traydial',
    args: ['--user-data-dir=/tmp/p'],
  });
  expect(ownCommand(['/opt/traydial', '--', 'tel:1002'], false, '/opt/traydial', {}).args).toEqual([]);
});

test('a program run from source restarts with its folder, and an AppImage from its own file', () => {
  expect(ownCommand(['/e', '/src', '--demo', 'show'], true, '/e', {}).args).toEqual(['/src', '--demo']);
  expect(ownCommand(['/e', '--inspect=0', '/src', '--demo', 'show'], true, '/e', {}).args).toEqual([
    '--inspect=0',
    '/src',
    '--demo',
  ]);
  const { env, execPath } = mountedAppImage();
  expect(ownCommand([execPath], false, execPath, env).program).toBe(env.APPIMAGE);
});

test('environment variables of another AppImage, in which a link was clicked, are ignored', () => {
  const { env } = mountedAppImage();
  for (const program of [process.execPath, '/gone/traydial']) {
    expect(ownCommand([program], false, program, env).program).toBe(program);
  }
  // Nor is APPIMAGE alone, as a shell may have kept it.
  const { env: own, execPath } = mountedAppImage();
  expect(ownCommand([execPath], false, execPath, { APPIMAGE: own.APPIMAGE }).program).toBe(execPath);
});

test('an AppImage whose file was moved while it runs is started from where it is mounted', () => {
  const { env, execPath } = mountedAppImage();
  rmSync(env.APPIMAGE);
  expect(ownCommand([execPath], false, execPath, env).program).toBe(execPath);
});
