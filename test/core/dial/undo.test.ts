import { describe, expect, test } from 'vitest';
import { FlowDesk } from './support/flow-desk.ts';

const NUMBER = '+12015550123';
const OTHER = '+12015550199';

const wakes = (desk: FlowDesk): Promise<void> => {
  desk.flow.wake();
  return Promise.resolve();
};

describe('the time to undo', () => {
  test('runs on when the same is wished again', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.request(NUMBER, 'redial');
    await desk.clock.advance(2_000);
    await desk.flow.request(NUMBER, 'redial');
    await desk.clock.advance(1_000);
    expect(desk.numbers).toEqual([NUMBER]);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([NUMBER]);
  });

  test('begins anew for another number, and the first is not dialled', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.request(NUMBER, 'redial');
    await desk.clock.advance(2_000);
    await desk.flow.request(OTHER, 'redial');
    await desk.clock.advance(2_999);
    expect(desk.numbers).toEqual([]);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([OTHER]);
  });

  test('gives way to a question', async () => {
    const desk = new FlowDesk({ redial: 'undo', link: 'ask' });
    await desk.flow.request(NUMBER, 'redial');
    await desk.flow.request(`tel:${OTHER}`, 'link');
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
    expect(desk.request).toMatchObject({ mode: 'ask', plan: { dial: OTHER } });
  });

  test('ends with the sign-in; a question does not', async () => {
    const desk = new FlowDesk({ redial: 'undo', link: 'ask' });
    await desk.flow.request(NUMBER, 'redial');
    desk.flow.signedOut();
    expect(desk.request).toBeNull();
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
    await desk.flow.request(`tel:${OTHER}`, 'link');
    desk.flow.signedOut();
    expect(desk.request?.plan?.dial).toBe(OTHER);
  });

  test.each([
    ['and its timer comes late', (desk: FlowDesk) => desk.clock.advance(3_000)],
    ['and is said to have woken up', wakes],
  ])('becomes a question when the computer slept %s', async (_how, wakeUp) => {
    const desk = new FlowDesk('undo');
    await desk.flow.request(NUMBER, 'redial');
    const { id } = desk.request ?? {};
    await desk.clock.advance(1_000);
    desk.clock.jump(3_600_000);
    await wakeUp(desk);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
    expect(desk.request).toMatchObject({ mode: 'ask', dueAt: null, plan: { dial: NUMBER } });
    // Undo, clicked on the way, must not be taken for an answer to the question.
    expect(desk.request?.id).not.toBe(id);
  });

  test('becomes a question at the very moment of waking up, and the window comes up', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.request(NUMBER, 'redial');
    desk.flow.wake();
    expect(desk.request?.mode).toBe('ask');
    expect(desk.attention).toBe(2);
    desk.flow.wake();
    expect(desk.attention).toBe(2);
  });

  test('becomes a question over what happened meanwhile, and the window comes up', async () => {
    const desk = new FlowDesk({ redial: 'undo' });
    await desk.flow.request(NUMBER, 'redial');
    await desk.flow.place(OTHER, 'typed');
    await desk.clock.advance(3_000);
    expect(desk.numbers).toEqual([OTHER]);
    expect(desk.request?.mode).toBe('ask');
    expect(desk.attention).toBe(2);
  });

  test('is over at once by a yes', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.request(NUMBER, 'redial');
    await desk.answer(true);
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([NUMBER]);
  });

  test('ends with the program', async () => {
    const desk = new FlowDesk('undo');
    await desk.flow.request(NUMBER, 'redial');
    desk.flow.dispose();
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
  });
});
