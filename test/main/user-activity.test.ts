import { expect, test } from 'vitest';
import { userActivityOf } from '../../src/main/user-activity.ts';

const inState = (state: 'active' | 'idle' | 'locked' | 'unknown') => ({ getSystemIdleState: () => state });

test('a computer without input or with a locked screen is idle; one without idle information counts as in use', () => {
  expect(userActivityOf(inState('idle'), () => false)).toEqual({ windowVisible: false, idle: true });
  expect(userActivityOf(inState('locked'), () => true)).toEqual({ windowVisible: true, idle: true });
  expect(userActivityOf(inState('active'), () => true)).toEqual({ windowVisible: true, idle: false });
  expect(userActivityOf(inState('unknown'), () => false).idle).toBe(false);
  const broken = {
    getSystemIdleState: () => {
      throw new Error('no session bus');
    },
  };
  expect(userActivityOf(broken, () => false).idle).toBe(false);
});
