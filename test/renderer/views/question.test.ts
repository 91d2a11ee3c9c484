import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { asked, asking } from '../support/asked.ts';
import { dialField, openWindow } from '../support/open.ts';
import { placed, plan, question } from '../support/samples.ts';

afterEach(() => void vi.useRealTimers());

const focused = (): string | undefined => document.activeElement?.textContent.trim();

describe('a question', () => {
  test('Enter calls once the user had time to read the question, and the field has the focus again', async () => {
    const { user, answers } = await asked();
    expect(focused()).toBe('Call');
    vi.advanceTimersByTime(600);
    await user.keyboard('{Enter}');
    expect(answers()).toEqual([{ id: 'q1', accept: true }]);
    await waitFor(() => expect(document.activeElement).toBe(dialField()));
  });

  test('shows the clicked text, the owner of the number, the rule that changed it and the number for the PBX', async () => {
    const { region } = await asked(
      question({
        name: 'Grace Ito',
        plan: plan({
          input: 'tel:2015550123',
          dial: '00012015550123',
          rule: 'Outside line',
          digitsAfterAnswer: ',,456#',
        }),
      }),
    );
    within(region).getByText('+1 201 555 0123');
    within(region).getByText('Grace Ito');
    const facts = within(region)
      .getAllByRole('definition')
      .map((item) => item.textContent);
    expect(facts).toEqual(['tel:2015550123', 'Outside line', '00012015550123', '456 #']);
  });

  test('does not repeat what is already visible', async () => {
    const { region } = await asked(question({ plan: plan({ input: '+12015550123' }) }));
    expect(within(region).queryAllByRole('definition')).toEqual([]);
  });

  test.each([
    ['link', 'Call from a link?'],
    ['clipboard', 'Call the number you copied?'],
    ['command', 'Call from a script?'],
    ['dialled', 'Call again?'],
    ['caller', 'Call this number back?'],
    ['favourite', 'Call this number?'],
    ['typed', 'Call this number?'],
  ] as const)('with the origin %s is headed "%s"', async (provenance, title) => {
    await asked(question({ provenance }));
    screen.getByRole('region', { name: title });
  });

  test('shows each warning once, as a sentence', async () => {
    const { region } = await asked(
      question({
        plan: plan({ warnings: ['area-added', 'premium-rate', 'vanity'] }),
        guards: [{ id: 'premium-rate', params: {} }],
      }),
    );
    within(region).getByText('Your area code was added. Letters were converted to digits.');
    expect(within(region).getAllByText(/premium/u)).toHaveLength(1);
  });

  test('gives the reasons of its guards in order, and the focus to Cancel', async () => {
    const { region, user, answers } = await asked(
      question({
        guards: [
          { id: 'emergency', params: {} },
          { id: 'in-a-call', params: {} },
        ],
      }),
    );
    const reasons = within(within(region).getByRole('list', { name: 'Why Traydial asks' })).getAllByRole('listitem');
    expect(reasons.map((item) => item.textContent)).toEqual([
      'Emergency? Use your handset – calling from here rings your phone first.',
      "You're on a call, and this number comes from a link, a command or the clipboard.",
    ]);
    expect(focused()).toBe('Cancel');
    vi.advanceTimersByTime(600);
    await user.keyboard('{Enter}');
    expect(answers()).toEqual([{ id: 'q1', accept: false }]);
  });

  test.each(['{Enter}', ' '])('a key typed just after the question opened (%j) does not answer it', async (key) => {
    const { user, answers } = await asked();
    vi.advanceTimersByTime(400);
    await user.keyboard(key);
    // Whoever presses keys on end is still at something else.
    vi.advanceTimersByTime(400);
    await user.keyboard(key);
    expect(answers()).toEqual([]);
    vi.advanceTimersByTime(600);
    await user.keyboard(key);
    expect(answers()).toEqual([{ id: 'q1', accept: true }]);
  });

  test('a key that was already held down when the question opened does not answer it', async () => {
    const { answers } = await asked();
    vi.advanceTimersByTime(5_000);
    for (const key of ['Enter', ' ']) {
      const event = new KeyboardEvent('keydown', { key, repeat: true, bubbles: true, cancelable: true });
      // False: the press of the button was called off.
      expect(document.activeElement?.dispatchEvent(event)).toBe(false);
    }
    expect(answers()).toEqual([]);
  });

  test('bringing the window to the front restarts the time to read', async () => {
    const { user, answers } = await asked();
    vi.advanceTimersByTime(5_000);
    window.dispatchEvent(new Event('focus'));
    await user.keyboard('{Enter}');
    expect(answers()).toEqual([]);
  });

  test('further typing goes into the dial field, and Enter applies to that text', async () => {
    const { bridge, user, answers } = await asked(question(), (fake) =>
      fake.answer('dial.place', () => ok(placed(['requested']))),
    );
    vi.advanceTimersByTime(5_000);
    await user.keyboard('104');
    expect(dialField().value).toBe('104');
    await user.keyboard('{Enter}');
    expect(answers()).toEqual([]);
    expect(bridge.payloads('dial.place')).toEqual([
      { text: '104', provenance: 'typed', options: null, choice: null, external: false },
    ]);
  });

  test('Enter does not answer the question while the user types another number', async () => {
    const { bridge, user } = await openWindow({}, (fake) => fake.answer('dial.place', () => ok(placed(['requested']))));
    await user.type(dialField(), '104');
    bridge.push('dial', asking(question()));
    await screen.findByRole('region', { name: 'Call from a link?' });
    await user.keyboard('{Enter}');
    expect(bridge.payloads('dial.answer')).toEqual([]);
    expect(bridge.payloads('dial.place')).toEqual([
      { text: '104', provenance: 'typed', options: null, choice: null, external: false },
    ]);
  });

  test('has the focus also if the window is shown after the question', async () => {
    const { bridge } = await openWindow({ dial: asking(question()) });
    dialField().focus();
    bridge.show('dial');
    await waitFor(() => expect(focused()).toBe('Call'));
  });

  test.each(['click', 'Escape'])('Cancel by %s dials nothing and keeps the window', async (way) => {
    const { bridge, user, button, answers } = await asked();
    vi.advanceTimersByTime(600);
    if (way === 'click') await user.click(button('Cancel'));
    else await user.keyboard('{Escape}');
    expect(answers()).toEqual([{ id: 'q1', accept: false }]);
    expect(bridge.payloads('window.hide')).toEqual([]);
  });

  test('stays open with the reason if the answer failed', async () => {
    const { user, button } = await asked(question(), (fake) =>
      fake.answer('dial.answer', () => err(appError('dial-in-progress'))),
    );
    vi.advanceTimersByTime(600);
    await user.click(button('Call'));
    await screen.findByText(/Another call is being set up\./u);
    button('Call');
  });
});

