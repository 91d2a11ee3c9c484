import { expect, test } from 'vitest';
import { Desktop } from '../../src/main/desktop-state.ts';
import type { Notice } from '../../src/shared/notice.ts';
import { SAMPLE_DESKTOP } from '../support/samples.ts';

const missing: Notice = { id: 'tray-missing' };

function desktop() {
  let changes = 0;
  const made = new Desktop({ ...SAMPLE_DESKTOP, tray: 'unknown' }, () => {
    changes += 1;
  });
  return { made, changes: () => changes };
}

test('a notice is shown once and removed with its reason', () => {
  const { made } = desktop();
  made.showNotice(missing);
  made.showNotice({ ...missing });
  expect(made.state.notices).toEqual([missing]);
  made.withdraw('tray-missing');
  expect(made.state.notices).toEqual([]);
});

test('a dismissed notice does not return', () => {
  const { made, changes } = desktop();
  made.showNotice(missing);
  made.dismiss('tray-missing');
  const before = changes();
  made.showNotice(missing);
  expect(made.state.notices).toEqual([]);
  expect(changes()).toBe(before);
});

test('every change calls onChange', () => {
  const { made, changes } = desktop();
  made.change({ tray: 'shown' });
  expect(made.state.tray).toBe('shown');
  expect(changes()).toBe(1);
});
