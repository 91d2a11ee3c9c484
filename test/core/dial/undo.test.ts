import { describe, expect, test } from 'vitest';
import { FlowDesk } from './support/flow-desk.ts';

const NUMBER = '+12015550123';
const OTHER = '+12015550199';

const wakeDesk = (desk: FlowDesk): Promise<void> => {
  desk.flow.wake();
  return Promise.resolve();
};

describe('the countdown', () => {
  test('continues when the same number is dialled again', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.dial(NUMBER, 'dialled');
    await desk.clock.advance(2_000);
    await desk.flow.dial(NUMBER, 'dialled');
    await desk.clock.advance(1_000);
    expect(desk.numbers).toEqual([NUMBER]);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([NUMBER]);
  });

  test('restarts for another number, and the first is not dialled', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.dial(NUMBER, 'dialled');
    await desk.clock.advance(2_000);
    await desk.flow.dial(OTHER, 'dialled');
    await desk.clock.advance(2_999);
    expect(desk.numbers).toEqual([]);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([OTHER]);
  });

  test('continues when a link arrives, which causes a question afterwards', async () => {
    const desk = new FlowDesk({ dialled: 'undo', link: 'undo' });
    await desk.flow.dial(NUMBER, 'dialled');
    await desk.flow.dial(`tel:${OTHER}`, 'link');
    await desk.clock.advance(2_999);
    expect(desk.question).toMatchObject({ mode: 'undo', plan: { dial: NUMBER } });
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([NUMBER]);
    expect(desk.question).toMatchObject({ mode: 'ask', plan: { dial: OTHER } });
    expect(desk.guards).toEqual(['in-a-call']);
  });

  test('ends at a sign-out, and a question stays', async () => {
    const desk = new FlowDesk({ dialled: 'undo', link: 'ask' });
    await desk.flow.dial(NUMBER, 'dialled');
    desk.flow.signedOut();
    expect(desk.question).toBeNull();
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
    await desk.flow.dial(`tel:${OTHER}`, 'link');
    desk.flow.signedOut();
    expect(desk.question?.plan?.dial).toBe(OTHER);
  });

  test.each([
    ['and the timer fires late', (desk: FlowDesk) => desk.clock.advance(3_000)],
    ['and the system reports that it woke up', wakeDesk],
  ])('becomes a question if the computer slept %s', async (_how, wakeUp) => {
    const desk = new FlowDesk('undo');
    await desk.flow.dial(NUMBER, 'dialled');
    const { id } = desk.question ?? {};
    await desk.clock.advance(1_000);
    desk.clock.jump(3_600_000);
    await wakeUp(desk);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
    expect(desk.question).toMatchObject({ mode: 'ask', dueAt: null, plan: { dial: NUMBER } });
    // A click on Undo that was under way must not answer the question.
    expect(desk.question?.id).not.toBe(id);
  });

  test('becomes a question at wake(), and the window opens', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.dial(NUMBER, 'dialled');
    desk.flow.wake();
    expect(desk.question?.mode).toBe('ask');
    expect(desk.attention).toBe(2);
    desk.flow.wake();
    expect(desk.attention).toBe(2);
  });

  test('becomes a question if another call began meanwhile, and the window opens', async () => {
    const desk = new FlowDesk({ dialled: 'undo' });
    await desk.flow.dial(NUMBER, 'dialled');
    await desk.flow.place(OTHER, 'typed');
    await desk.clock.advance(3_000);
    expect(desk.numbers).toEqual([OTHER]);
    expect(desk.question?.mode).toBe('ask');
    expect(desk.attention).toBe(2);
  });

  test.each(['dialled', 'link', 'command', 'clipboard'] as const)(
    'becomes a question if the window never opened: %s',
    async (origin) => {
      const desk = new FlowDesk('undo');
      desk.visible = null;
      await desk.flow.dial(origin === 'link' ? `tel:${NUMBER}` : NUMBER, origin);
      await desk.clock.advance(60_000);
      expect(desk.numbers).toEqual([]);
      expect(desk.question).toMatchObject({ mode: 'ask', dueAt: null, plan: { dial: NUMBER } });
    },
  );

  test('continues if the window opens late, and if the user hides it', async () => {
    for (const [atFirst, later] of [
      [null, true],
      [true, false],
    ] as const) {
      const desk = new FlowDesk('undo');
      desk.visible = atFirst;
      await desk.flow.dial(NUMBER, 'dialled');
      desk.visible = later;
      await desk.clock.advance(3_000);
      expect(desk.numbers).toEqual([NUMBER]);
    }
  });

  test('ends at once after a yes', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.dial(NUMBER, 'dialled');
    await desk.answer(true);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([NUMBER]);
  });

  test('ends with the program', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.dial(NUMBER, 'dialled');
    desk.flow.dispose();
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
  });
});
