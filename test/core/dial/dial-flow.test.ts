import { describe, expect, test } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { FlowDesk, SOURCES } from './support/flow-desk.ts';

const NUMBER = '+12015550123';
const OTHER = '+12015550199';
/** What a source writes: only a link is a link. */
const textOf = (number: string, source: string): string => (source === 'link' ? `tel:${number}` : number);

describe.each(SOURCES)('a number from the source %s', (source) => {
  test('is asked about, and dialled by a yes only', async () => {
    const desk = new FlowDesk('ask');
    await desk.wish(textOf(NUMBER, source), source);
    expect(desk.request).toMatchObject({ source, mode: 'ask', dueAt: null, plan: { dial: NUMBER }, guards: [] });
    await desk.clock.advance(3_600_000);
    expect(desk.numbers).toEqual([]);
    expect((await desk.answer(true)).ok).toBe(true);
    expect(desk.numbers).toEqual([NUMBER]);
    expect(desk.request).toBeNull();
  });

  test('is asked about, and a no dials nothing', async () => {
    const desk = new FlowDesk('ask');
    await desk.wish(textOf(NUMBER, source), source);
    expect((await desk.answer(false)).ok).toBe(true);
    await desk.clock.advance(60_000);
    expect(desk.request).toBeNull();
    expect(desk.numbers).toEqual([]);
  });

  test('is dialled after three seconds in which nobody undid it', async () => {
    const desk = new FlowDesk('undo');
    const { clock } = desk;
    await desk.wish(textOf(NUMBER, source), source);
    expect(desk.request).toMatchObject({ source, mode: 'undo', dueAt: clock.now() + 3_000, plan: { dial: NUMBER } });
    await clock.advance(2_999);
    expect(desk.numbers).toEqual([]);
    await clock.advance(1);
    expect(desk.numbers).toEqual([NUMBER]);
    expect(desk.request).toBeNull();
  });

  test('is not dialled when it was undone in time', async () => {
    const desk = new FlowDesk('undo');
    await desk.wish(textOf(NUMBER, source), source);
    await desk.clock.advance(2_999);
    expect((await desk.answer(false)).ok).toBe(true);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
  });

  test('is dialled at once', async () => {
    const desk = new FlowDesk('at-once');
    await desk.wish(textOf(NUMBER, source), source);
    expect(desk.numbers).toEqual([NUMBER]);
    expect(desk.request).toBeNull();
  });

  test.each(['undo', 'at-once'] as const)('is a question instead of "%s" when a guard applies', async (confirm) => {
    const desk = new FlowDesk(confirm);
    await desk.wish(textOf('112', source), source);
    expect(desk.request).toMatchObject({ mode: 'ask', dueAt: null, guards: [{ id: 'emergency' }] });
    await desk.clock.advance(3_600_000);
    expect(desk.numbers).toEqual([]);
    await desk.answer(true);
    expect(desk.numbers).toEqual(['112']);
  });
});

describe('the question', () => {
  test('brings the window up when it comes from elsewhere', async () => {
    const desk = new FlowDesk();
    await desk.flow.request(`tel:${NUMBER}`, 'link');
    expect(desk.attention).toBe(1);
  });

  test('says whose number it is, if that is known', async () => {
    const desk = new FlowDesk();
    desk.recents = [
      { id: '1', number: NUMBER, name: 'Grace', direction: 'incoming', outcome: 'missed', at: 1, seconds: null },
    ];
    await desk.flow.request(`tel:${NUMBER}`, 'link');
    expect(desk.request?.name).toBe('Grace');
  });

  test('is replaced by a newer one, and its answer comes too late', async () => {
    const desk = new FlowDesk();
    await desk.flow.request(`tel:${NUMBER}`, 'link');
    const old = desk.request?.id ?? '';
    await desk.flow.request(`tel:${OTHER}`, 'link');
    expect(await desk.flow.answer(old, true)).toMatchObject({ error: { code: 'request-invalid' } });
    expect(desk.request?.plan?.dial).toBe(OTHER);
    expect(desk.numbers).toEqual([]);
  });

  test('is one for a double click', async () => {
    const desk = new FlowDesk();
    await Promise.all([desk.flow.request('tel:1002', 'link'), desk.flow.request('tel:1002', 'link')]);
    const { id } = desk.request ?? {};
    await desk.flow.request('tel:1002', 'link');
    expect(desk.request?.id).toBe(id);
  });

  test('goes away with something that cannot be dialled, which is said', async () => {
    const desk = new FlowDesk();
    await desk.flow.request(`tel:${NUMBER}`, 'link');
    await desk.flow.request('tel:', 'link');
    expect(desk.request).toBeNull();
    expect(desk.flow.state.refusal?.error.code).toBe('link-invalid');
    desk.flow.dismiss();
    expect(desk.flow.state.refusal).toBeNull();
  });

  test('stays open while nobody is signed in, and is answered after the sign-in', async () => {
    const desk = new FlowDesk('at-once');
    desk.extension = null;
    await desk.flow.request(`tel:${NUMBER}`, 'link');
    expect(desk.request?.mode).toBe('ask');
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
    ['redial', false],
    ['menu', false],
    ['typed', false],
  ] as const)('about a number from the source %s waits for another account: %s', async (source, waits) => {
    const desk = new FlowDesk('ask');
    await desk.wish(textOf(NUMBER, source), source);
    desk.flow.accountChanged();
    expect(desk.request !== null).toBe(waits);
  });

  test('is none for somebody who dials in the window while nobody is signed in', async () => {
    const desk = new FlowDesk();
    desk.extension = null;
    expect(await desk.flow.place(NUMBER, 'typed')).toMatchObject({ error: { code: 'signed-out' } });
    expect(desk.request).toBeNull();
  });

  test('stays open while another call is being placed', async () => {
    const desk = new FlowDesk();
    await desk.flow.place(NUMBER, 'typed');
    await desk.flow.request(`tel:${OTHER}`, 'link');
    expect(await desk.answer(true)).toMatchObject({ error: { code: 'dial-in-progress' } });
    expect(desk.request?.plan?.dial).toBe(OTHER);
  });

  test('is settled when its number is dialled by another way', async () => {
    const desk = new FlowDesk();
    await desk.flow.request(`tel:${NUMBER}`, 'link');
    await desk.flow.place(NUMBER, 'typed');
    expect(desk.request).toBeNull();
    expect(desk.numbers).toEqual([NUMBER]);
  });

  test('keeps what was chosen for this call only', async () => {
    const desk = new FlowDesk();
    expect(await desk.flow.place('112', 'typed', { trunk: 'Berlin' })).toEqual({ ok: true, value: null });
    await desk.answer(true);
    expect(desk.dialled).toEqual([{ caller: '1001', callee: '112', sendSdp: true, trunk: 'Berlin' }]);
  });
});

