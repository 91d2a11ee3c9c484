import { screen, waitFor, within } from '@testing-library/svelte';
import type { UserEvent } from '@testing-library/user-event';
import { tick } from 'svelte';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/shared/call.ts';
import { IDLE } from '../../../src/shared/dial.ts';
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
const colleagues = (): HTMLElement[] =>
  within(screen.getByRole('list', { name: 'Colleagues’ calls' })).getAllByRole('listitem');
const showColleagues = (user: UserEvent): Promise<void> =>
  user.click(screen.getByRole('button', { name: /colleagues? on/u }));
const text = (element: HTMLElement | undefined): string => (element?.textContent ?? '').replace(/\s+/gu, ' ').trim();

describe('live calls', () => {
  test('a row shows name, direction, state and duration of a call', async () => {
    await openWindow({ calls: live(call({ answeredAt: Date.now() - 754_100 })) });
    expect(text(rows()[0])).toMatch(/Maria Keller.*Talking.*1[2-9]:[0-5][0-9].*Incoming.*\+49 30 901820/u);
  });

  test('calls of colleagues are one line until it is clicked; then they show both sides', async () => {
    const { user } = await openWindow({ calls: live(COLLEAGUES, call()) });
    expect(rows()).toHaveLength(1);
    await showColleagues(user);
    const [row] = colleagues();
    expect(text(row)).toMatch(/Ben Okafor to \+44 20 7946 0018.*Ringing/u);
    expect(within(row ?? document.body).queryByRole('button')).toBeNull();
    await showColleagues(user);
    expect(screen.queryByRole('list', { name: 'Colleagues’ calls' })).toBeNull();
  });

  test('"No live calls" is shown only when there are none', async () => {
    const { bridge } = await openWindow({ calls: live() });
    screen.getByText('No live calls.');
    const nobody = () => screen.queryByText('No live calls.');
    bridge.push('calls', live(COLLEAGUES));
    await screen.findByRole('button', { name: '1 colleague on a call' });
    expect(nobody()).toBeNull();
    bridge.push('calls', live());
    bridge.push('dial', { ...IDLE, placed: placed(['requested', 'phone-ringing']) });
    await waitFor(() => expect(nobody()).toBeNull());
    bridge.push('dial', IDLE);
    bridge.push('calls', live(call({ state: 'ringing', answeredAt: null })));
    await screen.findByRole('region', { name: 'Ringing calls' });
    expect(nobody()).toBeNull();
  });

  test('the section is hidden while the banner has all calls', async () => {
    const ringing = call({ state: 'ringing', answeredAt: null });
    const { bridge } = await openWindow({ calls: live(ringing) });
    await screen.findByRole('region', { name: 'Ringing calls' });
    const section = () => screen.queryByRole('region', { name: 'Live calls' });
    expect(section()).toBeNull();
    bridge.push('calls', live(ringing, COLLEAGUES));
    await screen.findByRole('button', { name: '1 colleague on a call' });
    expect(section()).not.toBeNull();
    bridge.push('calls', live());
    await waitFor(() => expect(section()).not.toBeNull());
  });

  test('the focus goes to the heading when its row disappears, and to the dial field when the section does', async () => {
    const { bridge } = await openWindow({ calls: live() });
    await screen.findByText('No live calls.');
    bridge.push('calls', live(call()));
    (await screen.findByRole('button', { name: /^Hang up/u })).focus();
    bridge.push('calls', live());
    await screen.findByText('No live calls.');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Live calls'));
    bridge.push('calls', live(call({ state: 'ringing', answeredAt: null })));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Live calls' })).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(dialField()));
  });

  test('a poll keeps the rows where they are: the same elements in the same order', async () => {
    const startedAt = Date.now() - 60_000;
    const [first, second] = [call({ startedAt }), call({ id: '9', startedAt })];
    const { bridge } = await openWindow({ calls: live(first, second) });
    const before = rows();
    bridge.push('calls', live({ ...second, state: 'unknown' }, first));
    await waitFor(() => expect(text(rows()[1])).toContain('In progress'));
    expect(rows()).toEqual(before);
  });

  test('a call that goes on after the PBX has accepted to end it can be hung up again', async () => {
    const { bridge, user } = await openWindow({ calls: live(call()) });
    const button = () => screen.getByRole('button', { name: 'Hang up Maria Keller, +49 30 901820' });
    await user.click(button());
    expect(button().getAttribute('aria-disabled')).toBe('true');
    bridge.push('calls', live(call()));
    await waitFor(() => expect(button().getAttribute('aria-disabled')).not.toBe('true'));
    await user.click(button());
    expect(bridge.payloads('dial.hang-up')).toHaveLength(2);
  });

  test('my call can be hung up, and a refusal is shown in its row', async () => {
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

describe('more calls than fit in the list', () => {
  const colleague = (index: number): Call => {
    const caller = { name: `Caller ${index}`, number: `+1201${5_000_000 + index}` };
    return { ...COLLEAGUES, id: `c${index}`, caller, other: caller, startedAt: index };
  };
  const all = Array.from({ length: 99 }, (_, index) => colleague(index));
  const crowd = { ...live(call(), ...all), more: { mine: 0, others: 9_900 } };
  const search = (): HTMLElement => screen.getByRole('textbox', { name: "Find a colleague's call" });

  test('shows and announces how many calls are not listed', async () => {
    const { user } = await openWindow({ calls: crowd });
    screen.getByRole('button', { name: '9,999 colleagues on calls' });
    await showColleagues(user);
    screen.getByText('and 9,900 more');
    await waitFor(() => expect(colleagues()).toHaveLength(99));
    expect(colleagues()[98]?.getAttribute('aria-posinset')).toBe('99');
    expect(colleagues()[98]?.getAttribute('aria-setsize')).toBe('9999');
  });

  test('has no search field if all calls are listed', async () => {
    const { user } = await openWindow({ calls: live(call(), ...all) });
    await showColleagues(user);
    expect(screen.queryByRole('textbox', { name: "Find a colleague's call" })).toBeNull();
    expect(colleagues()[0]?.hasAttribute('aria-setsize')).toBe(false);
  });

  test('finds a call among all, keeps mine in sight, follows what changes, and Escape ends it', async () => {
    const found = colleague(7_777);
    const { bridge, user } = await openWindow({ calls: crowd }, (fake) =>
      fake.answer('calls.find', () => ok({ calls: [found], more: 3, numbers: {} })),
    );
    await showColleagues(user);
    await user.type(search(), 'caller 77');
    await waitFor(() => expect(colleagues().map(text)).toHaveLength(1));
    expect(bridge.payloads('calls.find').at(-1)).toEqual({ text: 'caller 77' });
    expect([text(rows()[0]), text(colleagues()[0])]).toEqual([
      expect.stringContaining('Maria Keller'),
      expect.stringContaining('Caller 7777'),
    ]);
    screen.getByText('and 3 more');

    bridge.answer('calls.find', () => ok({ calls: [], more: 0, numbers: {} }));
    bridge.push('calls', { ...crowd, more: { mine: 0, others: 9_899 } });
    await screen.findByText("No colleague's call matches.");
    expect(rows()).toHaveLength(1);

    await user.keyboard('{Escape}');
    await waitFor(() => expect(colleagues()).toHaveLength(99));
    expect(bridge.payloads('window.hide')).toEqual([]);
  });

  test('an answer after the search was cancelled has no effect', async () => {
    let answer = (): void => undefined;
    const { bridge, user } = await openWindow({ calls: crowd }, (fake) =>
      fake.answer(
        'calls.find',
        () => new Promise((done) => (answer = () => done(ok({ calls: [], more: 0, numbers: {} })))),
      ),
    );
    await showColleagues(user);
    await waitFor(() => expect(colleagues()).toHaveLength(99));
    await user.type(search(), 'anna');
    await waitFor(() => expect(bridge.payloads('calls.find')).toHaveLength(1));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(colleagues()).toHaveLength(99));
    answer();
    for (let turn = 0; turn < 10; turn++) await tick();
    expect(colleagues()).toHaveLength(99);
  });
});

describe('the list of calls when it is empty or unavailable', () => {
  test('says that there are no live calls', async () => {
    await openWindow();
    screen.getByText('No live calls.');
  });

  test('says that the list is being loaded', async () => {
    await openWindow({ calls: { ...live(), list: { status: 'starting' } } });
    screen.getByText('Looking for calls');
    screen.getByText('Connecting');
    expect(screen.queryByText('No live calls.')).toBeNull();
  });

  test('out of date: calls stay with their time stopped, one line says since when, and one can try now', async () => {
    const since = Date.now() - 90_000;
    const list = { status: 'stale', since, retryAt: Date.now() + 11_500, error: appError('timed-out') } as const;
    const { bridge, user } = await openWindow({ calls: { ...live(call({ answeredAt: since - 60_000 })), list } });
    screen.getByText(/^Out of date since .*\. The PBX didn't answer in time\. Retrying in 12 s\.$/u);
    expect(text(rows()[0])).toContain('1:00');
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    expect(bridge.payloads('calls.refresh')).toHaveLength(1);
  });

  test.each([
    ['tls-changed', 'Forget the old certificate and continue'],
    ['tls-untrusted', 'Trust this certificate and continue'],
  ] as const)('%s: the new certificate is accepted on the same card, once it was compared', async (code, button) => {
    const certificate = {
      subject: 'CN=pbx.example.com',
      issuer: 'CN=pbx.example.com',
      validFrom: Date.UTC(2024, 2, 1),
      validTo: Date.UTC(2034, 2, 1),
      sha256: Array.from({ length: 32 }, () => 'AB').join(':'),
    };
    const error = appError(code, { certificate });
    const list = { status: 'stale', since: Date.now(), retryAt: Date.now() + 11_500, error } as const;
    const { bridge, user } = await openWindow({ calls: { ...live(), list } }, (fake) =>
      fake.answer('account.accept-certificate', () => err(appError('connection-lost'))),
    );
    await user.click(await screen.findByText("Was your PBX's certificate renewed?"));
    screen.getByText('CN=pbx.example.com');
    await user.click(screen.getByRole('button', { name: button }));
    expect(bridge.payloads('account.accept-certificate')).toEqual([]);
    await user.click(screen.getByLabelText('My administrator confirmed this fingerprint'));
    await user.click(screen.getByRole('button', { name: button }));
    expect(bridge.payloads('account.accept-certificate')).toEqual([{ sha256: certificate.sha256 }]);
    await screen.findByText(/The connection to the PBX was lost\./u);
  });

  test('forbidden: explained, and dialling still works', async () => {
    const { bridge, user } = await openWindow(
      { calls: { ...live(), list: { status: 'forbidden', error: appError('list-forbidden') } } },
      (fake) => fake.answer('dial.place', () => ok(placed(['requested']))),
    );
    screen.getByText("Your PBX account can't list the company's calls.");
    screen.getByText(/You can still make calls\./u);
    await user.type(dialField(), '104{Enter}');
    expect(bridge.payloads('dial.place')).toHaveLength(1);
  });

  test('off', async () => {
    await openWindow({ calls: { ...live(), list: { status: 'off' } } });
    screen.getByText('Live calls are paused.');
  });
});

describe('recent calls', () => {
  const tom = recent({ id: 'r2', name: 'Tom Berg', number: '104', direction: 'incoming', outcome: 'missed' });
  const both = { recents: [recent(), tom] };
  const names = (): string[] =>
    screen.getAllByRole('button', { name: /^Call ./u }).map((button) => text(button).replace(/^\S+ Call /u, ''));

  test('a click dials the number through the usual way', async () => {
    const { bridge, user } = await openWindow(both, (fake) =>
      fake.answer('dial.place', () => ok(placed(['requested']))),
    );
    await user.click(screen.getByRole('button', { name: /Call Tom Berg/u }));
    expect(bridge.payloads('dial.place')).toEqual([
      { text: '104', provenance: 'dialled', options: null, choice: null, external: false },
    ]);
  });

  test("a caller from outside with the number of an extension is dialled as outside, and is not the colleague's favourite", async () => {
    const outside = recent({ name: 'Somebody', number: '104', direction: 'incoming', external: true });
    const { bridge, user } = await openWindow({
      recents: [outside],
      favourites: [{ number: '104', name: 'Tom Berg', provenance: 'favourite' }],
    });
    const star = screen.getByRole('button', { name: /^Somebody.* as favourite$/u });
    expect(star.getAttribute('aria-pressed')).toBe('false');
    await user.click(star);
    expect(bridge.payloads('favourites.set')).toMatchObject([{ number: '104', external: true, favourite: true }]);
    await user.click(screen.getByRole('button', { name: /Call Somebody/u }));
    expect(bridge.payloads('dial.place')).toMatchObject([{ text: '104', external: true }]);
  });

  test('puts a number that cannot be dialled into the field with the reason', async () => {
    const { user } = await openWindow(both, (fake) =>
      fake.answer('dial.place', () => err(appError('own-number-unknown'))),
    );
    await user.click(screen.getByRole('button', { name: /Call Tom Berg/u }));
    await screen.findByText(/Traydial doesn't know which phone is yours\./u);
    expect(dialField().value).toBe('104');
  });

  test('the arrow keys go from the field through the list and back', async () => {
    const { bridge, user } = await openWindow(both, (fake) =>
      fake.answer('dial.place', () => ok(placed(['requested']))),
    );
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{ArrowUp}');
    expect(document.activeElement).toBe(dialField());
    await user.keyboard('{ArrowDown}{End}{Enter}');
    expect(bridge.payloads('dial.place')).toEqual([
      { text: '104', provenance: 'dialled', options: null, choice: null, external: false },
    ]);
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
    await screen.findByText('No recent calls yet. Calls you make and receive show up here.');
    expect(document.activeElement).toBe(dialField());
  });
});

describe('the demo', () => {
  test.each([
    ['Call me', 'incoming'],
    ['Colleague', 'colleague'],
    ['Transfer', 'transferred'],
    ['Missed', 'missed'],
  ])('the button %s starts such a call', async (name, event) => {
    const { bridge, user } = await openWindow({ account: { ...ACCOUNT, demo: true } });
    await user.click(screen.getByRole('button', { name }));
    expect(bridge.payloads('demo.make')).toEqual([{ event }]);
  });

  test('has no bar on a real PBX', async () => {
    await openWindow();
    expect(screen.queryByRole('region', { name: 'Demo' })).toBeNull();
  });
});
