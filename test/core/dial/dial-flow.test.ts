import { describe, expect, test } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { isOwn, type Origin } from '../../../src/shared/provenance.ts';
import { FlowDesk, missed, ORIGINS } from './support/flow-desk.ts';

const NUMBER = '+12015550123';
const OTHER = '+12015550199';
/** The text from each source: only the source `link` sends a link. */
const textOf = (number: string, origin: Origin): string => (origin === 'link' ? `tel:${number}` : number);

describe.each(ORIGINS.filter((origin) => origin !== 'caller'))('a number with the origin %s', (origin) => {
  test('causes a question, and is dialled only after a yes', async () => {
    const desk = new FlowDesk('ask');
    await desk.dial(textOf(NUMBER, origin), origin);
    expect(desk.question).toMatchObject({
      provenance: origin,
      mode: 'ask',
      dueAt: null,
      plan: { dial: NUMBER },
      guards: [],
    });
    await desk.clock.advance(3_600_000);
    expect(desk.numbers).toEqual([]);
    expect((await desk.answer(true)).ok).toBe(true);
    expect(desk.numbers).toEqual([NUMBER]);
    expect(desk.question).toBeNull();
  });

  test('causes a question, and is not dialled after a no', async () => {
    const desk = new FlowDesk('ask');
    await desk.dial(textOf(NUMBER, origin), origin);
    expect((await desk.answer(false)).ok).toBe(true);
    await desk.clock.advance(60_000);
    expect(desk.question).toBeNull();
    expect(desk.numbers).toEqual([]);
  });

  test('is dialled after three seconds without an undo', async () => {
    const desk = new FlowDesk('undo');
    const { clock } = desk;
    await desk.dial(textOf(NUMBER, origin), origin);
    expect(desk.question).toMatchObject({
      provenance: origin,
      mode: 'undo',
      dueAt: clock.now() + 3_000,
      plan: { dial: NUMBER },
    });
    await clock.advance(2_999);
    expect(desk.numbers).toEqual([]);
    await clock.advance(1);
    expect(desk.numbers).toEqual([NUMBER]);
    expect(desk.question).toBeNull();
  });

  test('is not dialled after an undo within three seconds', async () => {
    const desk = new FlowDesk('undo');
    await desk.dial(textOf(NUMBER, origin), origin);
    await desk.clock.advance(2_999);
    expect((await desk.answer(false)).ok).toBe(true);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
  });

  test(`is${isOwn(origin) ? '' : ' not'} dialled at once`, async () => {
    const desk = new FlowDesk('at-once');
    await desk.dial(textOf(NUMBER, origin), origin);
    expect(desk.numbers).toEqual(isOwn(origin) ? [NUMBER] : []);
    expect(desk.question === null).toBe(isOwn(origin));
  });

  test.each(['undo', 'at-once'] as const)('causes a question instead of "%s" if a guard applies', async (confirm) => {
    const desk = new FlowDesk(confirm);
    await desk.dial(textOf('112', origin), origin);
    expect(desk.question).toMatchObject({ mode: 'ask', dueAt: null, guards: [{ id: 'emergency' }] });
    await desk.clock.advance(3_600_000);
    expect(desk.numbers).toEqual([]);
    await desk.answer(true);
    expect(desk.numbers).toEqual(['112']);
  });
});

