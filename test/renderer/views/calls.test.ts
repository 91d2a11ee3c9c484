import { screen, waitFor, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/shared/call.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { dialField, openWindow } from '../support/open.ts';
import { ACCOUNT, call, live, placed, recent } from '../support/samples.ts';

const COLLEAGUES: Call = call({
  id: '2',
  mine: false,
  direction: 'outgoing',
  state: 'ringing',
  caller: { name: 'Ben Okafor', number: '107' },
  callee: { name: '', number: '+442079460018' },
  trunk: '',
  answeredAt: null,
});
const rows = (): HTMLElement[] => within(screen.getByRole('list', { name: 'Live calls' })).getAllByRole('listitem');
const text = (element: HTMLElement | undefined): string => (element?.textContent ?? '').replace(/\s+/gu, ' ').trim();

describe('live calls', () => {
  test('a row says who, which way, over what trunk, in what state and for how long', async () => {
    await openWindow({ calls: live(call({ answeredAt: Date.now() - 754_100 })) });
    expect(text(rows()[0])).toMatch(/Maria Keller.*\+49 30 901820.*Incoming ·\s?Berlin trunk.*12:3[4-9].*Talking/u);
  });

  test('mine come first, colleagues show both sides and cannot be hung up', async () => {
    await openWindow({ calls: live(COLLEAGUES, call()) });
    expect(rows().map((row) => text(row).includes('Maria Keller'))).toEqual([true, false]);
    expect(text(rows()[1])).toMatch(/Ben Okafor to \+44 20 7946 0018.*Outgoing.*Ringing/u);
    expect(within(rows()[1] ?? document.body).queryByRole('button')).toBeNull();
  });

  test('the filter shows only mine, and says how many others there are when I have none', async () => {
    const { bridge, user } = await openWindow({ calls: live(COLLEAGUES, call()) });
    await user.click(screen.getByRole('radio', { name: /^Mine/u }));
    expect(rows()).toHaveLength(1);
    bridge.push('calls', live(COLLEAGUES));
    await screen.findByText(/You are not in a call\./u);
    await user.click(screen.getByRole('button', { name: 'Show the other one' }));
    expect(text(rows()[0])).toContain('Ben Okafor');
  });

  test('a poll keeps the rows where they are: the same elements in the same order', async () => {
    const { bridge } = await openWindow({ calls: live(call(), COLLEAGUES) });
    const before = rows();
    bridge.push('calls', live({ ...COLLEAGUES, state: 'talking', answeredAt: Date.now() }, call()));
    await waitFor(() => expect(text(rows()[1])).toContain('Talking'));
    expect(rows()).toEqual(before);
  });

  test('a call that goes on after the PBX has accepted to end it can be hung up again', async () => {
    const { bridge, user } = await openWindow({ calls: live(call()) });
    const button = () => screen.getByRole('button', { name: 'Hang up Maria Keller, +49 30 901820' });
    await user.click(button());
    expect(button().getAttribute('aria-disabled')).toBe('true');
    bridge.push('calls', live(call()));
    await waitFor(() => expect(button().getAttribute('aria-disabled')).not.toBe('true'), { timeout: 6_000 });
    await user.click(button());
    expect(bridge.payloads('dial.hang-up')).toHaveLength(2);
  });

  test('my call can be hung up, and a refusal is told in its row', async () => {
    const { bridge, user } = await openWindow({ calls: live(call()) }, (fake) =>
      fake.answer('dial.hang-up', () => err(appError('hang-up-forbidden'))),
    );
    await user.click(screen.getByRole('button', { name: 'Hang up Maria Keller, +49 30 901820' }));
    expect(bridge.payloads('dial.hang-up')).toEqual([{ sessionId: '884757570370146304' }]);
    await waitFor(() => expect(text(rows()[0])).toContain('Hang up on your phone.'));
  });

  test('a hostile name is plain text, isolated and cut, and so is a hostile number', async () => {
    const caller = { name: `<img src=x onerror=alert(1)>\u202E${'x'.repeat(990)}`, number: '<b>1</b>' };
    await openWindow({ calls: live(call({ caller })) });
    const name = screen.getByText(/^<img src=x onerror=alert\(1\)>x+…$/u);
    expect(name.tagName).toBe('BDI');
    expect(name.textContent.length).toBeLessThanOrEqual(201);
    expect(name.getAttribute('title')).not.toContain('\u202E');
    expect(document.querySelector('img, b')).toBeNull();
    screen.getByText('<b>1</b>');
  });
});

describe('more calls than anybody looks through', () => {
  const colleague = (index: number): Call => {
    const caller = { name: `Caller ${index}`, number: `+1201${5_000_000 + index}` };
    return { ...COLLEAGUES, id: `c${index}`, caller, other: caller, startedAt: index };
  };
  const all = Array.from({ length: 99 }, (_, index) => colleague(index));
  const crowd = { ...live(call(), ...all), more: { mine: 0, others: 9_900 } };
  const search = (): HTMLElement => screen.getByRole('textbox', { name: "Find a colleague's call" });

  test('says how many there are beyond, to eyes and to screen readers', async () => {
    await openWindow({ calls: crowd });
    screen.getByText('and 9,900 more');
    screen.getByRole('radio', { name: 'Everyone 10,000' });
    expect(rows()).toHaveLength(100);
    expect(rows()[99]?.getAttribute('aria-posinset')).toBe('100');
    expect(rows()[99]?.getAttribute('aria-setsize')).toBe('10000');
  });

  test('has no field to search where all are listed', async () => {
    await openWindow({ calls: live(call(), ...all) });
    expect(screen.queryByRole('textbox', { name: "Find a colleague's call" })).toBeNull();
    expect(rows()[0]?.hasAttribute('aria-setsize')).toBe(false);
  });

  test('finds a call among all, keeps mine in sight, follows what changes, and Escape ends it', async () => {
    const found = colleague(7_777);
    const { bridge, user } = await openWindow({ calls: crowd }, (fake) =>
      fake.answer('calls.find', () => ok({ calls: [found], more: 3 })),
    );
    await user.type(search(), 'caller 77');
    await waitFor(() => expect(rows().map(text)).toHaveLength(2));
    expect(bridge.payloads('calls.find').at(-1)).toEqual({ text: 'caller 77' });
    expect([text(rows()[0]), text(rows()[1])]).toEqual([
      expect.stringContaining('Maria Keller'),
      expect.stringContaining('Caller 7777'),
    ]);
    screen.getByText('and 3 more');

    bridge.answer('calls.find', () => ok({ calls: [], more: 0 }));
    bridge.push('calls', { ...crowd, more: { mine: 0, others: 9_899 } });
    await screen.findByText('No call of a colleague matches that.');
    expect(rows()).toHaveLength(1);

    await user.keyboard('{Escape}');
    expect(rows()).toHaveLength(100);
    expect(bridge.payloads('window.hide')).toEqual([]);
  });

  test('an answer that comes after the search was given up changes nothing', async () => {
    let answer = (): void => undefined;
    const { bridge, user } = await openWindow({ calls: crowd }, (fake) =>
      fake.answer('calls.find', () => new Promise((done) => (answer = () => done(ok({ calls: [], more: 0 }))))),
    );
    await user.type(search(), 'anna');
    await waitFor(() => expect(bridge.payloads('calls.find')).toHaveLength(1));
    await user.keyboard('{Escape}');
    answer();
    for (let turn = 0; turn < 10; turn++) await tick();
    expect(rows()).toHaveLength(100);
  });
});

describe('the list of calls when it is not there', () => {
  test('nobody on the phone', async () => {
    await openWindow();
    screen.getByText('Nobody is on the phone.');
  });

  test('still looking', async () => {
    await openWindow({ calls: { ...live(), link: { status: 'starting' } } });
    screen.getByText('Looking for calls');
    screen.getByText('Connecting');
    expect(screen.queryByText('Nobody is on the phone.')).toBeNull();
  });

  test('out of date: calls stay with their time stopped, one line says since when, and one can try now', async () => {
    const since = Date.now() - 90_000;
    const link = { status: 'stale', since, retryAt: Date.now() + 11_500, error: appError('timed-out') } as const;
    const { bridge, user } = await openWindow({ calls: { ...live(call({ answeredAt: since - 60_000 })), link } });
    screen.getByText(/^Last seen .* · the PBX did not answer in time · trying again in 12 s$/u);
    expect(text(rows()[0])).toContain('1:00');
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    expect(bridge.payloads('calls.refresh')).toHaveLength(1);
  });

  test.each([
    ['tls-changed', 'Forget the old certificate and go on'],
    ['tls-untrusted', 'Trust this certificate and go on'],
  ] as const)('%s: the new certificate is accepted on the same card, once it was compared', async (code, button) => {
    const certificate = {
      subject: 'CN=pbx.example.com',
      issuer: 'CN=pbx.example.com',
      validFrom: Date.UTC(2024, 2, 1),
      validTo: Date.UTC(2034, 2, 1),
      sha256: Array.from({ length: 32 }, () => 'AB').join(':'),
    };
    const error = appError(code, { certificate });
    const link = { status: 'stale', since: Date.now(), retryAt: Date.now() + 11_500, error } as const;
    const { bridge, user } = await openWindow({ calls: { ...live(), link } }, (fake) =>
      fake.answer('account.accept-certificate', () => err(appError('connection-lost'))),
    );
    await user.click(screen.getByText('Was the certificate of your PBX renewed?'));
    screen.getByText('CN=pbx.example.com');
    await user.click(screen.getByRole('button', { name: button }));
    expect(bridge.payloads('account.accept-certificate')).toEqual([]);
    await user.click(screen.getByLabelText('My administrator confirmed this fingerprint'));
    await user.click(screen.getByRole('button', { name: button }));
    expect(bridge.payloads('account.accept-certificate')).toEqual([{ sha256: certificate.sha256 }]);
    await screen.findByText(/The connection to the PBX was cut off\./u);
  });

  test('forbidden: explained, and dialling still works', async () => {
    const { bridge, user } = await openWindow(
      { calls: { ...live(), link: { status: 'forbidden', error: appError('list-forbidden') } } },
      (fake) => fake.answer('dial.place', () => ok(placed(['asking']))),
    );
    screen.getByText('Your PBX account may not list company calls.');
    screen.getByText(/Dialling still works\./u);
    await user.type(dialField(), '104{Enter}');
    expect(bridge.payloads('dial.place')).toHaveLength(1);
  });

  test('off', async () => {
    await openWindow({ calls: { ...live(), link: { status: 'off' } } });
    screen.getByText('Traydial is not looking at calls right now.');
  });
});

describe('recent calls', () => {
  const tom = recent({ id: 'r2', name: 'Tom Berg', number: '104', direction: 'incoming', outcome: 'missed' });
  const both = { recents: [recent(), tom] };
  const names = (): string[] =>
    screen.getAllByRole('button', { name: /^Call ./u }).map((button) => text(button).replace(/^\S+ Call /u, ''));

  test('a click dials the number through the usual way', async () => {
    const { bridge, user } = await openWindow(both, (fake) => fake.answer('dial.place', () => ok(placed(['asking']))));
    await user.click(screen.getByRole('button', { name: /Call Tom Berg/u }));
    expect(bridge.payloads('dial.place')).toEqual([{ text: '104', options: null, choice: null }]);
  });

  test('a refused one stands in the field with the reason', async () => {
    const { user } = await openWindow(both, (fake) =>
      fake.answer('dial.place', () => err(appError('own-number-unknown'))),
    );
    await user.click(screen.getByRole('button', { name: /Call Tom Berg/u }));
    await screen.findByText(/Traydial does not know which phone is yours\./u);
    expect(dialField().value).toBe('104');
  });

  test('the arrow keys go from the field through the list and back', async () => {
    const { bridge, user } = await openWindow(both, (fake) => fake.answer('dial.place', () => ok(placed(['asking']))));
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{ArrowUp}');
    expect(document.activeElement).toBe(dialField());
    await user.keyboard('{ArrowDown}{End}{Enter}');
    expect(bridge.payloads('dial.place')).toEqual([{ text: '104', options: null, choice: null }]);
  });

  test('typing a name leaves those that match', async () => {
    const { user } = await openWindow(both);
    await user.type(dialField(), 'tom');
    await screen.findByRole('heading', { name: 'Matching recent calls' });
    expect(names()).toEqual(['Tom Berg 104']);
  });

  test('one can be removed, and the focus goes to its neighbour', async () => {
    const { user } = await openWindow(both, (fake) =>
      fake.answer('recents.remove', ({ id }) => {
        fake.push(
          'recents',
          fake.state.recents.filter((other) => other.id !== id),
        );
        return ok(null);
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Remove Grace Ito, +1 201 555 0123 from recent calls' }));
    await waitFor(() => expect(names()).toEqual(['Tom Berg 104']));
    expect(text(document.activeElement as HTMLElement)).toContain('Tom Berg');
    await user.keyboard('{Delete}');
    await screen.findByText('Numbers you call and calls you get are kept here.');
    expect(document.activeElement).toBe(dialField());
  });

  test('all are cleared only after a second click', async () => {
    const { bridge, user } = await openWindow(both, (fake) =>
      fake.answer('recents.clear', () => {
        fake.push('recents', []);
        return ok(null);
      }),
    );
    await user.click(screen.getByRole('button', { name: /^Clear/u }));
    expect(bridge.payloads('recents.clear')).toEqual([]);
    await user.click(screen.getByRole('button', { name: /^Really clear all\?/u }));
    await screen.findByText('Numbers you call and calls you get are kept here.');
  });
});

describe('the demo', () => {
  test.each([
    ['Incoming for me', 'incoming'],
    ['For a colleague', 'colleague'],
    ['Transferred to me', 'transferred'],
    ['Missed', 'missed'],
  ])('%s makes such a call happen', async (name, event) => {
    const { bridge, user } = await openWindow({ account: { ...ACCOUNT, demo: true } });
    await user.click(screen.getByRole('button', { name }));
    expect(bridge.payloads('demo.make')).toEqual([{ event }]);
  });

  test('has no bar on a real PBX', async () => {
    await openWindow();
    expect(screen.queryByText('Demo PBX')).toBeNull();
  });
});