describe('the time to undo', () => {
  const undo = () => question({ provenance: 'dialled', mode: 'undo', dueAt: Date.now() + 3_000 });

  test('shows the seconds and only an Undo button', async () => {
    const { region } = await asked(undo());
    within(region).getByText('3');
    expect(within(region).getAllByRole('button')).toHaveLength(1);
    expect(focused()).toBe('Cancel');
  });

  test('Cancel ends it', async () => {
    const { user, button, answers } = await asked(undo());
    await user.click(button('Cancel'));
    expect(answers()).toEqual([{ id: 'q1', accept: false }]);
  });

  test.each(['in the field, with text in it', 'in the settings'])('so does Escape %s', async (where) => {
    const { bridge, user, answers } = await asked(undo());
    if (where === 'in the settings') await user.click(screen.getByRole('button', { name: 'Settings' }));
    else await user.type(dialField(), '104');
    await user.keyboard('{Escape}');
    expect(answers()).toEqual([{ id: 'q1', accept: false }]);
    expect(bridge.payloads('window.hide')).toEqual([]);
    if (where !== 'in the settings') expect(dialField().value).toBe('104');
  });
});

describe('several numbers', () => {
  const several = question({
    provenance: 'clipboard',
    plan: null,
    candidates: [
      plan(),
      plan({ shown: '+1 201 555 0199', dial: '+12015550199', digitsAfterAnswer: ',,7' }),
      plan({ shown: '1002' }),
    ],
  });

  test('are chosen from with the arrow keys', async () => {
    const { region, user, answers } = await asked(several);
    const list = within(within(region).getByRole('list', { name: 'Numbers found' }));
    list.getByText('then press 7');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Call +1 201 555 0123' }));
    vi.advanceTimersByTime(600);
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}{Enter}');
    expect(answers()).toEqual([{ id: 'q1', accept: true, choice: 1 }]);
  });

  test('can all be rejected with Escape', async () => {
    const { user, answers } = await asked(several);
    await user.keyboard('{Escape}');
    expect(answers()).toEqual([{ id: 'q1', accept: false }]);
  });

  test('typed or pasted, are listed below the field; Enter dials none', async () => {
    const { bridge, user } = await openWindow({}, (fake) => {
      fake.answer('dial.preview', () => ok({ found: 'choose', candidates: several.candidates }));
      fake.answer('dial.place', () => ok(placed(['requested'])));
    });
    await user.type(dialField(), '201 555 0123 or 201 555 0199');
    await screen.findByText('Choose one of 3 numbers');
    await user.keyboard('{Enter}');
    expect(bridge.payloads('dial.place')).toEqual([]);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Call +1 201 555 0123' }));
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(dialField());
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(bridge.payloads('dial.place')).toEqual([
      {
        text: '201 555 0123 or 201 555 0199',
        provenance: 'typed',
        options: null,
        choice: '+12015550199',
        external: false,
      },
    ]);
  });
});

