import { screen, waitFor } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import { useLanguage } from '../../../src/renderer/state/messages.svelte.ts';
import { openWindow } from '../support/open.ts';
import { call, DESKTOP, live } from '../support/samples.ts';

afterEach(() => useLanguage('en'));

test('the window opens in the language that main found', async () => {
  await openWindow({ desktop: { ...DESKTOP, language: 'de' }, calls: live(call()) });
  expect(screen.getByText('Im Gespräch')).toBeDefined();
  expect(document.documentElement.lang).toBe('de');
});

test('another language is shown at once, without a restart', async () => {
  const { bridge } = await openWindow({ calls: live(call()) });
  expect(screen.getByText('Talking')).toBeDefined();
  bridge.push('desktop', { ...DESKTOP, language: 'de' });
  await waitFor(() => expect(screen.getByText('Im Gespräch')).toBeDefined());
});
