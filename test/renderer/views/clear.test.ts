import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { ok } from '../../../src/shared/result.ts';
import { dialField, openWindow } from '../support/open.ts';
import { recent } from '../support/samples.ts';

const both = { recents: [recent(), recent({ id: 'r2', name: 'Tom Berg', number: '104' })] };

test('recent calls are deleted only after a question', async () => {
  const { user } = await openWindow(both, (fake) =>
    fake.answer('recents.clear', () => {
      fake.push('recents', []);
      return ok(null);
    }),
  );
  await user.click(screen.getByRole('button', { name: /^Clear/u }));
  await screen.findByRole('alertdialog', { name: /^Delete the whole history\?/u });
  await user.click(screen.getByRole('button', { name: 'Delete' }));
  await screen.findByText('No recent calls yet. Calls you make and receive show up here.');
  expect(document.activeElement).toBe(dialField());
});

test('a double click on Clear, Enter pressed twice, Keep and Escape delete nothing', async () => {
  const { bridge, user } = await openWindow(both);
  const clear = screen.getByRole('button', { name: /^Clear/u });
  await user.dblClick(clear);
  await user.keyboard('{Escape}');
  await waitFor(() => expect(document.activeElement).toBe(clear));
  await user.keyboard('{Enter}{Enter}{Enter}');
  await user.click(screen.getByRole('button', { name: 'Keep' }));
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(bridge.payloads('recents.clear')).toEqual([]);
});
