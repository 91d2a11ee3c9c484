import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, vi } from 'vitest';
import { IDLE, type DialQuestion } from '../../../src/shared/dial.ts';
import { ok } from '../../../src/shared/result.ts';
import type { State } from '../../../src/shared/state.ts';
import type { FakeBridge } from './fake-bridge.ts';
import { openWindow } from './open.ts';
import { question } from './samples.ts';

export const asking = (value: DialQuestion | null): State['dial'] => ({ ...IDLE, question: value });
const answersOk = (fake: FakeBridge): void =>
  fake.answer('dial.answer', () => {
    fake.push('dial', asking(null));
    return ok(null);
  });

/** Opens the window, lets a question come, and waits until it has the focus. Time stands still meanwhile. */
export async function asked(value: DialQuestion = question(), prepare: (bridge: FakeBridge) => void = () => undefined) {
  vi.useFakeTimers({ toFake: ['performance'] });
  const opened = await openWindow({}, (fake) => {
    answersOk(fake);
    prepare(fake);
  });
  opened.bridge.push('dial', asking(value));
  const region = await screen.findByRole('region', {
    name: /^(?:Call .*\?|Calling in a moment…|Which number.*\?)$/u,
  });
  await waitFor(() => expect(region.contains(document.activeElement)).toBe(true));
  const button = (name: string) => within(region).getByRole('button', { name });
  return { ...opened, region, button, answers: () => opened.bridge.payloads('dial.answer') };
}
