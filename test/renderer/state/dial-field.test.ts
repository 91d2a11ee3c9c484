import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DialField } from '../../../src/renderer/state/dial-field.svelte.ts';
import { Store } from '../../../src/renderer/state/store.svelte.ts';
import { appError, type ErrorCode } from '../../../src/shared/errors.ts';
import type { FoundNumber } from '../../../src/shared/people.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { FakeBridge } from '../support/fake-bridge.ts';
import { plan, state } from '../support/samples.ts';

let bridge: FakeBridge;
let dial: DialField;

beforeEach(() => {
  vi.useFakeTimers();
  bridge = new FakeBridge(state());
  dial = new DialField(new Store(bridge, bridge.state, () => []));
});

afterEach(() => vi.useRealTimers());

const refuseWith = (code: ErrorCode): void =>
  bridge.answer('dial.preview', () => ok({ found: 'none', refusal: appError(code) }));

test('fast typing requests one preview, for the last text', async () => {
  bridge.answer('dial.preview', () => ok({ found: 'one', plan: plan() }));
  for (const text of ['2', '20', '201']) dial.type(text);
  await vi.advanceTimersByTimeAsync(119);
  expect(bridge.payloads('dial.preview')).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(bridge.payloads('dial.preview')).toEqual([{ text: '201' }]);
  expect(dial.plan?.shown).toBe('+1 201 555 0123');
});

test('an error is shown after a pause of a second and a half, not earlier', async () => {
  refuseWith('number-several');
  dial.type('201 555 0123, 201 555 0124');
  await vi.advanceTimersByTimeAsync(1499);
  expect(dial.error).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  expect(dial.error?.code).toBe('number-several');
});

test('a number that is still too short shows no error before Enter', async () => {
  refuseWith('number-too-short');
  dial.type('1');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(bridge.payloads('dial.preview')).toEqual([{ text: '1' }]);
  expect(dial.error).toBeNull();
});

test('the preview of a text that was changed meanwhile is not shown', async () => {
  let answerFirst = (): void => undefined;
  bridge.answer(
    'dial.preview',
    () => new Promise((resolve) => (answerFirst = () => resolve(ok({ found: 'one', plan: plan({ shown: 'old' }) })))),
  );
  dial.type('2');
  await vi.advanceTimersByTimeAsync(120);
  dial.type('');
  answerFirst();
  await vi.advanceTimersByTimeAsync(0);
  expect(dial.plan).toBeNull();
});

test('text typed while a call is being placed stays in the field, and an error of that call is shown', async () => {
  let place = (): void => undefined;
  bridge.answer('dial.place', () => new Promise((resolve) => (place = () => resolve(err(appError('pbx-refused'))))));
  dial.type('104');
  const placing = dial.call();
  dial.type('105');
  place();
  await placing;
  expect(dial.text).toBe('105');
  expect(dial.error?.code).toBe('pbx-refused');
});

test('numbers to choose from count as outdated as soon as the text changes', async () => {
  bridge.answer('dial.preview', () => ok({ found: 'choose', candidates: [plan(), plan({ dial: '1002' })] }));
  dial.type('201 555 0123; 1002');
  await vi.advanceTimersByTimeAsync(120);
  expect(dial.isChoosing).toBe(true);
  dial.type('1003');
  expect(dial.isChoosing).toBe(false);
});

test('the chosen one of several numbers is dialled, and the field is empty again', async () => {
  bridge.answer('dial.place', () => ok(null));
  dial.type('201 555 0123; 1002');
  await dial.call('1002');
  expect(bridge.payloads('dial.place')).toEqual([
    { text: '201 555 0123; 1002', provenance: 'typed', external: false, options: null, choice: '1002' },
  ]);
  expect(dial.text).toBe('');
});

/** Finds Maria for "ma" and Max for "max". */
function answerSearch(): void {
  bridge.answer('dial.place', () => ok(null));
  bridge.answer('dial.preview', () => ok({ found: 'none', refusal: appError('number-letters') }));
  const person = (name: string, number: string): FoundNumber => ({
    name,
    company: '',
    department: '',
    number,
    kind: 'extension',
  });
  bridge.answer('people.find', ({ text }) =>
    ok({ people: [...(text === 'ma' ? [person('Maria', '101')] : []), person('Max', '102')], numbers: {} }),
  );
}

test.each([{ provenance: 'dialled', external: true }, { provenance: 'caller' }, { provenance: 'directory' }] as const)(
  'a number that the user did not choose is not put into the field as typed text: %o',
  async (chosen) => {
    bridge.answer('dial.place', () => err(appError('own-number-unknown')));
    await dial.callNumber({ number: '104', ...chosen });
    expect(dial.error?.code).toBe('own-number-unknown');
    expect(dial.text).toBe('');
  },
);

test('Enter right after the last letter waits for the search of the whole text and calls its first result', async () => {
  answerSearch();
  dial.type('ma');
  await vi.advanceTimersByTimeAsync(120);
  expect(dial.selected?.name).toBe('Maria');
  dial.type('max');
  expect(dial.selected).toBeNull();
  await dial.call();
  expect(bridge.payloads('dial.place')).toMatchObject([{ text: '102', provenance: 'directory' }]);
});

test('Enter places no call if the text changes before the search answers', async () => {
  answerSearch();
  dial.type('ma');
  const calling = dial.call();
  dial.type('max');
  await calling;
  await vi.advanceTimersByTimeAsync(120);
  expect(bridge.payloads('dial.place')).toEqual([]);
});

test('Enter pressed twice before the search answered places one call', async () => {
  answerSearch();
  dial.type('ma');
  await Promise.all([dial.call(), dial.call()]);
  expect(bridge.payloads('dial.place')).toMatchObject([{ text: '101' }]);
});
