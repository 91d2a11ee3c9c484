import { expect, test } from 'vitest';
import { presenceOf } from '../../src/main/presence.ts';

const inState = (state: 'active' | 'idle' | 'locked' | 'unknown') => ({ getSystemIdleState: () => state });

test('an untouched or locked computer is idle, and one without idle information is in use', () => {
  expect(presenceOf(inState('idle'), () => false)).toEqual({ windowVisible: false, idle: true });
  expect(presenceOf(inState('locked'), () => true)).toEqual({ windowVisible: true, idle: true });
  expect(presenceOf(inState('active'), () => true)).toEqual({ windowVisible: true, idle: false });
  expect(presenceOf(inState('unknown'), () => false).idle).toBe(false);
  const broken = {
    getSystemIdleState: () => {
      throw new Error('no session bus');
    },
  };
  expect(presenceOf(broken, () => false).idle).toBe(false);
});
