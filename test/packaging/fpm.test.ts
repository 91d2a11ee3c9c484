import { expect, test } from 'vitest';
import { controlFile, readArguments } from './fpm.ts';

// The arguments of electron-builder 26.17.
const ARGUMENTS = [
  ...['--architecture', 'amd64', '--after-install', '/tmp/install', '--after-remove', '/tmp/remove'],
  ...['--description', 'Click-to-call\n For desk phones\n\nMore', '--version', '0.1.0', '--package', '/tmp/a.deb'],
  ...['--name', 'traydial', '--maintainer', 'Us <us@example.com>', '--deb-priority', 'optional', '--license', 'MIT'],
  ...['--before-remove=before.sh', '/tmp/unpacked/=/opt/Traydial', '/tmp/a=b.png=/usr/share/icons/a.png'],
  ...['-d', 'libgtk-3-0', '-d', 'libcups2 | libcups2t64', '--deb-recommends', 'libnotify-bin', '--force'],
];

test('the stand-in for fpm reads electron-builder’s files, dependencies and scripts', () => {
  const { options, depends, recommends, files } = readArguments(ARGUMENTS);

  expect(files).toEqual([
    { from: '/tmp/unpacked/', to: '/opt/Traydial' },
    { from: '/tmp/a=b.png', to: '/usr/share/icons/a.png' },
  ]);
  expect(depends).toEqual(['libgtk-3-0', 'libcups2 | libcups2t64']);
  expect(recommends).toEqual(['libnotify-bin']);
  expect(options.get('--before-remove')).toBe('before.sh');
});

test('the control file has the size and every line of the description', () => {
  expect(controlFile(readArguments(ARGUMENTS), 244_347)).toBe(
    [
      'Package: traydial',
      'Version: 0.1.0',
      'License: MIT',
      'Architecture: amd64',
      'Maintainer: Us <us@example.com>',
      'Installed-Size: 244347',
      'Depends: libgtk-3-0, libcups2 | libcups2t64',
      'Recommends: libnotify-bin',
      'Priority: optional',
      'Description: Click-to-call',
      ' For desk phones',
      ' .',
      ' More',
      '',
    ].join('\n'),
  );
});

test('the stand-in rejects an unknown option', () => {
  expect(() => readArguments(['--deb-systemd', 'a.service'])).toThrow('unknown option --deb-systemd');
  expect(() => readArguments(['just-a-file'])).toThrow('expected FROM=TO');
});
