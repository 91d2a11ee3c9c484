import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { IDLE, type DialPlan } from '../../../src/shared/dial.ts';
import { openWindow } from '../support/open.ts';
import { plan, question } from '../support/samples.ts';

/** A question with several numbers to choose from, once it has the focus. */
async function choice(candidates: DialPlan[]) {
  const { bridge } = await openWindow();
  bridge.push('dial', {
    ...IDLE,
    question: question({ provenance: 'clipboard', plan: null, candidates }),
  });
  const region = await screen.findByRole('region', { name: /Which number/u });
  await waitFor(() => expect(region.contains(document.activeElement)).toBe(true));
  return { region, calls: within(region).getAllByRole('button', { name: /^Call /u }) };
}

test('labels each number', async () => {
  const { region, calls } = await choice([
    plan({ label: 'phone' }),
    plan({ shown: '+1 201 555 0188', dial: '+12015550188', label: 'mobile' }),
    plan({ shown: '+1 201 555 0177', dial: '+12015550177' }),
    plan({ shown: '+1 201 555 0199', dial: '+12015550199', label: 'fax', digitsAfterAnswer: ',,7' }),
  ]);
  expect(calls.map((button) => button.getAttribute('aria-label')?.trim())).toEqual([
    'Call +1 201 555 0123 Phone',
    'Call +1 201 555 0188 Mobile',
    'Call +1 201 555 0177',
    'Call +1 201 555 0199 Fax · then press 7',
  ]);
  within(region).getByText('Mobile');
  expect(document.activeElement).toBe(calls[0]);
});

test('Enter does not call a number that is or may be a fax', async () => {
  const { calls } = await choice([
    plan({ label: 'maybe-fax' }),
    plan({ shown: '+1 201 555 0199', dial: '+12015550199', label: 'fax' }),
  ]);
  expect(calls).not.toContain(document.activeElement);
});
