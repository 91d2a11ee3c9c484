import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { ok } from '../../../src/shared/result.ts';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { dialField, openWindow } from '../support/open.ts';
import { call, live, placed, plan, recent } from '../support/samples.ts';

const tom = recent({ id: 'r2', name: 'Tom Berg', number: '104', provenance: 'caller' });
const ida = { name: 'Ida Bergmann', number: '+4930901820', provenance: 'favourite' as const };
const people = { recents: [recent(), tom], favourites: [ida] };

/** Texts with a digit are read as a number, other texts are refused. */
function answerDialling(fake: FakeBridge): void {
  fake.answer('dial.preview', ({ text }) =>
    ok(/\d/u.test(text) ? { found: 'one', plan: plan() } : { found: 'none', refusal: appError('number-letters') }),
  );
  fake.answer('dial.place', () => ok(placed(['requested'])));
}
const options = (): HTMLElement[] => within(screen.getByRole('listbox', { name: 'Matches' })).getAllByRole('option');
const names = (): string[] => options().map((option) => option.querySelector('.name')?.textContent ?? '');
const selected = (): string | undefined =>
  options()
    .find((option) => option.getAttribute('aria-selected') === 'true')
    ?.querySelector('.name')?.textContent;
const callButton = (): HTMLElement => screen.getByRole('button', { name: 'Call' });

describe('the dial field', () => {
  test('typed letters list matching favourites and recent calls; Enter calls the best match with its provenance', async () => {
    const { bridge, user } = await openWindow(people, answerDialling);
    await user.type(dialField(), 'berg');
    expect(names()).toEqual(['Ida Bergmann', 'Tom Berg']);
    expect(selected()).toBe('Ida Bergmann');
    expect(dialField().getAttribute('aria-activedescendant')).toBe(options()[0]?.id);
    await user.keyboard('{Enter}');
    expect(bridge.payloads('dial.place')).toEqual([
      { text: '+4930901820', provenance: 'favourite', options: null, choice: null, external: false },
    ]);
    await waitFor(() => expect(dialField().value).toBe(''));
  });

  test('the arrow keys select a match; Enter calls a recent caller with the provenance "caller"', async () => {
    const { bridge, user } = await openWindow(people, answerDialling);
    await user.type(dialField(), 'berg{ArrowDown}{ArrowDown}');
    expect(selected()).toBe('Tom Berg');
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowDown}{Enter}');
    expect(bridge.payloads('dial.place')).toMatchObject([{ text: '104', provenance: 'caller' }]);
  });

  test('Enter calls the typed number; ArrowDown selects a match, ArrowUp returns to the typed number', async () => {
    const { bridge, user } = await openWindow(people, answerDialling);
    await user.type(dialField(), '104');
    expect(selected()).toBeUndefined();
    await user.keyboard('{ArrowDown}');
    expect(selected()).toBe('Tom Berg');
    await user.keyboard('{ArrowUp}');
    expect(selected()).toBeUndefined();
    await user.keyboard('{Enter}');
    expect(bridge.payloads('dial.place')).toMatchObject([{ text: '104', provenance: 'typed' }]);
  });

  test('a caller from outside and the colleague with the same number are separate matches', async () => {
    const outside = recent({ name: 'Tom Berg', number: '104', direction: 'incoming', external: true });
    const favourites = [
      { number: '104', name: 'Tom Berg', provenance: 'favourite' },
      { number: '104', name: 'Tom Berg', provenance: 'caller', external: true },
    ] as const;
    const { bridge, user } = await openWindow({ recents: [outside], favourites: [...favourites] }, answerDialling);
    await user.type(dialField(), 'tom{ArrowDown}{ArrowDown}{Enter}');
    expect(bridge.payloads('dial.place')).toMatchObject([{ text: '104', provenance: 'caller', external: true }]);
  });

  test('a click on a match calls it', async () => {
    const { bridge, user } = await openWindow(people, answerDialling);
    await user.type(dialField(), 'grace');
    await user.click(screen.getByRole('option', { name: /Grace Ito/u }));
    expect(bridge.payloads('dial.place')).toMatchObject([{ text: '+12015550123', provenance: 'dialled' }]);
  });

  test('a name lists each number of people in the directory; Enter waits for the search to finish', async () => {
    const { bridge, user } = await openWindow(people, (fake) => {
      answerDialling(fake);
      fake.answer('people.find', ({ text }) =>
        ok({
          people: text.startsWith('mei')
            ? [
                { name: 'Mei Lin', company: '', department: 'Support', number: '1031', kind: 'extension' },
                { name: 'Mei Lin', company: '', department: 'Support', number: '+16465550131', kind: 'mobile' },
              ]
            : [],
          numbers: { '+16465550131': '+1 646 555 0131' },
        }),
      );
    });
    await user.type(dialField(), 'mei lin');
    expect(await screen.findByRole('option', { name: /Mei Lin\s*Extension · 1031 · Support/u })).toBeTruthy();
    expect(await screen.findByRole('option', { name: /Mei Lin\s*Mobile · \+1 646 555 0131 · Support/u })).toBeTruthy();
    await user.keyboard('{ArrowDown}{Enter}');
    await user.type(dialField(), 'mei{Enter}');
    await waitFor(() =>
      expect(bridge.payloads('dial.place')).toMatchObject([
        { text: '+16465550131', provenance: 'directory' },
        { text: '1031', provenance: 'directory' },
      ]),
    );
  });

  test('without a match, a row says so, the Call button is disabled and Enter places no call', async () => {
    const { bridge, user } = await openWindow(people, answerDialling);
    await user.type(dialField(), 'zzz');
    expect(await screen.findByRole('option', { name: /^No one matches “zzz”\./u })).toBeTruthy();
    expect(callButton().getAttribute('aria-disabled')).toBe('true');
    await user.keyboard('{Enter}');
    expect(bridge.payloads('dial.place')).toEqual([]);
    expect(screen.queryByText(/That isn't a phone number\./u)).toBeNull();
  });

  test('without a match, the arrow keys lead to a contact of that name and to a search of all calls', async () => {
    const { user } = await openWindow(people, answerDialling);
    await user.type(dialField(), 'zzz');
    await screen.findByRole('option', { name: /^No one matches/u });
    await user.keyboard('{ArrowDown}{Enter}');
    const sheet = await screen.findByRole('dialog', { name: 'New contact' });
    expect(within(sheet).getByLabelText<HTMLInputElement>('Name').value).toBe('zzz');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(dialField()));
    await screen.findByRole('option', { name: /^No one matches/u });
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect((await screen.findByLabelText<HTMLInputElement>('Find by name, number or note')).value).toBe('zzz');
  });

  test('the Call button is enabled only when there is a match or a number to call', async () => {
    const { user } = await openWindow(people, answerDialling);
    expect(callButton().getAttribute('aria-disabled')).toBe('true');
    await user.type(dialField(), 'ida');
    expect(callButton().getAttribute('aria-disabled')).toBe('false');
  });

  test('typing hides the recent calls but not the live calls; Escape shows them again', async () => {
    const { user } = await openWindow({ ...people, calls: live(call()) }, answerDialling);
    await user.type(dialField(), 'ida');
    expect(screen.getByRole('list', { name: 'Live calls' })).toBeTruthy();
    expect(screen.queryByRole('list', { name: 'Recent calls' })).toBeNull();
    await user.keyboard('{Escape}');
    expect(screen.getByRole('list', { name: 'Recent calls' })).toBeTruthy();
  });
});

