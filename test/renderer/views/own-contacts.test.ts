import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { OwnContact } from '../../../src/shared/contacts.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { openSettings } from '../support/open.ts';

function openContacts(contacts: OwnContact[] = []) {
  let kept = contacts;
  return openSettings('accounts', {}, (fake) => {
    fake.answer('contacts.own', ({ text }) =>
      ok({ contacts: kept.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())), more: 0 }),
    );
    fake.answer('contacts.save', (contact) => {
      if (contact.numbers.some(({ number }) => number === 'none')) return err(appError('number-empty'));
      kept = [...kept.filter(({ id }) => id !== contact.id), { ...contact, id: contact.id ?? 'new' }];
      return ok(null);
    });
    fake.answer('contacts.delete', ({ id }) => {
      kept = kept.filter((one) => one.id !== id);
      return ok(null);
    });
  });
}

const ANNA: OwnContact = {
  id: 'a',
  name: 'Anna Berg',
  company: 'Berg GmbH',
  numbers: [{ kind: 'work', number: '+12015550123' }],
};

const names = (): string[] =>
  within(screen.getByRole('list', { name: 'My contacts' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent.replace(/\s+/gu, ' ').trim());

test('a contact with two numbers can be saved', async () => {
  const { bridge, user } = await openContacts();
  await user.click(await screen.findByRole('button', { name: 'New contact' }));
  await user.type(screen.getByLabelText('Name'), 'Bo Chen');
  await user.type(screen.getByLabelText('Number 1'), '1002');
  await user.click(screen.getByRole('button', { name: 'Add a number' }));
  await user.selectOptions(screen.getByLabelText('Kind of number 2'), 'Mobile');
  await user.type(screen.getByLabelText('Number 2'), '+12015550177');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Bo Chen saved.');
  expect(bridge.payloads('contacts.save')).toEqual([
    {
      id: null,
      name: 'Bo Chen',
      company: '',
      numbers: [
        { kind: 'work', number: '1002' },
        { kind: 'mobile', number: '+12015550177' },
      ],
    },
  ]);
  expect(names()).toEqual(['Bo Chen 1002 · +12015550177']);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'New contact' })));
});

test('a contact can be changed; a rejected change stays in the form with the reason', async () => {
  const { bridge, user } = await openContacts([ANNA]);
  await user.click(await screen.findByRole('button', { name: 'Edit Anna Berg' }));
  await user.clear(screen.getByLabelText('Number 1'));
  await user.type(screen.getByLabelText('Number 1'), 'none');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(bridge.payloads('contacts.save')).toHaveLength(1));
  expect(screen.getByLabelText<HTMLInputElement>('Number 1').value).toBe('none');
  await user.clear(screen.getByLabelText('Number 1'));
  await user.type(screen.getByLabelText('Number 1'), '+12015550144');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Anna Berg saved.');
  expect(names()).toEqual(['Anna Berg Berg GmbH · +12015550144']);
});

test('a contact is found by the filter, and deleted after a question', async () => {
  const { bridge, user } = await openContacts([ANNA, { ...ANNA, id: 'b', name: 'Bo Chen' }]);
  await user.type(await screen.findByLabelText('Find a contact'), 'bo');
  await waitFor(() => expect(names()).toHaveLength(1));
  await user.click(screen.getByRole('button', { name: 'Delete Bo Chen' }));
  screen.getByText('This contact will be deleted.');
  expect(bridge.payloads('contacts.delete')).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(bridge.payloads('contacts.delete')).toEqual([{ id: 'b' }]));
  await screen.findByText('No contact found.');
});

test('the contacts are exported; a cancelled dialog says nothing', async () => {
  let chosen = false;
  const { bridge, user } = await openContacts([ANNA]);
  bridge.answer('contacts.export', () => ok(chosen));
  await user.click(await screen.findByRole('button', { name: 'Export as vCard…' }));
  expect(screen.queryByText('The contacts were exported.')).toBeNull();
  chosen = true;
  await user.click(screen.getByRole('button', { name: 'Export as vCard…' }));
  await screen.findByText('The contacts were exported.');
});
