import { describe, expect, test } from 'vitest';
import type { AppDriver } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, startSignedIn, until } from './support/session.ts';

const numberOf = (index: number): string => `+1 201 555 01${String(index).padStart(2, '0')}`;
/** A page, or a program, opens a link. */
const opens = (app: AppDriver, index: number): Promise<unknown> =>
  app.act({ type: 'second-instance', argv: [`tel:${numberOf(index).replaceAll(' ', '')}`] });
/** The first line of the tray menu, which opens the window. */
const statusLine = async (app: AppDriver): Promise<string> => (await app.state()).tray?.menu?.[0]?.label ?? '';
const isFocused = async (app: AppDriver): Promise<boolean> => (await app.windows())[0]?.focused === true;

describe.each(TARGETS)('links in a loop on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  test('the open question does not change; the others follow one by one', async () => {
    const { app, window, pbx } = await startSignedIn(target);
    await opens(app, 0);
    await window.question.getByText(numberOf(0)).first().waitFor();
    for (let index = 1; index <= 4; index += 1) await opens(app, index);
    await window.question.getByText('4 more numbers are waiting.').waitFor();
    await app.act({ type: 'second-instance', argv: ['tel:nonsense'] });
    await window.page.getByRole('alert').first().waitFor();
    await window.question.getByText(numberOf(0)).first().waitFor();

    await (await window.readQuestion()).getByRole('button', { name: 'Call', exact: true }).click();
    await window.question.getByText(numberOf(1)).first().waitFor();
    await window.question.getByText('3 more numbers are waiting.').waitFor();
    await until(() => {
      const placed = pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/api/sessions');
      expect(placed.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([{ callee: '+12015550100' }]);
    });
  });

  test('after three declined links the next one does not take the focus, and links can be ignored', async () => {
    const { app, window } = await startSignedIn(target);
    for (let index = 0; index < 3; index += 1) {
      await app.act({ type: 'window', action: 'close' });
      await until(async () => expect((await app.windows())[0]?.visible).toBe(false));
      await opens(app, index);
      await until(async () => expect(await isFocused(app)).toBe(true));
      await window.question.getByText(numberOf(index)).first().waitFor();
      await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
      await window.question.waitFor({ state: 'detached' });
    }
    await app.act({ type: 'window', action: 'close' });
    for (let index = 3; index < 6; index += 1) await opens(app, index);
    await until(async () => {
      const { notifications } = await app.state();
      expect(notifications.map(({ title }) => title)).toEqual(['Call this number?']);
    });
    expect((await app.windows())[0]?.visible).toBe(false);
    await until(async () => expect((await app.state()).tray?.tooltip).toBe('Traydial: 3 numbers wait for your answer'));

    await app.act({ type: 'tray-menu', label: await statusLine(app) });
    await window.question.getByText('2 more numbers are waiting.').waitFor();
    await (await window.readQuestion()).getByRole('button', { name: 'Ignore links for 10 minutes' }).click();
    await window.text(/Links are ignored until/).waitFor();
    await window.question.waitFor({ state: 'detached' });
    await app.act({ type: 'window', action: 'close' });
    await opens(app, 7);
    await app.act({ type: 'tray-menu', label: await statusLine(app) });
    await until(async () => expect(await isFocused(app)).toBe(true));
    expect(await window.question.count()).toBe(0);

    await window.button('Open links again').click();
    await window.text(/Links are ignored until/).waitFor({ state: 'detached' });
    await opens(app, 8);
    await window.question.getByText(numberOf(8)).first().waitFor();
  });
});
