import { expect, test } from 'vitest';
import type { TrayLook } from '../../../src/main/tray/detect-tray.ts';
import { TrayWatch } from '../../../src/main/tray/tray-watch.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** A desktop whose panel comes and goes, and Electron's icon on it. */
function desk({ olderPanel = false } = {}) {
  const clock = new ManualClock();
  /** What a look finds: a panel, and whether it lists the icon. */
  const panel = { there: false, listsIcon: false, takesNew: true, older: olderPanel };
  const looks: number[] = [];
  const made: number[] = [];
  const states: string[] = [];
  const lost: number[] = [];
  const start = clock.now();
  const at = (): number => clock.now() - start;
  const look = (): Promise<TrayLook> => {
    looks.push(at());
    return Promise.resolve(!panel.there ? 'absent' : panel.listsIcon ? 'registered' : 'unregistered');
  };
  const watch = new TrayWatch({
    look,
    clock,
    olderPanel: () => Promise.resolve(panel.older),
    makeAgain: () => {
      made.push(at());
      panel.listsIcon = panel.takesNew;
    },
    onChange: (state) => {
      if (states.at(-1) !== state) states.push(state);
    },
    onLost: () => lost.push(at()),
  });
  return { clock, panel, looks, made, states, lost, watch };
}

test('an icon that is shown is checked every two minutes', async () => {
  const { clock, panel, looks, made, states } = desk();
  Object.assign(panel, { there: true, listsIcon: true });
  await clock.advance(241_000);
  expect(looks).toEqual([1_000, 121_000, 241_000]);
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
  const { clock, panel, looks, states } = desk();
  await clock.advance(30_000);
  expect(looks).toEqual([1_000, 3_000, 8_000, 15_000, 30_000]);
  await clock.advance(3_600_000);
  panel.there = true;
  await clock.advance(61_000);
  expect(states.at(-1)).toBe('shown');
});

test('without a tray for a while, onLost is called', async () => {
  const { clock, lost } = desk();
  await clock.advance(7_000);
  expect(lost).toEqual([]);
  await clock.advance(1_000);
  expect(lost).toEqual([8_000]);
});

test('where an older panel may show the icon nothing is claimed, and a watcher that comes gets it', async () => {
  const { clock, panel, states, lost } = desk({ olderPanel: true });
  await clock.advance(30_000);
  expect([states, lost]).toEqual([['unknown'], []]);
  panel.there = true;
  await clock.advance(61_000);
  expect(states).toEqual(['unknown', 'shown']);
});

test('an older panel that ends leaves no tray', async () => {
  const { clock, panel, states, lost } = desk({ olderPanel: true });
  await clock.advance(30_000);
  panel.older = false;
  await clock.advance(179_000);
  expect([states, lost]).toEqual([['unknown', 'missing'], []]);
  await clock.advance(60_000);
  expect(lost).toHaveLength(1);
});

test('a watcher that never lists the icon is tried three times, nothing is claimed, and the window stays in reach', async () => {
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

test('lookNow notices a panel that has ended', async () => {
  const { clock, panel, watch, states, lost } = desk();
  Object.assign(panel, { there: true, listsIcon: true });
  await clock.advance(10_000);
  Object.assign(panel, { there: false, listsIcon: false });
  watch.lookNow();
  await clock.advance(0);
  expect(states).toEqual(['shown', 'missing']);
  await clock.advance(8_000);
  expect(lost[0]).toBe(13_000);
});

test('while the bus does not answer, the state is unknown and it is not asked a second time', async () => {
  const clock = new ManualClock();
  let asked = 0;
  const states: string[] = [];
  const watch = new TrayWatch({
    look: () => {
      asked += 1;
      return new Promise<TrayLook>((resolve) => void clock.after(20_000, () => resolve('unknown')));
    },
    clock,
    olderPanel: () => Promise.resolve(false),
    makeAgain: () => states.push('made again'),
    onChange: (state) => states.push(state),
    onLost: () => states.push('lost'),
  });
  await clock.advance(10_000);
  watch.lookNow();
  await clock.advance(5_000);
  expect(asked).toBe(1);
  await clock.advance(10_000);
  expect(states).toEqual(['unknown']);
  watch.stop();
  await clock.advance(600_000);
  expect(states).toEqual(['unknown']);
});

test.for([
  [false, 'is told that perhaps nothing leads back to it'],
  [true, 'is left alone with an older panel'],
] as const)('where nobody can be asked the window (older panel: %s) %s', async ([older]) => {
  const clock = new ManualClock();
  const states: string[] = [];
  new TrayWatch({
    look: () => Promise.resolve('unknown'),
    clock,
    olderPanel: () => Promise.resolve(older),
    makeAgain: () => states.push('made again'),
    onChange: (state) => states.push(state),
    onLost: () => states.push('lost'),
  });
  await clock.advance(8_000);
  expect(states).toEqual(older ? ['unknown', 'unknown', 'unknown'] : ['unknown', 'unknown', 'unknown', 'lost']);
});
