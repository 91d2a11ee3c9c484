import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { TARGETS } from './support/launch.ts';
import { capture } from './support/capture.ts';
import { cleanUpAfterEach, start, startPbx, until, type Running } from './support/session.ts';
import type { TestPbx } from '../pbx/test-pbx.ts';

const NUMBER = '+12015550100';
/** Names that a stranger chose, and what of them may be seen; each far longer than a line unless it is short by nature. */
const NAMES: readonly (readonly [what: string, raw: string, seen: RegExp])[] = [
  [
    'markup',
    '<img src=x onerror="document.title=1"><h1>Bank</h1><style>*{display:none}</style>',
    /^<img src=x onerror=/,
  ],
  ['control characters', 'An\u0000na\u0007\u001b[31m Berg\r\n\u0085on two\u2028lines', /^Anna\[31m Berg on two lines$/],
  ['a change of direction', `Anna \u202e\u2067gpj.exe${' and more'.repeat(20)}`, /^Anna gpj\.exe and/],
  [
    'towers of marks',
    `T${'\u0301\u0489\u0f83'.repeat(300)}ower${'\u0301'.repeat(500)} of ${'Z\u0341\u0352'.repeat(80)}`,
    /^T/,
  ],
  ['ten thousand characters', 'Anna Berg '.repeat(1_000), /^Anna Berg Anna Berg .*…$/],
  ['one word without end', 'W'.repeat(10_000), /^W+…$/],
  ['Arabic', 'سارة العلي '.repeat(40), /^سارة العلي/],
  ['wide signs', '﷽𒐫'.repeat(100), /^﷽/],
];

describe.each(TARGETS)('hostile names on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  async function signedIn(): Promise<Running & { pbx: TestPbx }> {
    const pbx = await startPbx({ push: 'none' });
    const user = { id: '1', name: 'alex', display_name: NAMES[0]?.[1], extension_number: '1001' };
    pbx.faults.add({ method: 'GET', path: '/api/user', times: Infinity, action: { status: 200, body: user } });
    const running = await start(target);
    await running.window.signIn(pbx);
    await running.window.dialField.waitFor();
    return { ...running, pbx };
  }

  const mine = (callerName: string) => ({ legs: [{ caller: NUMBER, callerName, callee: '1001', trunk: callerName }] });

  test('calls and recent calls: plain text, rows as high as any, numbers in full, nothing to scroll sideways', async () => {
    const { window, pbx } = await signedIn();
    const plain = ['Anna Berg', ...NAMES.map(([, raw]) => raw)];
    const ids = plain.map((name) => pbx.addSession(mine(name)));
    const rows = window.liveCalls.getByRole('listitem');
    await until(async () => expect(await rows.count()).toBe(plain.length));
    // Three in the banner, the others in a row each.
    const others = window.page.getByRole('list', { name: 'Live calls' }).getByRole('listitem');
    // A name in the banner may take a second line.
    await holdsItsShape(window.page, window.ringing.getByRole('listitem'), '+1 201 555 0100', NAME_LINE);
    await holdsItsShape(window.page, others, '+1 201 555 0100');
    const shown = await rows.locator('.name').allTextContents();
    for (const [what, , seen] of NAMES)
      expect(
        shown.filter((text) => seen.test(text)),
        what,
      ).not.toEqual([]);
    await capture(window.page, 'hostile-calls');

    for (const id of ids) pbx.endSession(id);
    const past = window.recents.getByRole('listitem');
    await until(async () => expect(await past.count()).toBe(plain.length));
    await holdsItsShape(window.page, past, '+1 201 555 0100');
    await capture(window.page, 'hostile-recents');
  });

  test('calls of colleagues show both parties', async () => {
    const { window, pbx } = await signedIn();
    const plain = ['Anna Berg', ...NAMES.map(([, raw]) => raw)];
    for (const callerName of plain) pbx.addSession({ legs: [{ caller: NUMBER, callerName, callee: '1004' }] });
    await window.showColleagues();
    const rows = window.liveCalls.getByRole('listitem');
    await until(async () => expect(await rows.count()).toBe(plain.length));
    await holdsItsShape(window.page, rows, '1004');
    await capture(window.page, 'hostile-colleagues');
  });

  test('the tray, the question of a link and the card of a placed call', async () => {
    const { app, window, pbx } = await signedIn();
    const people = NAMES.map(([, raw, seen], index) => ({ raw, seen, shown: `+1 201 555 01${10 + index}` }));
    const ids = people.map(({ raw, shown }) =>
      pbx.addSession({ legs: [{ caller: shown.replaceAll(' ', ''), callerName: raw, callee: '1001' }] }),
    );
    const rows = window.liveCalls.getByRole('listitem');
    await until(async () => expect(await rows.count()).toBe(people.length));
    const texts = await until(async () => {
      const { tray } = await app.state();
      const calls = tray?.menu?.find(({ label }) => label === 'My calls')?.submenu ?? [];
      const labels = calls.map(({ label }) => label).filter((label) => label.endsWith('– ringing'));
      expect(labels).toHaveLength(people.length);
      return [...labels, tray?.tooltip ?? ''];
    });
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(120);
      expect(text).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }
    for (const id of ids) pbx.endSession(id);
    await until(async () => expect(await window.recents.getByRole('listitem').count()).toBe(people.length));

    for (const { seen, shown } of people) {
      await app.act({ type: 'open-url', url: `tel:${shown.replaceAll(' ', '')}` });
      const number = window.question.getByText(shown);
      await number.waitFor();
      // Only the caller sent the name.
      expect(await window.question.getByText(seen).count()).toBe(0);
      await holdsItsShape(window.page, window.question.locator('.number'), shown);
      await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
      await number.waitFor({ state: 'detached' });
    }
    const [tower] = people.filter(({ raw }) => raw.includes('\u0489'));
    await window.dial(tower?.shown ?? '');
    const card = window.page.locator('.placed header');
    await card.waitFor();
    expect(await card.getByRole('heading').locator('bdi').textContent()).toBe(tower?.shown);
    await holdsItsShape(window.page, card, tower?.shown ?? '');
    await capture(window.page, 'hostile-card');
    expect(await window.page.title()).toBe('Traydial');
    expect(await window.page.locator('main img').count()).toBe(0);
  });
});

/** Height of a line of a name in the banner, in px. */
const NAME_LINE = 24;

/** An element, as far as it is measured here: the types of the DOM are not those of this side. */
interface Box {
  tagName: string;
  scrollWidth: number;
  clientWidth: number;
  getBoundingClientRect(): { height: number };
}

/** All of one height, that number to be read in each without a cut, and no part of the window wider than the window. */
async function holdsItsShape(page: Page, rows: Locator, number: string, difference = 1): Promise<void> {
  const heights = await rows.evaluateAll((all: Box[]) =>
    all.map((row) => Math.round(row.getBoundingClientRect().height)),
  );
  // The first and the last row lack a hairline.
  expect(Math.max(...heights) - Math.min(...heights), heights.join()).toBeLessThanOrEqual(difference);
  const numbers = rows.getByText(number, { exact: true });
  expect(await numbers.count()).toBe(await rows.count());
  const cut = await numbers.evaluateAll((all: Box[]) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
  expect(cut).toBe(0);
  const parts = page.locator('html, body, main, .lists, footer');
  const wide = await parts.evaluateAll((all: Box[]) =>
    all.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.tagName),
  );
  expect(wide).toEqual([]);
  const footer = await page.locator('footer').boundingBox();
  expect(Math.round(footer?.height ?? 0)).toBeLessThanOrEqual(41);
}