describe('the question', () => {
  test('opens the window if the number comes from outside the window', async () => {
    const desk = new FlowDesk();
    await desk.flow.dial(`tel:${NUMBER}`, 'link');
    expect(desk.attention).toBe(1);
  });

  test('has the name of who has the number, if it is known', async () => {
    const desk = new FlowDesk();
    desk.recents = [missed(NUMBER, { name: 'Grace' })];
    await desk.flow.dial(`tel:${NUMBER}`, 'link');
    expect(desk.question?.name).toBe('Grace');
  });

  test('accepts only one answer', async () => {
    const desk = new FlowDesk();
    await desk.flow.dial(`tel:${NUMBER}`, 'link');
    await desk.flow.dial(`tel:${OTHER}`, 'link');
    const old = desk.question?.id ?? '';
    await desk.flow.answer(old, false);
    expect(await desk.flow.answer(old, true)).toMatchObject({ error: { code: 'command-invalid' } });
    expect(desk.question?.plan?.dial).toBe(OTHER);
    expect(desk.numbers).toEqual([]);
  });

  test('appears once for a double click', async () => {
    const desk = new FlowDesk();
    await Promise.all([desk.flow.dial('tel:1002', 'link'), desk.flow.dial('tel:1002', 'link')]);
    const { id } = desk.question ?? {};
    await desk.flow.dial('tel:1002', 'link');
    expect(desk.question?.id).toBe(id);
  });

  test.each(ORIGINS)('with the origin %s stays when an invalid link arrives, whose error is shown', async (origin) => {
    const desk = new FlowDesk('ask');
    await desk.dial(textOf(NUMBER, origin), origin);
    const { id } = desk.question ?? {};
    await desk.flow.dial('tel:', 'link');
    expect(desk.question?.id).toBe(id);
    expect(desk.flow.state.refusal?.error.code).toBe('link-invalid');
    desk.flow.dismiss();
    expect(desk.flow.state.refusal).toBeNull();
  });

  test('stays open while the user is signed out, and can be answered after the sign-in', async () => {
    const desk = new FlowDesk('at-once');
    desk.extension = null;
    await desk.flow.dial(`tel:${NUMBER}`, 'link');
    expect(desk.question?.mode).toBe('ask');
    expect(await desk.answer(true)).toMatchObject({ error: { code: 'signed-out' } });
    desk.flow.accountChanged();
    desk.extension = '1001';
    expect((await desk.answer(true)).ok).toBe(true);
    expect(desk.numbers).toEqual([NUMBER]);
  });

  test.each([
    ['link', true],
    ['command', true],
    ['clipboard', true],
    ['dialled', false],
    ['favourite', false],
    ['typed', false],
  ] as const)('about a number with the origin %s stays open for another account: %s', async (origin, waits) => {
    const desk = new FlowDesk('ask');
    await desk.dial(textOf(NUMBER, origin), origin);
    desk.flow.accountChanged();
    expect(desk.question !== null).toBe(waits);
  });

  test('does not appear if the user dials in the window while signed out', async () => {
    const desk = new FlowDesk();
    desk.extension = null;
    expect(await desk.flow.place(NUMBER, 'typed')).toMatchObject({ error: { code: 'signed-out' } });
    expect(desk.question).toBeNull();
  });

  test('stays open while another call is being placed', async () => {
    const desk = new FlowDesk();
    await desk.flow.place(NUMBER, 'typed');
    await desk.flow.dial(`tel:${OTHER}`, 'link');
    expect(await desk.answer(true)).toMatchObject({ error: { code: 'dial-in-progress' } });
    expect(desk.question?.plan?.dial).toBe(OTHER);
  });

  test('closes when its number is dialled in another way', async () => {
    const desk = new FlowDesk();
    await desk.flow.dial(`tel:${NUMBER}`, 'link');
    await desk.flow.place(NUMBER, 'typed');
    expect(desk.question).toBeNull();
    expect(desk.numbers).toEqual([NUMBER]);
  });

  test('keeps the options that were chosen for this call only', async () => {
    const desk = new FlowDesk();
    expect(await desk.flow.place('112', 'typed', { trunk: 'Berlin' })).toEqual({ ok: true, value: null });
    await desk.answer(true);
    expect(desk.dialled).toEqual([{ caller: '1001', callee: '112', sendSdp: true, trunk: 'Berlin' }]);
  });
});

