import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_WAITING } from '../../../src/core/dial/question.ts';
import type { Origin } from '../../../src/shared/provenance.ts';
import { FlowDesk, ORIGINS } from './support/flow-desk.ts';

const numberOf = (index: number): string => `+120155501${String(index).padStart(2, '0')}`;
const link = (index: number): string => `tel:${numberOf(index)}`;
const TEN_MINUTES = 10 * 60_000;

/** A number as its source writes it. */
const textOf = (index: number, origin: Origin): string => (origin === 'link' ? link(index) : numberOf(index));

async function declineLinks(desk: FlowDesk, times: number): Promise<void> {
  for (let index = 0; index < times; index += 1) {
    await desk.flow.dial(link(index), 'link');
    await desk.answer(false);
  }
}

describe('an open question is not replaced', () => {
  test.each(['link', 'command', 'clipboard'] as const)(
    'while a number from the source %s waits its turn',
    async (origin) => {
      const desk = new FlowDesk('ask');
      await desk.flow.dial(link(0), 'link');
      const { id } = desk.question ?? {};
      expect(await desk.flow.dial(textOf(1, origin), origin)).toEqual({ ok: true, value: 'waits-for-question' });
      expect(desk.question?.id).toBe(id);
      expect(desk.flow.state.waiting).toBe(1);

      await desk.answer(false);
      expect(desk.question).toMatchObject({ provenance: origin, mode: 'ask', plan: { dial: numberOf(1) } });
      expect(desk.flow.state.waiting).toBe(0);
    },
  );

  test('by numbers from other programs, which wait in order, without duplicates, ten at most', async () => {
    const desk = new FlowDesk();
    for (let index = 0; index < 30; index += 1) {
      await desk.flow.dial(link(index), 'link');
      await desk.flow.dial(link(index), 'link');
    }
    expect(desk.flow.state.waiting).toBe(MAX_WAITING);
    expect(await desk.flow.dial(link(40), 'link')).toMatchObject({ error: { code: 'too-many-waiting' } });
    const asked: (string | undefined)[] = [];
    while (desk.question !== null) {
      asked.push(desk.question.plan?.dial);
      await desk.answer(false);
    }
    expect(asked).toEqual(Array.from({ length: MAX_WAITING + 1 }, (_nothing, index) => numberOf(index)));
  });

  test("except by the user's own next number, after which it is asked again", async () => {
    const desk = new FlowDesk('ask');
    await desk.flow.dial(link(0), 'link');
    await desk.flow.place(numberOf(1), 'typed');
    expect(desk.question?.plan?.dial).toBe(numberOf(1));
    await desk.answer(false);
    expect(desk.question?.plan?.dial).toBe(numberOf(0));
    await desk.answer(false);
    expect(desk.question).toBeNull();
  });

  test('and guards check a number that waits when its turn comes', async () => {
    const desk = new FlowDesk('ask');
    await desk.flow.dial(link(0), 'link');
    await desk.flow.dial(link(1), 'link');
    await desk.answer(true);
    expect(desk.numbers).toEqual([numberOf(0)]);
    expect(desk.question).toMatchObject({ mode: 'ask', plan: { dial: numberOf(1) } });
    expect(desk.guards).toEqual(['in-a-call']);
  });

  test('by any sequence of numbers from elsewhere', async () => {
    const elsewhere = fc.constantFrom<Origin>('link', 'command', 'clipboard');
    const text = fc.oneof(fc.nat(99).map(numberOf), fc.constantFrom('', 'hello', '*72', '112', 'tel:%zz'));
    const coming = fc
      .tuple(elsewhere, text)
      .map(([origin, what]) => ({ origin, text: origin === 'link' ? `tel:${what}` : what }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ORIGINS), fc.array(coming, { maxLength: 40 }), async (first, others) => {
        const desk = new FlowDesk('ask');
        await desk.dial(textOf(0, first), first);
        const { id } = desk.question ?? {};
        for (const { origin, text: what } of others) {
          await desk.flow.dial(what, origin);
          expect(desk.question?.id).toBe(id);
          expect(desk.flow.state.waiting).toBeLessThanOrEqual(MAX_WAITING);
        }
        expect(desk.numbers).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the error of one source', () => {
  test('stays until the user acts, whatever other programs send', async () => {
    const desk = new FlowDesk('ask');
    await desk.flow.dial('hello', 'clipboard');
    const { refusal } = desk.flow.state;
    await desk.flow.dial('tel:', 'link');
    await desk.flow.dial(link(0), 'link');
    expect(desk.flow.state.refusal).toBe(refusal);
    await desk.flow.dial(numberOf(1), 'clipboard');
    expect(desk.flow.state.refusal).toBeNull();
  });

  test('of a link is replaced by the error of the next link, or by a link that can be dialled', async () => {
    const desk = new FlowDesk('ask');
    await desk.flow.dial('tel:', 'link');
    await desk.flow.dial('tel:1', 'link');
    expect(desk.flow.state.refusal?.error.code).toBe('number-too-short');
    await desk.flow.dial(link(0), 'link');
    expect(desk.flow.state.refusal).toBeNull();
  });
});

describe('after three links that were declined within a minute', () => {
  test('the next one leaves the window in the background, and the state reports that', async () => {
    const desk = new FlowDesk();
    await declineLinks(desk, 3);
    expect(desk.attention).toBe(3);
    await desk.flow.dial(link(3), 'link');
    await desk.flow.dial(link(4), 'command');
    expect(desk.attention).toBe(3);
    expect(desk.flow.state).toMatchObject({
      inBackground: true,
      waiting: 0 + 1,
      question: { plan: { dial: numberOf(3) } },
    });
    await desk.answer(false);
    await desk.answer(false);
    expect(desk.flow.state).toMatchObject({ inBackground: false, question: null });
  });

  test.each([
    ['link', 'contain no number', (desk: FlowDesk) => desk.flow.dial('tel:hello', 'link')],
    ['link', 'are declined', (desk: FlowDesk) => declineLinks(desk, 1)],
    ['command', 'contain no number', (desk: FlowDesk) => desk.flow.dial('hello', 'command')],
  ] as const)('the next %s asks if three of them %s, also with the setting to count down', async (origin, _, send) => {
    const desk = new FlowDesk('undo');
    for (let times = 0; times < 3; times += 1) await send(desk);
    desk.visible = false;
    await desk.flow.dial(textOf(3, origin), origin);
    expect(desk.question).toMatchObject({ mode: 'ask', dueAt: null });
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
    expect(desk.visible).toBe(false);
  });

  test.each(['dialled', 'favourite', 'clipboard'] as const)(
    'the user can still open the window by dialling: %s',
    async (origin) => {
      const desk = new FlowDesk('ask');
      await declineLinks(desk, 3);
      await desk.flow.dial(link(3), 'link');
      await desk.flow.dial(numberOf(4), origin);
      expect(desk.attention).toBe(4);
      expect(desk.flow.state.inBackground).toBe(false);
    },
  );

  test('links bring the window to the front again after a minute', async () => {
    const desk = new FlowDesk();
    await declineLinks(desk, 3);
    await desk.clock.advance(60_000);
    await desk.flow.dial(link(3), 'link');
    expect(desk.attention).toBe(4);
  });

  test('changing the system clock has no effect', async () => {
    const desk = new FlowDesk();
    await declineLinks(desk, 3);
    desk.clock.jump(24 * 3_600_000);
    await desk.flow.dial(link(3), 'link');
    expect(desk.attention).toBe(3);
  });

  test('calling the number of a link restarts the count', async () => {
    const desk = new FlowDesk();
    await declineLinks(desk, 2);
    await desk.flow.dial(link(2), 'link');
    await desk.answer(true);
    await declineLinks(desk, 1);
    await desk.flow.dial(link(3), 'link');
    expect(desk.attention).toBe(5);
  });
});

test('a flood of links, readable or not, brings the window to the front only a few times a minute', async () => {
  for (const text of [link, () => link(0), () => 'tel:hello']) {
    const desk = new FlowDesk();
    for (let index = 0; index < 300; index += 1) {
      await desk.flow.dial(text(index), 'link');
      await desk.clock.advance(500);
    }
    expect(desk.attention).toBeLessThanOrEqual(4);
  }
});

describe('links that the user ignores', () => {
  test('are refused for ten minutes, and those that wait are dropped', async () => {
    const desk = new FlowDesk();
    await desk.flow.dial(link(0), 'link');
    await desk.flow.dial(link(1), 'command');
    await desk.flow.dial(numberOf(2), 'clipboard');
    desk.flow.ignoreLinks(true);
    expect(desk.question).toMatchObject({ provenance: 'clipboard', plan: { dial: numberOf(2) } });
    expect(desk.flow.state).toMatchObject({ waiting: 0, ignoredUntil: desk.clock.now() + TEN_MINUTES });
    await desk.answer(false);
    const { attention } = desk;

    for (const origin of ['link', 'command'] as const) {
      expect(await desk.flow.dial(textOf(3, origin), origin)).toMatchObject({ error: { code: 'links-ignored' } });
    }
    await desk.clock.advance(TEN_MINUTES - 1);
    await desk.flow.dial(link(3), 'link');
    expect(desk.flow.state).toMatchObject({ question: null, refusal: null });
    expect(desk.attention).toBe(attention);

    await desk.clock.advance(1);
    expect(desk.flow.state.ignoredUntil).toBeNull();
    await desk.flow.dial(link(3), 'link');
    expect(desk.question?.plan?.dial).toBe(numberOf(3));
    expect(desk.attention).toBe(attention + 1);
  });

  test('leave no error in the window, while an error about the user’s own number stays', async () => {
    for (const [text, origin, stays] of [
      ['tel:hello', 'link', false],
      ['hello', 'command', false],
      ['hello', 'clipboard', true],
    ] as const) {
      const desk = new FlowDesk();
      await desk.flow.dial(text, origin);
      desk.flow.ignoreLinks(true);
      expect(desk.flow.state.refusal !== null).toBe(stays);
    }
  });

  test('can be allowed again early', async () => {
    const desk = new FlowDesk();
    desk.flow.ignoreLinks(true);
    desk.flow.ignoreLinks(false);
    expect(desk.flow.state.ignoredUntil).toBeNull();
    await desk.flow.dial(link(0), 'link');
    expect(desk.question?.plan?.dial).toBe(numberOf(0));
  });
});