describe('several numbers', () => {
  const TEXT = `${NUMBER}\n${OTHER}`;

  test.each(['ask', 'undo', 'at-once'] as const)('are to choose from, also with "%s"', async (confirm) => {
    const desk = new FlowDesk(confirm);
    await desk.flow.request(TEXT, 'clipboard');
    expect(desk.request).toMatchObject({ mode: 'ask', plan: null, candidates: [{ dial: NUMBER }, { dial: OTHER }] });
    await desk.clock.advance(3_600_000);
    expect(desk.numbers).toEqual([]);
    expect((await desk.answer(true, 1)).ok).toBe(true);
    expect(desk.numbers).toEqual([OTHER]);
  });

  test.each([undefined, -1, 2, 0.5])('are not dialled by the choice %s', async (choice) => {
    const desk = new FlowDesk();
    await desk.flow.request(TEXT, 'clipboard');
    expect(await desk.answer(true, choice)).toMatchObject({ error: { code: 'request-invalid' } });
    expect(desk.request).not.toBeNull();
    expect(desk.numbers).toEqual([]);
  });

  test('are asked about once more where something speaks against the chosen one', async () => {
    const desk = new FlowDesk();
    await desk.flow.request(`${NUMBER}\n112`, 'clipboard');
    await desk.answer(true, 1);
    expect(desk.request).toMatchObject({ plan: { dial: '112' }, candidates: [] });
    expect(desk.guards).toEqual(['emergency']);
    expect(desk.numbers).toEqual([]);
  });

  test('typed, are chosen from by their number', async () => {
    const desk = new FlowDesk();
    expect(await desk.flow.place(TEXT, 'typed', null, '999999')).toMatchObject({ error: { code: 'request-invalid' } });
    expect((await desk.flow.place(TEXT, 'typed', null, OTHER)).ok).toBe(true);
    expect(desk.numbers).toEqual([OTHER]);
  });
});

describe('the same number twice', () => {
  test('at the same moment is one call and one question', async () => {
    const desk = new FlowDesk('at-once');
    await Promise.all([desk.flow.request('tel:1002', 'link'), desk.flow.request('tel:1002', 'link')]);
    expect(desk.numbers).toEqual(['1002']);
    expect(desk.guards).toEqual(['on-the-phone', 'repeated', 'in-a-call']);
  });

  test('asks for ten seconds, and then no more', async () => {
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

  test('is no slip when the PBX turned the first one down', async () => {
    const desk = new FlowDesk();
    desk.pbx.fails('create', appError('trunk-unavailable'));
    await desk.flow.place('1002', 'typed');
    desk.pbx.fails('create', null);
    await desk.flow.place('1002', 'typed');
    expect(desk.numbers).toEqual(['1002']);
  });
});

test('only calls of my own are calls during which a link asks', async () => {
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
  await desk.flow.request('tel:1002', 'link');
  expect(desk.numbers).toEqual(['1002']);
});

test('a number from a feature code onwards asks whatever a link is set to', async () => {
  const desk = new FlowDesk('at-once');
  await desk.flow.request('tel:*72', 'link');
  expect(desk.guards).toEqual(['feature-code']);
  expect(desk.numbers).toEqual([]);
});