describe('several numbers', () => {
  const TEXT = `${NUMBER}\n${OTHER}`;

  test.each(['ask', 'undo', 'at-once'] as const)('are offered as a choice, also with "%s"', async (confirm) => {
    const desk = new FlowDesk(confirm);
    await desk.flow.dial(TEXT, 'clipboard');
    expect(desk.question).toMatchObject({ mode: 'ask', plan: null, candidates: [{ dial: NUMBER }, { dial: OTHER }] });
    await desk.clock.advance(3_600_000);
    expect(desk.numbers).toEqual([]);
    expect((await desk.answer(true, 1)).ok).toBe(true);
    expect(desk.numbers).toEqual([OTHER]);
  });

  test.each([undefined, -1, 2, 0.5])('are not dialled by the choice %s', async (choice) => {
    const desk = new FlowDesk();
    await desk.flow.dial(TEXT, 'clipboard');
    expect(await desk.answer(true, choice)).toMatchObject({ error: { code: 'command-invalid' } });
    expect(desk.question).not.toBeNull();
    expect(desk.numbers).toEqual([]);
  });

  test('cause another question if a guard applies to the chosen one', async () => {
    const desk = new FlowDesk();
    await desk.flow.dial(`${NUMBER}\n112`, 'clipboard');
    await desk.answer(true, 1);
    expect(desk.question).toMatchObject({ plan: { dial: '112' }, candidates: [] });
    expect(desk.guards).toEqual(['emergency']);
    expect(desk.numbers).toEqual([]);
  });

  test('that were typed are dialled by the number that the window chose', async () => {
    const desk = new FlowDesk();
    expect(await desk.flow.place(TEXT, 'typed', null, '999999')).toMatchObject({ error: { code: 'command-invalid' } });
    expect((await desk.flow.place(TEXT, 'typed', null, OTHER)).ok).toBe(true);
    expect(desk.numbers).toEqual([OTHER]);
  });
});

describe('dialling the same number twice', () => {
  test('at the same moment causes one call and one question', async () => {
    const desk = new FlowDesk('at-once');
    await Promise.all([desk.flow.place('1002', 'typed'), desk.flow.dial('tel:1002', 'link')]);
    expect(desk.numbers).toEqual(['1002']);
    expect(desk.guards).toEqual(['on-the-phone', 'repeated', 'in-a-call']);
  });

  test('asks within ten seconds, and not later', async () => {
    const desk = new FlowDesk();
    await desk.flow.place('1002', 'typed');
    await desk.flow.hangUp(desk.flow.state.placed?.key ?? '');
    await desk.clock.advance(2_000);
    expect(await desk.flow.place('1002', 'typed')).toEqual({ ok: true, value: null });
    expect(desk.guards).toEqual(['repeated']);
    await desk.answer(false);
    await desk.clock.advance(8_000);
    expect((await desk.flow.place('1002', 'typed')).ok).toBe(true);
    expect(desk.numbers).toEqual(['1002', '1002']);
  });

  test('does not ask if the PBX refused the first call', async () => {
    const desk = new FlowDesk();
    desk.pbx.fails('create', appError('trunk-unavailable'));
    await desk.flow.place('1002', 'typed');
    desk.pbx.fails('create', null);
    await desk.flow.place('1002', 'typed');
    expect(desk.numbers).toEqual(['1002']);
  });
});

test('a link does not ask during a call of a colleague', async () => {
  const desk = new FlowDesk('at-once');
  const party = { number: '1003', name: '' };
  desk.calls = [
    {
      id: '1',
      mine: false,
      direction: 'internal',
      state: 'talking',
      caller: party,
      callee: party,
      other: party,
      trunk: '',
      startedAt: 1,
      answeredAt: 1,
      placedHere: false,
    },
  ];
  await desk.flow.dial('tel:1002', 'link');
  expect(desk.guards).toEqual([]);
});

test('a link with a feature code asks, whatever the setting for links', async () => {
  const desk = new FlowDesk('at-once');
  await desk.flow.dial('tel:*72', 'link');
  expect(desk.guards).toEqual(['feature-code']);
  expect(desk.numbers).toEqual([]);
});
