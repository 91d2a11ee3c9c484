import { expect, test } from 'vitest';
import { dialling } from '../../src/messages/en/dialling.ts';
import type { Guard } from '../../src/shared/dial-guards.ts';

test.each<[guard: Guard, sentence: string]>([
  [{ id: 'satellite', params: {} }, 'Calls to satellite and special networks can be very expensive.'],
  [
    { id: 'emergency', params: { number: '911' } },
    'The PBX would call 911. Emergency? Use your handset – calling from here rings your phone first.',
  ],
  [{ id: 'rewritten', params: { number: '100' } }, 'A dial rule calls 100 instead of this number.'],
  [
    { id: 'premium-rate', params: { countries: ['FR', 'IE'] } },
    'This may be a premium number in France or Ireland. Set your country so that Traydial knows.',
  ],
  [
    { id: 'premium-rate', params: { number: '0900 123', countries: ['DE'] } },
    '0900 123 may be a premium number in Germany. Set your country so that Traydial knows.',
  ],
  [{ id: 'feature-code', params: { effect: 'park' } }, 'This feature code usually parks a call.'],
  [
    { id: 'feature-code', params: { effect: 'forward-all', to: '0900123456' } },
    'This feature code usually forwards all your calls, here to 0900123456.',
  ],
])('%j is shown as a full sentence', (guard, sentence) => {
  expect(dialling.guardReason(guard)).toBe(sentence);
});

test('a reason names at most three countries', () => {
  const reason = dialling.guardReason({ id: 'premium-rate', params: { countries: ['FR', 'AU', 'IE', 'NO'] } });
  expect(reason).toMatch(/France, Australia, Ireland,? or elsewhere\./u);
});