describe('a number without a known owner', () => {
  const SAVE = 'Save as contact…';
  function answerNew(fake: FakeBridge): void {
    fake.answer('dial.preview', () => ok({ found: 'one', plan: plan(), isNew: true }));
    fake.answer('dial.place', () => ok(placed(['requested'])));
    fake.answer('contacts.save', () => ok(null));
  }

  test('can be saved as a contact by keyboard; Enter alone calls it', async () => {
    const { bridge, user } = await openWindow({}, answerNew);
    await user.type(dialField(), '+4930901820');
    const row = await screen.findByRole('option', { name: SAVE });
    expect(row.getAttribute('aria-selected')).toBe('false');
    await user.keyboard('{ArrowDown}');
    expect(dialField().getAttribute('aria-activedescendant')).toBe(row.id);
    await user.keyboard('{Enter}');
    const form = await screen.findByRole('form', { name: 'New contact' });
    expect(within(form).getByLabelText<HTMLInputElement>('Number 1').value).toBe(plan().shown);
    await user.type(within(form).getByLabelText('Name'), 'Clara Dahl{Enter}');
    await waitFor(() => expect(screen.queryByRole('form', { name: 'New contact' })).toBeNull());
    expect(bridge.payloads('contacts.save')).toMatchObject([{ id: null, name: 'Clara Dahl' }]);
    expect(bridge.payloads('dial.place')).toEqual([]);
    await waitFor(() => expect(document.activeElement).toBe(dialField()));
    await user.keyboard('{Enter}');
    expect(bridge.payloads('dial.place')).toMatchObject([{ text: '+4930901820' }]);
  });

  test('is below the matches, and the Call button still calls while it is chosen', async () => {
    const { bridge, user } = await openWindow(people, answerNew);
    await user.type(dialField(), '104');
    await screen.findByRole('option', { name: SAVE });
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(options().at(-1)?.getAttribute('aria-selected')).toBe('true');
    await user.click(callButton());
    expect(bridge.payloads('dial.place')).toMatchObject([{ text: '104', provenance: 'typed' }]);
  });

  test('is not offered as a contact if a favourite has the number, or main knows its owner', async () => {
    const { user } = await openWindow({ favourites: [{ ...ida, number: plan().number }] }, answerNew);
    await user.type(dialField(), plan().number);
    await screen.findByRole('option', { name: /Ida Bergmann/u });
    expect(screen.queryByRole('option', { name: SAVE })).toBeNull();
  });
});
