import { describe, expect, test } from 'vitest';
import { recentFromPlaced } from '../../../src/core/history/recents.ts';
import { FlowDesk, missed } from './support/flow-desk.ts';

const NUMBER = '+12015550123';

describe('calling back', () => {
  const click = async (desk: FlowDesk, number: string): Promise<void> => {
    desk.recents = [...desk.recents, missed(number)];
    expect(await desk.flow.place(number, 'caller')).toEqual({ ok: true, value: null });
  };

  test('calling a stranger asks once; after a yes, the number counts as called before', async () => {
    const desk = new FlowDesk();
    await click(desk, NUMBER);
    expect(desk.guards).toContain('stranger');
    await desk.answer(true);
    await desk.flow.hangUp(desk.flow.state.placed?.key ?? '');
    await desk.clock.advance(60_000);
    expect(await desk.flow.place(NUMBER, 'caller')).toMatchObject({ ok: true, value: { plan: { dial: NUMBER } } });
    expect(desk.numbers).toEqual([NUMBER, NUMBER]);
  });

  test('calling a number that was called before dials at once', async () => {
    const desk = new FlowDesk();
    desk.recents = [missed('0012015550123', { id: '2', direction: 'outgoing', provenance: 'dialled' })];
    desk.recents = [...desk.recents, missed(NUMBER)];
    await desk.flow.place(NUMBER, 'caller');
    expect(desk.numbers).toEqual([NUMBER]);
  });

  test('calling a number of another country asks, although it ends like one that was called before', async () => {
    const desk = new FlowDesk({}, '');
    desk.recents = [missed('76543210', { id: '2', direction: 'outgoing', provenance: 'dialled' })];
    await click(desk, '+37376543210');
    expect(desk.guards).toContain('stranger');
  });

  test('calling an extension number that an outside caller sent asks, although the extension was dialled before', async () => {
    const desk = new FlowDesk('at-once');
    desk.settings.dialling.guards.stranger = false;
    desk.recents = [missed('1002', { id: '2', direction: 'outgoing', provenance: 'dialled' })];
    expect(await desk.flow.place('1002', 'caller', null, null, true)).toEqual({ ok: true, value: null });
    const asks = { provenance: 'caller', mode: 'ask', guards: [{ id: 'stranger', params: { outside: true } }] };
    expect(desk.question).toMatchObject(asks);
    await desk.flow.dial('1002', 'caller', true);
    expect(desk.question).toMatchObject(asks);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
    await desk.answer(true);
    expect(desk.numbers).toEqual(['1002']);
  });

  test('the question about an outside caller replaces the countdown for the colleague with that number', async () => {
    const desk = new FlowDesk();
    await click(desk, '1002');
    await desk.flow.place('1002', 'caller', null, null, true);
    expect(desk.question).toMatchObject({ mode: 'ask' });
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
  });

  test('calling a favourite that was made from an outside caller asks', async () => {
    const desk = new FlowDesk('at-once');
    await desk.flow.place('1002', 'favourite', null, null, true);
    expect(desk.guards).toEqual(['stranger']);
  });

  test('calling a colleague starts a countdown of three seconds', async () => {
    const desk = new FlowDesk();
    await click(desk, '1002');
    expect(desk.question).toMatchObject({ mode: 'undo', guards: [] });
  });

  test.each([
    ['*21*0900123456#', { effect: 'forward-all', to: '0900123456' }],
    ['*72019005551234', { effect: 'forward-all', to: '019005551234' }],
    ['*97', {}],
  ])('calling %s asks, with what the code would do', async (code, params) => {
    const desk = new FlowDesk();
    await click(desk, code);
    expect(desk.question).toMatchObject({ mode: 'ask', guards: [{ id: 'feature-code', params }] });
    expect(desk.numbers).toEqual([]);
  });

  test('calling a code asks, although the same one was dialled before', async () => {
    const desk = new FlowDesk();
    desk.recents = [missed('*72', { id: '2', direction: 'outgoing', provenance: 'dialled' })];
    await click(desk, '*72');
    expect(desk.guards).toEqual(['feature-code']);
  });

  test.each(['911#', '112#', '110#', '112*', '112#5', '9911#', '11833#', '1002#', '*31#112', '*21*0301234567#'])(
    'calling %s asks, whatever the settings are',
    async (code) => {
      const desk = new FlowDesk('at-once', 'DE');
      const guards = Object.fromEntries(Object.keys(desk.settings.dialling.guards).map((id) => [id, false]));
      desk.settings = {
        ...desk.settings,
        dialling: { ...desk.settings.dialling, guards: { ...desk.settings.dialling.guards, ...guards } },
      };
      await click(desk, code);
      expect(desk.guards).toContain('feature-code');
      await desk.clock.advance(60_000);
      expect(desk.numbers).toEqual([]);
    },
  );

  test("calling a caller's code asks again after a yes, from every place that shows the call", async () => {
    const desk = new FlowDesk();
    await click(desk, '*21*0301234567#');
    await desk.answer(true);
    const key = desk.flow.state.placed?.key ?? '';
    await desk.flow.hangUp(key);
    await desk.clock.advance(60_000);
    const { placed } = desk.flow.state;
    const recent = placed === null ? null : recentFromPlaced(placed);
    expect(recent).toMatchObject({ number: '*21*0301234567#', provenance: 'caller' });
    desk.recents = recent === null ? [] : [recent];
    await desk.flow.place('*21*0301234567#', recent?.provenance ?? 'typed');
    expect(desk.guards).toContain('feature-code');
    expect(desk.numbers).toEqual(['*21*0301234567#']);
  });

  test.each(['*31#09001234567', '*31#112', '*31#112#', '#31#*31#110', '9911', '112#'])(
    'dialling %s asks, although it is typed',
    async (number) => {
      const desk = new FlowDesk({}, 'DE');
      await desk.flow.place(number, 'typed');
      expect(desk.question?.mode).toBe('ask');
      expect(desk.numbers).toEqual([]);
    },
  );

  test.each([
    ['US', '*6719005551234', 'premium-rate'],
    ['US', '*67911', 'emergency'],
    ['GB', '9999', 'emergency'],
    ['SG', '9995', 'emergency'],
  ])('in %s, dialling %s asks, although it is typed', async (country, number, guard) => {
    const desk = new FlowDesk({}, country);
    await desk.flow.place(number, 'typed');
    expect(desk.guards).toContain(guard);
    expect(desk.numbers).toEqual([]);
  });

  test.each([
    ['+37376543210', ['distant', 'stranger']],
    ['09001234567', ['premium-rate', 'stranger']],
    ['+22430123456', ['unassigned', 'distant', 'stranger']],
    ['+881612345678', ['satellite', 'stranger']],
  ])('calling %s asks if the user’s country is unknown', async (number, guards) => {
    const desk = new FlowDesk({}, '');
    await click(desk, number);
    expect(desk.guards).toEqual(guards);
  });
});
