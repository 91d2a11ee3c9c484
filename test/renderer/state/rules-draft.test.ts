import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fromPreset, presetsFor } from '../../../src/renderer/lib/rule-presets.ts';
import { RulesDraft } from '../../../src/renderer/state/rules-draft.svelte.ts';
import { Store } from '../../../src/renderer/state/store.svelte.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { FakeBridge } from '../support/fake-bridge.ts';
import { SETTINGS, state } from '../support/samples.ts';

let bridge: FakeBridge;
let rules: RulesDraft;
const [{ rule: empty } = { rule: null }] = presetsFor('');
if (empty === null) throw new Error('no presets');

beforeEach(() => {
  vi.useFakeTimers();
  bridge = new FakeBridge(state());
  const store = new Store(bridge, bridge.state, () => []);
  bridge.on('state', (push) => store.receive(push));
  bridge.answer('rules.explain', () => ok({ problems: [], sample: [], lines: [] }));
  rules = new RulesDraft(store);
});

afterEach(() => vi.useRealTimers());

test('fast typing causes one check, after a pause', async () => {
  for (let count = 0; count < 3; count++) rules.check();
  await vi.advanceTimersByTimeAsync(149);
  expect(bridge.payloads('rules.explain')).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(bridge.payloads('rules.explain')).toHaveLength(1);
});

test('an answer about an older draft is not shown', async () => {
  const waiting: (() => void)[] = [];
  bridge.answer(
    'rules.explain',
    ({ rules: draft }) =>
      new Promise((resolve) => {
        const problem = { code: 'never-reached', params: { name: draft.areaCode } } as const;
        const problems = [{ rule: null, field: 'areaCode', problem, blocks: true } as const];
        waiting.push(() => resolve(ok({ problems, sample: [], lines: [] })));
      }),
  );
  for (const areaCode of ['1', '2']) {
    rules.change({ areaCode });
    rules.check();
    await vi.advanceTimersByTimeAsync(150);
  }
  for (const answer of waiting.reverse()) {
    answer();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(rules.problem(null, 'areaCode')).toMatchObject({ params: { name: '2' } });
});

test('parts of the draft that were not edited follow the settings', () => {
  rules.change({ areaCode: '30' });
  bridge.push('settings', { ...SETTINGS, dialling: { ...SETTINGS.dialling, country: 'DE' } });
  expect(rules.draft).toMatchObject({ country: 'DE', areaCode: '30' });
  bridge.push('settings', { ...SETTINGS, dialling: { ...SETTINGS.dialling, areaCode: '30' } });
  expect(rules.dirty).toBe(false);
});

test('text typed while the draft is being saved stays a draft', async () => {
  let save = (): void => undefined;
  bridge.answer(
    'settings.change',
    () =>
      new Promise((resolve) => {
        save = () => {
          bridge.push('settings', { ...SETTINGS, dialling: { ...SETTINGS.dialling, areaCode: '30' } });
          resolve(ok(bridge.state.settings));
        };
      }),
  );
  rules.change({ areaCode: '30' });
  const saved = rules.save();
  await vi.advanceTimersByTimeAsync(0);
  rules.change({ areaCode: '3020' });
  save();
  await saved;
  expect(rules.draft.areaCode).toBe('3020');
  expect(rules.dirty).toBe(true);
});

test('a draft that main rejects is kept, with the reason', async () => {
  bridge.answer('settings.change', () => err(appError('storage-failed')));
  rules.change({ areaCode: '30' });
  await rules.save();
  expect(rules.error?.code).toBe('storage-failed');
  expect(rules.draft.areaCode).toBe('30');
});

test('every new rule gets an unused id, also after rules were removed', () => {
  for (let count = 0; count < 3; count++) rules.add(fromPreset(empty, 'New rule', rules.draft.rules));
  rules.remove('rule-1');
  rules.add(fromPreset(empty, 'New rule', rules.draft.rules));
  const ids = rules.draft.rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
});

test('a rule at the end of the list cannot be moved further', () => {
  rules.add(fromPreset(empty, 'New rule', []));
  rules.move('rule-1', 1);
  rules.move('rule-1', -1);
  rules.move('nobody', 1);
  expect(rules.draft.rules.map(({ id }) => id)).toEqual(['rule-1']);
});
