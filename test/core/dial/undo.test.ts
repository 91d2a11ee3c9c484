import { describe, expect, test } from 'vitest';
import { FlowDesk } from './support/flow-desk.ts';

const NUMBER = '+12015550123';
const OTHER = '+12015550199';

const wakes = (desk: FlowDesk): Promise<void> => {
  desk.flow.wake();
  return Promise.resolve();
};

describe('the time to undo', () => {
  test('runs on when the same number is dialled again', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.dial(NUMBER, 'dialled');
    await desk.clock.advance(2_000);
    await desk.flow.dial(NUMBER, 'dialled');
    await desk.clock.advance(1_000);
    expect(desk.numbers).toEqual([NUMBER]);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([NUMBER]);
  });

  test('begins anew for another number, and the first is not dialled', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.dial(NUMBER, 'dialled');
    await desk.clock.advance(2_000);
    await desk.flow.dial(OTHER, 'dialled');
    await desk.clock.advance(2_999);
    expect(desk.numbers).toEqual([]);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([OTHER]);
  });

  test('runs on when a link comes, which is asked about afterwards', async () => {
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

  test('ends with the sign-in; a question does not', async () => {
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
    ['and its timer comes late', (desk: FlowDesk) => desk.clock.advance(3_000)],
    ['and is said to have woken up', wakes],
  ])('becomes a question when the computer slept %s', async (_how, wakeUp) => {
    const desk = new FlowDesk('undo');
    await desk.flow.dial(NUMBER, 'dialled');
    const { id } = desk.question ?? {};
    await desk.clock.advance(1_000);
    desk.clock.jump(3_600_000);
    await wakeUp(desk);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
    expect(desk.question).toMatchObject({ mode: 'ask', dueAt: null, plan: { dial: NUMBER } });
    // Undo, clicked on the way, must not be taken for an answer to the question.
    expect(desk.question?.id).not.toBe(id);
  });

  test('becomes a question at the very moment of waking up, and the window comes up', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.dial(NUMBER, 'dialled');
    desk.flow.wake();
    expect(desk.question?.mode).toBe('ask');
    expect(desk.attention).toBe(2);
    desk.flow.wake();
    expect(desk.attention).toBe(2);
  });

  test('becomes a question over what happened meanwhile, and the window comes up', async () => {
    const desk = new FlowDesk({ dialled: 'undo' });
    await desk.flow.dial(NUMBER, 'dialled');
    await desk.flow.place(OTHER, 'typed');
    await desk.clock.advance(3_000);
    expect(desk.numbers).toEqual([OTHER]);
    expect(desk.question?.mode).toBe('ask');
    expect(desk.attention).toBe(2);
  });

  test.each(['dialled', 'link', 'command', 'clipboard'] as const)(
    'becomes a question when the window never came up: %s',
    async (origin) => {
      const desk = new FlowDesk('undo');
      desk.visible = null;
      await desk.flow.dial(origin === 'link' ? `tel:${NUMBER}` : NUMBER, origin);
      await desk.clock.advance(60_000);
      expect(desk.numbers).toEqual([]);
      expect(desk.question).toMatchObject({ mode: 'ask', dueAt: null, plan: { dial: NUMBER } });
    },
  );

  test('goes on when the window comes up late, and when the user hides it', async () => {
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

  test('is over at once by a yes', async () => {
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
