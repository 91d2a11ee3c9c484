import { describe, expect, test } from 'vitest';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, start, startPbx, until } from './support/session.ts';

const placed = (pbx: { requests: readonly { method: string; path: string; body: unknown }[] }) =>
  pbx.requests.filter((request) => request.method === 'POST' && request.path === '/api/sessions');

describe.each(TARGETS)('tel: links on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  test('a link that starts the program shows its number and asks', async () => {
    const { window } = await start(target, { demo: true, link: 'tel:+1-201-555-0123' });
    await window.question.getByText('+1 201 555 0123').first().waitFor();
    expect(await window.progress.count()).toBe(0);
    await (await window.readQuestion()).getByRole('button', { name: 'Call', exact: true }).click();
    await window.step('Connected');
  });

  test('a link to the running program shows its window and asks; without an answer it is not dialled', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    await window.signIn(pbx);
    await window.dialField.waitFor();
    await app.act({ type: 'window', action: 'close' });
    await until(async () => expect((await app.windows())[0]?.visible).toBe(false));
    await app.act({ type: 'second-instance', argv: ['tel:1002'] });
    await until(async () => expect((await app.windows())[0]?.visible).toBe(true));
    await window.question.getByText('1002', { exact: true }).waitFor();
    await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
    await window.question.waitFor({ state: 'detached' });
    expect(placed(pbx)).toEqual([]);
  });

  test('a link may dial after three seconds when the user chose so', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    await window.signIn(pbx);
    await window.confirm('Clicked links', 'Call after 3 s');
    await app.act({ type: 'open-url', url: 'tel:1002' });
    await window.reached('Your phone');
    expect(placed(pbx)).toHaveLength(1);
    expect(JSON.parse(String(placed(pbx)[0]?.body))).toEqual({
      caller: '1001',
      callee: '1002',
      send_sdp: true,
    });
  });

  test('a double click on a link is one question and one call', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    await window.signIn(pbx);
    await window.dialField.waitFor();
    const click = () => app.act({ type: 'second-instance', argv: ['tel:+1-201-555-0123'] });
    await Promise.all([click(), click()]);
    await window.question.getByText('+1 201 555 0123').first().waitFor();
    expect(await window.question.count()).toBe(1);
    await (await window.readQuestion()).getByRole('button', { name: 'Call', exact: true }).click();
    await window.step('Connected');
    expect(await window.question.count()).toBe(0);
    expect(placed(pbx)).toHaveLength(1);
  });

  test.each(['callto:1002', 'sip:1002@demo.traydial.test', 'traydial:1002'])('opens %s as a link', async (link) => {
    const { window } = await start(target, { demo: true, link });
    await window.question.getByText('1002').first().waitFor();
  });

  test('a link that comes before the sign-in is kept through it', async () => {
    const pbx = await startPbx();
    const { window } = await start(target, { link: 'tel:+12015550123' });
    await window.signIn(pbx);
    await window.question.getByText('+1 201 555 0123').first().waitFor();
  });

  test.each([
    ['nothing', 'tel:'],
    ['a switch', 'tel:--flag'],
    ['a broken escape', 'tel:%zz'],
    ['a word', 'tel:hello'],
    ['ten thousand digits', `tel:${'1'.repeat(10_240)}`],
    ['a second line', 'tel:+12015550123%0d%0a--demo'],
  ])('%s in a link shows an error and is not dialled', async (_name, link) => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    await window.signIn(pbx);
    await window.dialField.waitFor();
    await app.act({ type: 'open-url', url: link });
    await window.page.getByRole('alert').first().waitFor();
    expect(await window.question.count()).toBe(0);
    expect(placed(pbx)).toEqual([]);
  });

  test('switches after a link are ignored', async () => {
    const { app, window } = await start(target);
    await app.act({ type: 'second-instance', argv: ['tel:1002', '--demo', '--hidden'] });
    await window.page.getByRole('heading', { name: 'Sign in to your PBX' }).waitFor();
    await app.act({ type: 'second-instance', argv: ['--demo'] });
    expect(await window.dialField.count()).toBe(0);
  });
});
