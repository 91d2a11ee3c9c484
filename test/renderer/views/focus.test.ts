import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { OwnContact } from '../../../src/shared/contacts.ts';
import { appError } from '../../../src/shared/errors.ts';
import type { Notice } from '../../../src/shared/notice.ts';
import { err, ok } from '../../../src/shared/result.ts';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { dialField, openSettings, openWindow } from '../support/open.ts';
import { ACCOUNT, call, DESKTOP, live } from '../support/samples.ts';

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const focused = (element: () => HTMLElement): Promise<void> =>
  waitFor(() => expect(document.activeElement).toBe(element()));

const NOTICES: Notice[] = [
  { id: 'links-taken', schemes: ['tel'], program: 'Linphone' },
  { id: 'notifications-missing', problem: 'choice-unsupported' },
];
const answerDismiss = (fake: FakeBridge): void =>
  fake.answer('desktop.dismiss-notice', ({ id }) => {
    fake.push('desktop', { ...DESKTOP, notices: fake.state.desktop.notices.filter((notice) => notice.id !== id) });
    return ok(null);
  });
const crosses = (): HTMLElement[] => screen.getAllByRole('button', { name: /^Dismiss:/u });

test('a dismissed notice passes the focus to the next one, and the last to the view', async () => {
  const { user } = await openWindow({ desktop: { ...DESKTOP, notices: NOTICES } }, answerDismiss);
  await screen.findAllByRole('button', { name: /^Dismiss:/u });
  const [first, second] = crosses();
  if (first === undefined || second === undefined) throw new Error('no notices');
  await user.click(first);
  await focused(() => second);
  await user.keyboard('{Enter}');
  await focused(dialField);
});

test('the last notice that is dismissed in the settings passes the focus to their heading', async () => {
  const { user } = await openSettings(
    'general',
    { desktop: { ...DESKTOP, notices: NOTICES.slice(0, 1) } },
    answerDismiss,
  );
  await user.click(await screen.findByRole('button', { name: /^Dismiss:/u }));
  await focused(() => screen.getByRole('heading', { level: 1, name: 'General' }));
});

test('a list of keys that closes in another view returns the focus to where it was', async () => {
  const { user } = await openSettings('notifications');
  const half = button('30 minutes');
  half.focus();
  await user.keyboard('?');
  const list = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
  within(list).getByText('Search settings');
  await user.keyboard('{Escape}');
  await focused(() => half);
});

test('declining to sign out returns the focus to where it was', async () => {
  const { user } = await openSettings('accounts', { calls: live(call()) });
  await user.click(button('Sign out'));
  await user.click(await screen.findByRole('button', { name: 'Stay signed in' }));
  await focused(() => button('Sign out'));
});

test('the buttons that start and end a pause move the focus to each other', async () => {
  const { user } = await openSettings('notifications', {}, (fake) =>
    fake.answer('notifications.pause', ({ until }) => {
      fake.push('desktop', { ...DESKTOP, pausedUntil: until === null ? null : Date.now() + 1_800_000 });
      return ok(null);
    }),
  );
  await user.click(button('30 minutes'));
  await focused(() => button('Resume'));
  await user.keyboard('{Enter}');
  await focused(() => button('30 minutes'));
});

const contact = (id: string, name: string): OwnContact => ({
  id,
  name,
  company: '',
  numbers: [
    { kind: 'work', number: '1002' },
    { kind: 'mobile', number: '1003' },
  ],
});

function openContacts(refuses = false) {
  let kept = [contact('a', 'Anna'), contact('b', 'Bo')];
  return openSettings('accounts', { account: ACCOUNT }, (fake) => {
    fake.answer('contacts.own', () => ok({ contacts: kept, more: 0 }));
    fake.answer('contacts.delete', ({ id }) => {
      if (refuses) return err(appError('internal'));
      kept = kept.filter((one) => one.id !== id);
      return ok(null);
    });
  });
}

test('a removed row passes the focus to the one beside it, and the last to the heading', async () => {
  const { user } = await openContacts();
  await user.click(await screen.findByRole('button', { name: 'Delete Anna' }));
  await user.click(button('Delete'));
  await focused(() => button('Delete Bo'));
  await user.keyboard('{Enter}');
  await user.click(button('Delete'));
  await focused(() => screen.getByRole('heading', { level: 2, name: 'My contacts' }));
});

test('a row that could not be removed has the focus', async () => {
  const { user } = await openContacts(true);
  await user.click(await screen.findByRole('button', { name: 'Delete Anna' }));
  await user.click(button('Delete'));
  await focused(() => button('Delete Anna'));
});

test('a removed number of a contact passes the focus to the one that takes its place', async () => {
  const { user } = await openContacts();
  await user.click(await screen.findByRole('button', { name: 'Edit Anna' }));
  const form = screen.getByRole('form', { name: 'Edit Anna' });
  await user.click(within(form).getByRole('button', { name: 'Remove number 1' }));
  await focused(() => within(form).getByLabelText('Number 1'));
});
