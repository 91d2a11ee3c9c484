import { expect, test } from 'vitest';
import type { IconState } from '../../../src/main/tray/detect-tray.ts';
import { TrayWatch } from '../../../src/main/tray/tray-watch.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** A desktop whose panel starts and ends, and Electron's icon on it. */
function desk({ xembedTray = false } = {}) {
  const clock = new ManualClock();
  /** The result of a check: whether there is a panel, and whether it lists the icon. */
  const panel = { there: false, listsIcon: false, takesNew: true, xembed: xembedTray };
  const checks: number[] = [];
  const made: number[] = [];
  const states: string[] = [];
  const lost: number[] = [];
  const start = clock.now();
  const at = (): number => clock.now() - start;
  const check = (): Promise<IconState> => {
    checks.push(at());
    return Promise.resolve(!panel.there ? 'absent' : panel.listsIcon ? 'registered' : 'unregistered');
  };
  const watch = new TrayWatch({
    check,
    clock,
    xembedTray: () => Promise.resolve(panel.xembed),
    recreate: () => {
      made.push(at());
      panel.listsIcon = panel.takesNew;
    },
    onChange: (state) => {
      if (states.at(-1) !== state) states.push(state);
    },
    onLost: () => lost.push(at()),
  });
  return { clock, panel, checks, made, states, lost, watch };
}

test('an icon that is shown is checked every two minutes', async () => {
  const { clock, panel, checks, made, states } = desk();
  Object.assign(panel, { there: true, listsIcon: true });
  await clock.advance(241_000);
  expect(checks).toEqual([1_000, 121_000, 241_000]);
  expect(states).toEqual(['shown']);
  expect(made).toEqual([]);
});

test('a panel that starts late gets the icon, which only then counts as shown', async () => {
  const { clock, panel, made, states, lost } = desk();
  await clock.advance(4_000);
  panel.there = true;
  await clock.advance(5_000);
  expect(made).toEqual([8_000]);
  expect(states).toEqual(['missing', 'shown']);
  expect(lost).toEqual([]);
});

test('a panel that starts hours later gets the icon within a minute', async () => {
  const { clock, panel, checks, states } = desk();
  await clock.advance(30_000);
  expect(checks).toEqual([1_000, 3_000, 8_000, 15_000, 30_000]);
  await clock.advance(3_600_000);
  panel.there = true;
  await clock.advance(61_000);
  expect(states.at(-1)).toBe('shown');
});

test('onLost is called when the tray has been missing for a while', async () => {
  const { clock, lost } = desk();
  await clock.advance(7_000);
  expect(lost).toEqual([]);
  await clock.advance(1_000);
  expect(lost).toEqual([8_000]);
});

test('an XEmbed tray may show the icon, so the state is unknown until a watcher starts and lists it', async () => {
  const { clock, panel, states, lost } = desk({ xembedTray: true });
  await clock.advance(30_000);
  expect([states, lost]).toEqual([['unknown'], []]);
  panel.there = true;
  await clock.advance(61_000);
  expect(states).toEqual(['unknown', 'shown']);
});

test('an XEmbed tray that ends leaves the state missing, and onLost is called after three checks', async () => {
  const { clock, panel, states, lost } = desk({ xembedTray: true });
  await clock.advance(30_000);
  panel.xembed = false;
  await clock.advance(179_000);
  expect([states, lost]).toEqual([['unknown', 'missing'], []]);
  await clock.advance(60_000);
  expect(lost).toHaveLength(1);
});

test('the icon is made three times for a watcher that never lists it, then the state is unknown and onLost is called', async () => {
  const { clock, panel, made, states, lost } = desk();
  Object.assign(panel, { there: true, takesNew: false });
  await clock.advance(3_600_000);
  expect(made).toHaveLength(3);
  expect(states).toEqual(['unknown']);
  expect(lost.length).toBeGreaterThan(0);
  Object.assign(panel, { there: false, takesNew: true });
  await clock.advance(60_000);
  panel.there = true;
  await clock.advance(61_000);
  expect(states.at(-1)).toBe('shown');
});

test('checkNow notices a panel that has ended', async () => {
  const { clock, panel, watch, states, lost } = desk();
  Object.assign(panel, { there: true, listsIcon: true });
  await clock.advance(10_000);
  Object.assign(panel, { there: false, listsIcon: false });
  watch.checkNow();
  await clock.advance(0);
  expect(states).toEqual(['shown', 'missing']);
  await clock.advance(8_000);
  expect(lost[0]).toBe(13_000);
});

test('the state is unknown while the bus does not answer, and no second query is sent', async () => {
  const clock = new ManualClock();
  let asked = 0;
  const states: string[] = [];
  const watch = new TrayWatch({
    check: () => {
      asked += 1;
      return new Promise<IconState>((resolve) => void clock.after(20_000, () => resolve('unknown')));
    },
    clock,
    xembedTray: () => Promise.resolve(false),
    recreate: () => states.push('made again'),
    onChange: (state) => states.push(state),
    onLost: () => states.push('lost'),
  });
  await clock.advance(10_000);
  watch.checkNow();
  await clock.advance(5_000);
  expect(asked).toBe(1);
  await clock.advance(10_000);
  expect(states).toEqual(['unknown']);
  watch.stop();
  await clock.advance(600_000);
  expect(states).toEqual(['unknown']);
});

test.for([
  [false, 'onLost is called after three checks'],
  [true, 'onLost is not called'],
] as const)('when the bus cannot be asked and an XEmbed tray runs: %s, %s', async ([xembedTray]) => {
  const clock = new ManualClock();
  const states: string[] = [];
  new TrayWatch({
    check: () => Promise.resolve('unknown'),
    clock,
    xembedTray: () => Promise.resolve(xembedTray),
    recreate: () => states.push('made again'),
    onChange: (state) => states.push(state),
    onLost: () => states.push('lost'),
  });
  await clock.advance(8_000);
  expect(states).toEqual(xembedTray ? ['unknown', 'unknown', 'unknown'] : ['unknown', 'unknown', 'unknown', 'lost']);
});

test('no check follows when making the icon again fails and stops the watch', async () => {
  const clock = new ManualClock();
  const watch: TrayWatch = new TrayWatch({
    check: () => Promise.resolve('unregistered'),
    clock,
    xembedTray: () => Promise.resolve(false),
    recreate: () => watch.stop(),
    onChange: () => {},
    onLost: () => {},
  });
  await clock.advance(1_000);
  expect(clock.pending()).toEqual([]);
});
