import { describe, expect, test } from 'vitest';
import { dialling } from '../../src/messages/en/dialling.ts';
import type { TestPbx } from '../pbx/test-pbx.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, start, startPbx, until, type Running } from './support/session.ts';

type Signed = Running & { pbx: TestPbx };

const NUMBER = '+12015550123';
const REASONS = dialling.guards;
const OTHER = '+12015550199';

/** The numbers that the PBX was asked to dial, in order. */
const dialled = (pbx: TestPbx): string[] =>
  pbx.requests
    .filter(({ method, path }) => method === 'POST' && path === '/api/sessions')
    .map(({ body }) => (JSON.parse(body) as { callee: string }).callee);

describe.each(TARGETS)('dialling on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  async function signedIn(): Promise<Signed> {
    const pbx = await startPbx();
    const running = await start(target);
    await running.window.signIn(pbx);
    await running.window.dialField.waitFor();
    return { ...running, pbx };
  }

  const click = ({ app }: Signed, url: string): Promise<unknown> => app.act({ type: 'open-url', url });

  interface Guard {
    guard: string;
    reason: string;
    /** Causes the question, although every source may dial without one. */
    trigger: (desk: Signed) => Promise<unknown>;
  }
  const guards: Guard[] = [
    { guard: 'emergency', reason: REASONS.emergency, trigger: ({ window }) => window.dial('112') },
    {
      guard: 'a feature code from a link',
      reason: dialling.guardReason({ id: 'feature-code', params: { effect: 'forward-all' } }),
      trigger: (desk) => click(desk, 'tel:*72'),
    },
    {
      guard: 'premium rate',
      reason: REASONS['premium-rate'],
      trigger: ({ window }) => window.dial('+1 900 555 0123'),
    },
    {
      guard: 'satellite',
      reason: REASONS.satellite,
      trigger: ({ window }) => window.dial('+881 612345678'),
    },
    {
      guard: "another system's address",
      reason: REASONS['foreign-host'],
      trigger: (desk) => click(desk, `sip:${NUMBER}@elsewhere.example.org`),
    },
    {
      guard: 'a country not called before',
      reason: REASONS.distant,
      trigger: async (desk) => {
        await desk.window.openSettings('Calling');
        await desk.window.page.getByLabel('Country', { exact: true }).selectOption('US');
        await click(desk, 'tel:+4930901820');
      },
    },
    {
      guard: 'the same number again',
      reason: REASONS.repeated,
      trigger: async ({ window }) => {
        await window.dial(NUMBER);
        await window.button('Cancel').click();
        await window.button('Call again').click();
      },
    },
    {
      guard: 'whom one is talking to',
      reason: REASONS['on-the-phone'],
      trigger: async (desk) => {
        await desk.window.dial(NUMBER);
        await desk.window.step('Connected');
        await desk.window.dial('+1 (201) 555-0123');
      },
    },
    {
      guard: 'a link during a call',
      reason: REASONS['in-a-call'],
      trigger: async (desk) => {
        desk.pbx.addSession({
          legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', answeredSecondsAgo: 9 }],
        });
        await desk.window.liveCalls.getByText('Anna Berg').waitFor();
        await click(desk, `tel:${NUMBER}`);
      },
    },
  ];

  test.each(guards)('$guard asks, although it may be dialled without a question', async ({ reason, trigger }) => {
    const desk = await signedIn();
    const { window, pbx } = desk;
    await window.confirm('Clicked links', 'Call after 3 s');
    await trigger(desk);
    await window.reasons.getByText(reason).waitFor();
    const before = dialled(pbx);
    await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
    await window.question.waitFor({ state: 'detached' });
    expect(dialled(pbx)).toEqual(before);
  });

  test('confirming a question with a reason dials', async () => {
    const { window, pbx } = await signedIn();
    await window.dial('+1 900 555 0123');
    await window.reasons.waitFor();
    await (await window.readQuestion()).getByRole('button', { name: 'Call', exact: true }).click();
    await until(() => expect(dialled(pbx)).toEqual(['+19005550123']));
  });

  test('a guard that was switched off no longer asks', async () => {
    const { window, pbx } = await signedIn();
    await window.openSettings('Before calling');
    await window.page.getByRole('switch', { name: 'Premium-rate numbers' }).click();
    await window.button('Settings').click();
    await window.dial('+1 900 555 0123');
    await until(() => expect(dialled(pbx)).toEqual(['+19005550123']));
  });

  test('a number that is undone in time is not dialled; the next one is dialled after three seconds', async () => {
    const { window, pbx } = await signedIn();
    await window.confirm('Typed or picked in Traydial', 'Call after 3 s');
    await window.dial(NUMBER);
    await window.question.getByRole('button', { name: 'Cancel' }).click();
    await window.question.waitFor({ state: 'detached' });
    await window.dial('1003');
    await window.question.waitFor();
    await window.page.keyboard.press('Escape');
    await window.question.waitFor({ state: 'detached' });
    const began = Date.now();
    await window.dial('1002');
    await window.question.getByText(dialling.undoHint).waitFor();
    await window.reached('Your phone');
    expect(Date.now() - began).toBeGreaterThanOrEqual(3_000);
    expect(dialled(pbx)).toEqual(['1002']);
  });

  test('hiding the window does not undo it, and a second link is asked about afterwards', async () => {
    const { app, window, pbx } = await signedIn();
    await window.confirm('Clicked links', 'Call after 3 s');
    await app.act({ type: 'open-url', url: 'tel:1003' });
    await window.question.getByText('1003', { exact: true }).waitFor();
    await app.act({ type: 'open-url', url: `tel:${OTHER}` });
    await window.text('1 more number is waiting.').waitFor();
    await app.act({ type: 'window', action: 'close' });
    await until(() => expect(dialled(pbx)).toEqual(['1003']));
    await window.question.getByText('+1 201 555 0199').first().waitFor();
    await window.question.getByText(REASONS['in-a-call']).waitFor();
  });

  test('a double click on a link is one question', async () => {
    const { app, window, pbx } = await signedIn();
    await Promise.all([1, 2].map(() => app.act({ type: 'open-url', url: `tel:${NUMBER}` })));
    await (await window.readQuestion()).getByRole('button', { name: 'Call', exact: true }).click();
    await window.reached('Your phone');
    expect(await window.question.count()).toBe(0);
    expect(dialled(pbx)).toEqual([NUMBER]);
  });

  test('a pasted list is chosen from by the keyboard, and no two numbers become one', async () => {
    const { window, pbx } = await signedIn();
    await window.paste('1002\r\n+1 201 555 0199\n');
    await window.text('Choose one of 2 numbers').waitFor();
    await window.dialField.press('Enter');
    await window.page.keyboard.press('ArrowDown');
    await window.page.keyboard.press('Enter');
    await window.reached('Your phone');
    expect(dialled(pbx)).toEqual([OTHER]);
  });

  test('digits for after the answer stay on the card and can be copied', async () => {
    const { app, window, pbx } = await signedIn();
    await window.dial(`${NUMBER},,456#`);
    await window.text('Then press').waitFor();
    await window.button('Copy the digits to press').click();
    await until(async () => expect((await app.state()).clipboard.text).toBe('456#'));
    expect(dialled(pbx)).toEqual([NUMBER]);
  });
});
