import { join } from 'node:path';
import { expect, test } from 'vitest';
import { showFile } from '../../src/main/show-file.ts';
import type { Notice } from '../../src/shared/notice.ts';

const FOLDER = join('home', 'traydial');
const NOTICES: Notice[] = [
  { id: 'settings-broken', file: 'settings', how: 'damaged', kept: 'settings.broken-2030.json' },
  { id: 'history-damaged', kept: 'history.db.broken-2030' },
  { id: 'state-unreadable', file: 'state', cause: 'EACCES' },
  { id: 'account-unsaved', file: 'account', cause: 'ENOSPC', folder: FOLDER },
  { id: 'tray-missing' },
];

async function show(id: string, problem = ''): Promise<{ shown: string[]; code: string }> {
  const shown: string[] = [];
  const shell = {
    showItemInFolder: (path: string) => void shown.push(path),
    openPath: (path: string) => {
      shown.push(path);
      return Promise.resolve(problem);
    },
  };
  const result = await showFile(shell, FOLDER, NOTICES, id);
  return { shown, code: result.ok ? 'ok' : result.error.code };
}

test.each([
  ['settings-broken', 'settings.broken-2030.json'],
  ['history-damaged', 'history.db.broken-2030'],
  ['state-unreadable', 'state.json'],
])('of the notice %s it shows the file %s', async (id, file) => {
  expect(await show(id)).toEqual({ shown: [join(FOLDER, file)], code: 'ok' });
});

test('of a file that could not be written it opens the folder', async () => {
  expect(await show('account-unsaved')).toEqual({ shown: [FOLDER], code: 'ok' });
  expect(await show('account-unsaved', 'no file manager')).toMatchObject({ code: 'action-failed' });
});

test.each(['tray-missing', 'log-missing', '../../etc/passwd'])('%s shows nothing', async (id) => {
  expect(await show(id)).toEqual({ shown: [], code: 'action-failed' });
});
