import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { errorText } from '../../../src/messages/error-text.ts';
import { ENGLISH } from '../../../src/messages/error-messages.ts';
import { IDLE } from '../../../src/shared/dial.ts';
import { appError } from '../../../src/shared/errors.ts';
import { ok } from '../../../src/shared/result.ts';
import { asked, asking } from '../support/asked.ts';
import { dialField, openWindow } from '../support/open.ts';
import { question } from '../support/samples.ts';

afterEach(() => void vi.useRealTimers());

test('the second click of a double click on the question before does not answer the next one', async () => {
  const { bridge, user, button, answers } = await asked(question(), (fake) =>
    fake.answer('dial.answer', () => {
      fake.push('dial', asking(question({ id: 'q2' })));
      return ok(null);
    }),
  );
  vi.advanceTimersByTime(600);
  await user.click(button('Call'));
  await waitFor(() => expect(bridge.state.dial.question?.id).toBe('q2'));
  const call = (): HTMLElement =>
    within(screen.getByRole('region', { name: 'Call from a link?' })).getByRole('button', { name: 'Call' });
  await user.click(call());
  expect(answers()).toEqual([{ id: 'q1', accept: true }]);
  vi.advanceTimersByTime(600);
  await user.click(call());
  expect(answers().at(-1)).toEqual({ id: 'q2', accept: true });
});

test.each([
  [1, '1 more number is waiting.'],
  [4, '4 more numbers are waiting.'],
])('a question says how many more wait: %i', async (waiting, text) => {
  const { bridge, user } = await asked(question());
  bridge.answer('links.ignore', () => ok(null));
  expect(screen.queryByText(/more numbers? (?:is|are) waiting/u)).toBeNull();
  bridge.push('dial', { ...asking(question()), waiting });
  await screen.findByText(text);
  vi.advanceTimersByTime(600);
  await user.click(screen.getByRole('button', { name: 'Ignore links for 10 minutes' }));
  expect(bridge.payloads('links.ignore')).toEqual([{ ignore: true }]);
});

test("a question in the background offers to ignore links; a question about the user's own number does not", async () => {
  const { bridge } = await asked(question());
  bridge.push('dial', { ...asking(question()), inBackground: true });
  await screen.findByRole('button', { name: 'Ignore links for 10 minutes' });
  bridge.push('dial', { ...asking(question({ id: 'q2', provenance: 'typed' })), waiting: 1, inBackground: true });
  await screen.findByText('1 more number is waiting.');
  expect(screen.queryByRole('button', { name: 'Ignore links for 10 minutes' })).toBeNull();
});

test('while links are ignored the window says until when, and can open them again', async () => {
  const { bridge, user } = await openWindow({ dial: { ...IDLE, ignoredUntil: new Date(2026, 0, 5, 9, 10).getTime() } });
  bridge.answer('links.ignore', () => ok(null));
  screen.getByText(/Links are ignored until 0?9:10/u);
  await user.click(screen.getByRole('button', { name: 'Open links again' }));
  expect(bridge.payloads('links.ignore')).toEqual([{ ignore: false }]);
});

describe('a click that comes within half a second after the question', () => {
  test.each(['link', 'command', 'clipboard', 'dialled'] as const)(
    'does not answer the question: %s',
    async (provenance) => {
      const { user, button, answers } = await asked(question({ provenance }));
      for (const name of ['Call', 'Cancel']) {
        vi.advanceTimersByTime(400);
        await user.click(button(name));
      }
      expect(answers()).toEqual([]);
      vi.advanceTimersByTime(600);
      await user.click(button('Call'));
      expect(answers()).toEqual([{ id: 'q1', accept: true }]);
    },
  );

  test('answers the question if the user caused it in the window, but not if a link came first', async () => {
    for (const [provenance, answered] of [
      ['typed', 1],
      ['link', 0],
    ] as const) {
      vi.useFakeTimers({ toFake: ['performance'] });
      const { bridge, user } = await openWindow({}, (fake) =>
        fake.answer('dial.place', () => {
          fake.push('dial', asking(question({ provenance })));
          return ok(null);
        }),
      );
      bridge.answer('dial.answer', () => ok(null));
      await user.type(dialField(), '104{Enter}');
      const region = await screen.findByRole('region', { name: /^Call (?:from a link|this number)/u });
      await user.click(within(region).getByRole('button', { name: 'Call' }));
      expect(bridge.payloads('dial.answer')).toHaveLength(answered);
      cleanup();
    }
  });
});

test('an error during an open question is shown at the field and not in the question', async () => {
  const { bridge, button, region } = await asked();
  const error = appError('link-invalid');
  bridge.push('dial', { ...asking(question()), refusal: { error, provenance: 'link', at: 1 } });
  const shown = await screen.findByText(new RegExp(errorText(ENGLISH, error).message));
  // The question is docked to the bottom of the window, so nothing above it moves its buttons.
  expect(region.contains(shown)).toBe(false);
  expect(region.closest('[data-docked]')).not.toBeNull();
  expect(dialField().getAttribute('aria-describedby')?.split(' ')).toContain(shown.closest('[role=alert]')?.id);
  expect(button('Call').isConnected).toBe(true);
});