describe('typed numbers', () => {
  test('the line below the field shows the number that would be dialled, and why', async () => {
    const { user } = await openWindow({}, (fake) =>
      fake.answer('dial.preview', () =>
        ok({
          found: 'one',
          plan: plan({
            rule: 'Outside line',
            dial: '0012015550123',
            digitsAfterAnswer: ',,456#',
            warnings: ['not-valid'],
          }),
        }),
      ),
    );
    await user.type(dialField(), '2015550123,,456#');
    await screen.findByText(
      "Rule: Outside line · sent as 0012015550123 · then press 456 # · This number doesn't seem to exist",
    );
  });

  test('a question in place of the call takes the focus from the field, which is empty again', async () => {
    const { user } = await openWindow({}, (fake) =>
      fake.answer('dial.place', () => {
        fake.push('dial', asking(question({ provenance: 'typed', guards: [{ id: 'repeated', params: {} }] })));
        return ok(null);
      }),
    );
    await user.type(dialField(), '104{Enter}');
    await waitFor(() => expect(focused()).toBe('Cancel'));
    expect(dialField().value).toBe('');
  });
});

describe('digits for after the answer', () => {
  const then = plan({ digitsAfterAnswer: ',,456#' });

  test('stay on the card while the call is alive, and can be copied', async () => {
    const { bridge, user } = await openWindow({
      dial: { ...asking(null), placed: placed(['requested', 'connected'], { plan: then }) },
    });
    screen.getByText('456 #');
    await user.click(screen.getByRole('button', { name: 'Copy the digits to press' }));
    expect(bridge.payloads('clipboard.copy')).toEqual([{ text: '456#' }]);
    await screen.findAllByText('Copied');
    bridge.push('dial', { ...asking(null), placed: placed(['requested', 'connected', 'ended'], { plan: then }) });
    await waitFor(() => expect(screen.queryByText('456 #')).toBeNull());
  });

  test('an error of the clipboard is shown', async () => {
    const { user } = await openWindow(
      { dial: { ...asking(null), placed: placed(['requested'], { plan: then }) } },
      (fake) => fake.answer('clipboard.copy', () => err(appError('action-failed'))),
    );
    await user.click(screen.getByRole('button', { name: 'Copy the digits to press' }));
    await screen.findByText(/This computer didn't allow that\./u);
  });
});
