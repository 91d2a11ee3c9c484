import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { ImportedContacts } from '../../../src/shared/contacts.ts';
import { ok } from '../../../src/shared/result.ts';
import { openSettings } from '../support/open.ts';

const PREVIEW = {
  id: 'p1',
  file: 'contacts.csv',
  people: 2,
  leftOut: 1,
  columns: [
    { header: 'Name', holds: 'name' },
    { header: 'Handy', holds: 'mobile' },
  ],
  problems: [{ code: 'no-name', line: 4, column: '', text: '' }],
  moreProblems: 0,
  replaces: false,
} as const;

function openContacts() {
  let kept: ImportedContacts[] = [];
  return openSettings('accounts', {}, (fake) => {
    fake.answer('contacts.list', () => ok(kept));
    fake.answer('contacts.choose', () =>
      ok({ ...PREVIEW, columns: [...PREVIEW.columns], problems: [...PREVIEW.problems] }),
    );
    fake.answer('contacts.import', () => {
      kept = [{ file: 'contacts.csv', people: 2 }];
      return ok(null);
    });
    fake.answer('contacts.remove', () => {
      kept = [];
      return ok(null);
    });
  });
}

test('a file is previewed before the import: its columns, the number of people, and the rows left out', async () => {
  const { bridge, user } = await openContacts();
  await user.click(await screen.findByRole('button', { name: 'Import contacts…' }));
  await screen.findByText('2 people found, 1 row left out.');
  const columns = screen.getByRole('list', { name: 'What the columns hold' });
  expect(
    within(columns)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['Name: full name', 'Handy: mobile number']);
  screen.getByText('line 4: left out: no name and no company');
  expect(bridge.payloads('contacts.import')).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Import' }));
  await screen.findByText('2 people imported from contacts.csv.');
  expect(bridge.payloads('contacts.import')).toEqual([{ id: 'p1' }]);
});

test('cancelling imports nothing, and an imported file can be removed', async () => {
  const { bridge, user } = await openContacts();
  await user.click(await screen.findByRole('button', { name: 'Import contacts…' }));
  await user.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(bridge.payloads('contacts.import')).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Import contacts…' }));
  await user.click(await screen.findByRole('button', { name: 'Import' }));
  await user.click(await screen.findByRole('button', { name: 'Remove contacts.csv' }));
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(bridge.payloads('contacts.remove')).toEqual([{ file: 'contacts.csv' }]));
  await waitFor(() => expect(screen.queryByRole('list', { name: 'Imported files' })).toBeNull());
});
