import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { setWindowsIdentity } from '../../src/main/identity.ts';

/** The calls that set name, id and class, in order. */
function said(isPackaged: boolean, platform: NodeJS.Platform): unknown[] {
  const calls: unknown[] = [];
  const app = {
    isPackaged,
    getPath: () => 'C:\\profile',
    setAppUserModelId: (id: string) => void calls.push({ id }),
    setName: (name: string) => void calls.push({ name }),
    setPath: (what: string, path: string) => void calls.push({ [what]: path }),
    setToastActivatorCLSID: (clsid: string) => void calls.push({ clsid }),
  };
  setWindowsIdentity(app, platform);
  return calls;
}

test('on Windows the installed program has the id and the class that its uninstaller removes', () => {
  const installer = readFileSync(new URL('../../resources/installer/windows/installer.nsh', import.meta.url), 'utf8');
  const clsid = /^!define TRAYDIAL_TOAST_CLSID "\{(.*)\}"$/m.exec(installer)?.[1];
  const id = /^!define TRAYDIAL_APP_ID "(.*)"$/m.exec(installer)?.[1];

  expect(said(true, 'win32')).toEqual([{ id }, { clsid: clsid?.toLowerCase() }]);
});

test('on Windows a program run from source does not change the registration of an installed one and has the same profile', () => {
  const checkout = said(false, 'win32');

  expect(checkout).toContainEqual({ id: 'io.github.traydial.Traydial.Checkout' });
  expect(checkout.slice(-2)).toEqual([{ name: 'Traydial (checkout)' }, { userData: 'C:\\profile' }]);
  expect(said(true, 'win32')).not.toEqual(expect.arrayContaining([checkout[1]]));
});

test('on other systems no id is set', () => {
  expect([...said(true, 'linux'), ...said(false, 'darwin')]).toEqual([]);
});
