import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { IDLE, type PlacedCall } from '../../../src/shared/dial.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';
import type { State } from '../../../src/shared/state.ts';
import { dialField, openWindow } from '../support/open.ts';
import { call, endOf, live, placed, plan, recent } from '../support/samples.ts';

const card = (value: PlacedCall | null): State['dial'] => ({ ...IDLE, placed: value });
const steps = (): (string | undefined)[] =>
  within(screen.getByRole('list', { name: 'Progress', hidden: true }))
    .getAllByRole('listitem', { hidden: true })
    .map((item) => item.querySelector('.words')?.textContent.trim().split('\n')[0]?.trim());

afterEach(() => vi.useRealTimers());

describe('the dial field', () => {
  test('has the focus when the window opens', async () => {
    await openWindow();
    expect(document.activeElement).toBe(dialField());
  });

  test('shows the number that would be dialled and its owner while the user types', async () => {
    const { user } = await openWindow({ recents: [recent()] }, (bridge) =>
      bridge.answer('dial.preview', () => ok({ found: 'one', plan: plan() })),
    );
    await user.type(dialField(), '201 555 0123');
    await waitFor(() => expect(description()).toMatch(/Enter\s*Call\s+\+1 201 555 0123\s+Grace Ito/u));
  });

  test('shows no error while the user types; Enter shows it and keeps the text', async () => {
    const { bridge, user } = await openWindow({}, (fake) => {
      fake.answer('dial.preview', () => ok({ found: 'none', refusal: appError('number-too-long') }));
      fake.answer('dial.place', () => err(appError('number-too-long')));
    });
    await user.type(dialField(), '12345');
    await waitFor(() => expect(bridge.payloads('dial.preview')).toEqual([{ text: '12345' }]));
    expect(screen.queryByText(/[Tt]oo long/u)).toBeNull();
    await user.keyboard('{Enter}');
    const alert = await screen.findByText(/[Tt]oo long/u);
    expect(alert.closest('[role="alert"]')).not.toBeNull();
    expect(description()).toMatch(/[Tt]oo long/u);
    expect(dialField().value).toBe('12345');
    expect(dialField().getAttribute('aria-invalid')).toBe('true');
    await user.type(dialField(), '6');
    expect(screen.queryByText(/[Tt]oo long/u)).toBeNull();
  });

  test('an error about a copied text says that it came from the clipboard', async () => {
    const { bridge } = await openWindow();
    bridge.push('dial', { ...IDLE, refusal: { error: appError('number-letters'), provenance: 'clipboard', at: 1 } });
    await screen.findByText(/That isn't a phone number/u);
    expect(description()).toMatch(/From the clipboard:/u);
  });

  test('"Another call is being set up" is gone when that call has ended', async () => {
    const { bridge, user } = await openWindow({ dial: card(placed(['requested'])) }, (fake) =>
      fake.answer('dial.place', () => err(appError('dial-in-progress'))),
    );
    await user.type(dialField(), '1002{Enter}');
    await screen.findByText(/Another call is being set up/u);
    bridge.push('dial', card(placed(['requested', 'ended'], { end: endOf({ reason: 'busy', by: 'other' }) })));
    await waitFor(() => expect(screen.queryByText(/Another call is being set up/u)).toBeNull());
    expect(dialField().value).toBe('1002');
  });

  test('Enter calls and empties the field; the card appears', async () => {
    const { bridge, user } = await openWindow({}, (fake) =>
      fake.answer('dial.place', () => {
        fake.push('dial', card(placed(['requested'])));
        return ok(placed(['requested']));
      }),
    );
    await user.type(dialField(), '+1 (201) 555-0123{Enter}');
    await screen.findByRole('heading', { name: /Call to \+1 201 555 0123/u });
    expect(bridge.payloads('dial.place')).toEqual([
      { text: '+1 (201) 555-0123', provenance: 'typed', options: null, choice: null, external: false },
    ]);
    expect(dialField().value).toBe('');
  });

  test('a second Enter while the first call is being requested does not dial', async () => {
    const { bridge, user } = await openWindow({}, (fake) =>
      fake.answer('dial.place', () => new Promise(() => undefined)),
    );
    await user.type(dialField(), '104{Enter}{Enter}');
    expect(bridge.payloads('dial.place')).toHaveLength(1);
  });

  test('Enter on an empty field shows the error and places no call', async () => {
    const { bridge, user } = await openWindow();
    await user.type(dialField(), ' {Enter}');
    await screen.findByText(/No number to call\./u);
    expect(bridge.payloads('dial.place')).toEqual([]);
  });

  test('Escape empties the field, the next one hides the window', async () => {
    const { bridge, user } = await openWindow();
    await user.type(dialField(), '104');
    await user.keyboard('{Escape}');
    expect(dialField().value).toBe('');
    expect(bridge.payloads('window.hide')).toEqual([]);
    await user.keyboard('{Escape}');
    expect(bridge.payloads('window.hide')).toHaveLength(1);
  });

  test('a link without a number gives an error at the field', async () => {
    const { bridge } = await openWindow();
    bridge.push('dial', { ...IDLE, refusal: { error: appError('link-invalid'), provenance: 'link', at: 1 } });
    await waitFor(() => expect(description()).toContain('This link contains no phone number.'));
  });

  test('an error that occurred while another view was open is shown when the calls are, and only once', async () => {
    const { bridge, user } = await openWindow({ recents: [recent()] });
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    bridge.push('dial', { ...IDLE, refusal: { error: appError('link-invalid'), provenance: 'link', at: 1 } });
    await user.click(screen.getByRole('button', { name: 'Back to calls' }));
    await waitFor(() => expect(description()).toContain('This link contains no phone number.'));
    await user.type(dialField(), '1{Escape}');
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(screen.getByRole('button', { name: 'Back to calls' }));
    await waitFor(() => expect(document.activeElement).toBe(dialField()));
    expect(description()).not.toContain('This link contains no phone number.');
  });

  test('advanced options apply to this call only, and only changed ones are sent', async () => {
    const { bridge, user } = await openWindow({}, (fake) => fake.answer('dial.place', () => ok(placed(['requested']))));
    await user.click(screen.getByRole('button', { name: 'Advanced call options' }));
    const sheet = await screen.findByRole('dialog', { name: 'Advanced call options' });
    await user.type(within(sheet).getByLabelText('Trunk'), 'Berlin');
    await user.selectOptions(screen.getByLabelText('Auto-answer header'), 'CALL_INFO');
    await user.selectOptions(screen.getByLabelText('Send header to'), 'ALL');
    await user.click(screen.getByLabelText('Send SDP'));
    await user.type(screen.getByLabelText('Rewrite PAI'), '1{Tab}');
    expect(screen.getByLabelText('Advanced call options, 5 changed for this call')).toBeTruthy();
    await user.clear(screen.getByLabelText('Rewrite PAI'));
    await user.tab();
    await user.click(within(sheet).getByRole('button', { name: 'Done' }));
    await user.type(dialField(), '104{Enter}');
    await user.type(dialField(), '105{Enter}');
    expect(bridge.payloads('dial.place')).toEqual([
      {
        text: '104',
        provenance: 'typed',
        options: { trunk: 'Berlin', additionalHeader: 'CALL_INFO', headerDirection: 'ALL', sendSdp: false },
        choice: null,
        external: false,
      },
      { text: '105', provenance: 'typed', options: null, choice: null, external: false },
    ]);
    expect(screen.queryByLabelText('Trunk')).toBeNull();
  });
});

describe('the placed call', () => {
  test('shows the digits to press after the answer until the call ends', async () => {
    const withThen = (steps: Parameters<typeof placed>[0]) =>
      card(placed(steps, { plan: plan({ digitsAfterAnswer: '456#' }) }));
    const { bridge } = await openWindow({ dial: withThen(['requested']) });
    const then = (): string => document.querySelector('.then p')?.textContent ?? '';
    expect(then()).toBe('Then press 456 #');
    bridge.push('dial', withThen(['requested', 'ended']));
    await waitFor(() => expect(then()).toBe(''));
  });

  test('shows the reached steps and what to do now', async () => {
    const { bridge } = await openWindow({ dial: card(placed(['requested', 'phone-ringing'])) });
    expect(steps()).toEqual(['Request sent', expect.stringMatching(/^Your phone is ringing/u)]);
    screen.getByText('Pick up, and Traydial calls +1 201 555 0123.');
    bridge.push('dial', card(placed(['requested', 'phone-ringing', 'connected'])));
    await waitFor(() => expect(steps()).toEqual(['Request sent', 'Your phone rang', 'Connected']));
    screen.getByRole('button', { name: 'Hang up' });
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  test('Cancel sends the key of the call if the PBX has not sent its id yet', async () => {
    const asking = placed(['requested']);
    const { bridge, user } = await openWindow({ dial: card(asking) });
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(bridge.payloads('dial.hang-up')).toEqual([{ sessionId: asking.key }]);
    screen.getByRole('button', { name: 'Cancelling…' });
  });

  test('a failed hang-up is shown on the card and can be retried', async () => {
    const { user } = await openWindow({ dial: card(placed(['requested', 'connected'])) }, (bridge) =>
      bridge.answer('dial.hang-up', () => err(appError('hang-up-forbidden'))),
    );
    await user.click(screen.getByRole('button', { name: 'Hang up' }));
    await screen.findByText(/Your PBX account can't end calls from here\./u);
    screen.getByRole('button', { name: 'Hang up' });
  });

  test('the focus goes from the button that ended it to the dial field, never to Dial again', async () => {
    const { bridge, user } = await openWindow({ dial: card(placed(['requested', 'connected'])) });
    await user.click(screen.getByRole('button', { name: 'Hang up' }));
    const end = endOf({ reason: 'hung-up-here', by: 'me' });
    bridge.push('dial', card(placed(['requested', 'connected', 'ended'], { end })));
    await screen.findByRole('button', { name: 'Call again' });
    await waitFor(() => expect(document.activeElement).toBe(dialField()));
  });

  test('says why it ended, dials again, and goes away when dismissed', async () => {
    const ended = placed(['requested', 'ended'], { end: endOf({ reason: 'busy', by: 'other' }) });
    const { bridge, user } = await openWindow({ dial: card(ended) }, (fake) => {
      fake.answer('dial.place', () => ok(placed(['requested'])));
      fake.answer('dial.dismiss', () => {
        fake.push('dial', card(null));
        return ok(null);
      });
    });
    expect(steps()).toEqual(['Request sent', 'Busy.']);
    await user.click(screen.getByRole('button', { name: 'Call again' }));
    expect(bridge.payloads('dial.place')).toEqual([
      { text: '+1 (201) 555-0123', provenance: 'dialled', options: null, choice: null, external: false },
    ]);
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Progress', hidden: true })).toBeNull());
    expect(document.activeElement).toBe(dialField());
  });

  test('folds away six seconds after the call ended, but not under the pointer and not if it failed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const hungUp = placed(['requested', 'connected', 'ended'], { end: endOf({ reason: 'hung-up-here', by: 'me' }) });
    const failed = placed(['requested', 'ended'], { key: 'other', end: endOf({ reason: 'failed' }) });
    const { bridge } = await openWindow({ dial: card(hungUp) });
    const dismissed = (): number => bridge.payloads('dial.dismiss').length;
    const shown = screen.getByRole('region', { name: /^Call to/u });
    await fireEvent.pointerEnter(shown);
    vi.advanceTimersByTime(60_000);
    expect(dismissed()).toBe(0);
    await fireEvent.pointerLeave(shown);
    vi.advanceTimersByTime(5_900);
    expect(dismissed()).toBe(0);
    vi.advanceTimersByTime(100);
    expect(dismissed()).toBe(1);
    bridge.push('dial', card(failed));
    flushSync();
    vi.advanceTimersByTime(60_000);
    expect(dismissed()).toBe(1);
  });

  test("redials a caller's feature code with the provenance of the caller", async () => {
    const ended = placed(['requested', 'ended'], { end: endOf({ reason: 'busy', by: 'other' }) });
    ended.plan = {
      ...ended.plan,
      kind: 'feature-code',
      input: '*72',
      number: '*72',
      dial: '*72',
      provenance: 'caller',
    };
    const { bridge, user } = await openWindow({ dial: card(ended) }, (fake) =>
      fake.answer('dial.place', () => ok(null)),
    );
    await user.click(screen.getByRole('button', { name: 'Call again' }));
    expect(bridge.payloads('dial.place')).toMatchObject([{ text: '*72', provenance: 'caller' }]);
  });

  test('an unanswered request is shown once, with advice', async () => {
    await openWindow({
      dial: card(
        placed(['requested', 'ended'], {
          end: endOf({ reason: 'unanswered-request' }),
          error: appError('dial-unanswered'),
        }),
      ),
    });
    expect(screen.getAllByText(/The PBX didn't answer\./u)).toHaveLength(1);
    screen.getByText(/Check your phone before you call again/u);
  });

  test('is not listed a second time among the live calls', async () => {
    const value = placed(['requested', 'connected'], { name: 'Grace Ito' });
    await openWindow({ dial: card(value), calls: live(call({ id: value.sessionId ?? '', placedHere: true })) });
    expect(screen.queryByRole('list', { name: 'Live calls' })).toBeNull();
  });
});

function description(): string {
  const ids = dialField().getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
}
