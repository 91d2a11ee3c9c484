import { afterEach, expect, test, vi } from 'vitest';
import { keyOf } from '../../src/core/account/account-key.ts';
import { contractViolations } from '../pbx/contract.ts';
import { startTestPbx } from '../pbx/start-test-pbx.ts';
import type { TestPbx } from '../pbx/test-pbx.ts';
import { formFor, MemoryCountries, openTestDesk, until, type TestDesk } from './support/test-desk.ts';

let opened: TestDesk | null = null;
const pbxs: TestPbx[] = [];

afterEach(async () => {
  await opened?.desk.close();
  opened = null;
  for (const pbx of pbxs.splice(0)) await pbx.close();
});

async function startPbx(): Promise<TestPbx> {
  const pbx = await startTestPbx();
  pbxs.push(pbx);
  return pbx;
}

function open(options: Parameters<typeof openTestDesk>[0] = {}): TestDesk['desk'] {
  opened = openTestDesk(options);
  return opened.desk;
}

const keyIn = (desk: TestDesk | null): string => {
  const account = desk?.accounts.account ?? null;
  return account === null ? '' : keyOf(account);
};

const GERMAN = { region: 'DEU', timezone: 'Europe/Berlin' };
const PLAIN_USER = { name: 'alex', extension_number: '1001' };

/** A PBX with these answers to GET /user and GET /tenant. */
async function pbxAnswering({
  user,
  tenant,
}: {
  user?: object;
  tenant?: { status: number; body?: object };
}): Promise<TestPbx> {
  const pbx = await startPbx();
  if (user !== undefined) {
    pbx.faults.add({ method: 'GET', path: '/api/user', times: Infinity, action: { status: 200, body: user } });
  }
  if (tenant !== undefined) {
    pbx.faults.add({ method: 'GET', path: '/api/tenant', times: Infinity, action: { body: {}, ...tenant } });
  }
  return pbx;
}

async function expectCountry(desk: TestDesk['desk'], pbx: TestPbx, country: object | null): Promise<void> {
  expect(await desk.accounts.signIn(formFor(pbx))).toMatchObject({ ok: true });
  await until(() => expect(pbx.requests.map(({ path }) => path)).toContain('/api/tenant'));
  await until(() => expect(desk.country.found).toEqual(country));
}

test('takes the country from the line of the user, and completes national numbers with it', async () => {
  const pbx = await startPbx();
  const desk = open();
  await expectCountry(desk, pbx, { code: 'US', from: 'line' });
  expect(desk.dialCommands.preview('201 555 0186')).toMatchObject({ found: 'one', plan: { dial: '+12015550186' } });
  expect(contractViolations(pbx.requests)).toEqual([]);
});

test('takes the country of the tenant if the user has no number in E.164', async () => {
  const pbx = await pbxAnswering({ user: PLAIN_USER, tenant: { status: 200, body: GERMAN } });
  await expectCountry(open({ country: { system: 'US', memory: new MemoryCountries() } }), pbx, {
    code: 'DE',
    from: 'tenant',
  });
});

test('prefers the country of the tenant’s E.164 processing to its region while the processing is enabled', async () => {
  const e164 = { enabled: true, country: 'Austria(43)' };
  const pbx = await pbxAnswering({ user: PLAIN_USER, tenant: { status: 200, body: { ...GERMAN, e164 } } });
  await expectCountry(open(), pbx, { code: 'AT', from: 'tenant' });
});

test.each([401, 403, 404])(
  'stays signed in and uses the country of the system if the PBX answers %i to GET /tenant',
  async (status) => {
    const pbx = await pbxAnswering({ user: PLAIN_USER, tenant: { status } });
    const desk = open({ country: { system: 'FR', memory: new MemoryCountries() } });
    await expectCountry(desk, pbx, { code: 'FR', from: 'system' });
    await until(() => expect(desk.country.isNew).toBe(true));
    expect(desk.account).toMatchObject({ status: 'signed-in', reason: null });
  },
);

test('stays signed in and does not show the country yet if GET /tenant fails', async () => {
  const pbx = await pbxAnswering({ user: PLAIN_USER, tenant: { status: 500 } });
  const desk = open({ country: { system: 'FR', memory: new MemoryCountries() } });
  await expectCountry(desk, pbx, { code: 'FR', from: 'system' });
  await until(() => expect(desk.calls.list.status).toBe('live'));
  expect(desk.country.isNew).toBe(false);
  expect(desk.account).toMatchObject({ status: 'signed-in', reason: null });
});

test('shows a country as new until it is dismissed, and not again after a restart', async () => {
  const pbx = await startPbx();
  const memory = new MemoryCountries();
  const desk = open({ country: { system: '', memory } });
  await expectCountry(desk, pbx, { code: 'US', from: 'line' });
  await until(() => expect(desk.country.isNew).toBe(true));

  desk.foundCountry.shown();
  expect(memory.shownCountries(keyIn(opened))).toEqual(['US']);
  expect(desk.country.isNew).toBe(true);
  desk.foundCountry.dismiss();
  expect(desk.country.isNew).toBe(false);
  await desk.close();

  const again = open({ country: { system: '', memory } });
  expect(await again.accounts.signIn(formFor(pbx))).toMatchObject({ ok: true });
  await until(() => expect(pbx.requests.filter(({ path }) => path === '/api/tenant')).toHaveLength(2));
  expect(again.country).toEqual({ found: { code: 'US', from: 'line' }, isNew: false });
});

test('keeps the country of the account after a sign-out, and does not show it as new', async () => {
  const pbx = await startPbx();
  const desk = open({ country: { system: 'FR', memory: new MemoryCountries() } });
  await expectCountry(desk, pbx, { code: 'US', from: 'line' });
  await until(() => expect(desk.country.isNew).toBe(true));
  desk.foundCountry.shown();
  await desk.accounts.signOut();
  expect(desk.country).toEqual({ found: { code: 'US', from: 'line' }, isNew: false });
});

test('keeps the country that the user chose when it finds another one', async () => {
  const pbx = await startPbx();
  const desk = open({ settings: { dialling: { country: 'DE' } } });
  await expectCountry(desk, pbx, { code: 'US', from: 'line' });
  expect(desk.country.isNew).toBe(false);
  expect(desk.dialCommands.preview('030 12345678')).toMatchObject({ found: 'one', plan: { dial: '+493012345678' } });
});

test('knows the country of the last session from the next start on, before the sign-in', async () => {
  const pbx = await pbxAnswering({ user: PLAIN_USER, tenant: { status: 200, body: GERMAN } });
  const desk = open();
  await expectCountry(desk, pbx, { code: 'DE', from: 'tenant' });
  const accounts = opened?.accounts;
  await desk.close();
  await pbx.close();
  const again = open(accounts === undefined ? {} : { accounts });
  const countries = [again.country.found];
  void again.accounts.resume();
  await until(() => expect(again.account).toMatchObject({ status: 'signing-in' }));
  countries.push(again.country.found);
  const fromTenant = { code: 'DE', from: 'tenant' };
  expect(countries).toEqual([fromTenant, fromTenant]);
});

test.each(['GB', 'FR'])(
  'completes a link that waited for the sign-in with the country of the PBX, on a computer in %s',
  async (system) => {
    const pbx = await pbxAnswering({ user: PLAIN_USER, tenant: { status: 200, body: GERMAN } });
    const desk = open({ country: { system, memory: new MemoryCountries() } });
    await desk.dialCommands.dial('tel:03012345678', 'link');
    const before = desk.dial.question;
    await expectCountry(desk, pbx, { code: 'DE', from: 'tenant' });
    const { question } = desk.dial;
    expect(question).toMatchObject({ mode: 'ask', plan: { dial: '+493012345678' } });
    expect(question?.id).not.toBe(before?.id);
    if (before !== null) expect(await desk.dialCommands.answer(before.id, true)).toMatchObject({ ok: false });
    expect(await desk.dialCommands.answer(question?.id ?? '', true)).toMatchObject({ ok: true });
    const posted = pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/api/sessions');
    expect(posted.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([{ callee: '+493012345678' }]);
  },
);

test('refuses a link that waited for the sign-in if the country of the PBX does not complete it', async () => {
  const pbx = await pbxAnswering({ user: PLAIN_USER, tenant: { status: 200, body: GERMAN } });
  const desk = open({ country: { system: 'FR', memory: new MemoryCountries() } });
  expect(await desk.dialCommands.dial('tel:030123', 'link')).toEqual({ ok: true, value: 'read-after-sign-in' });
  await expectCountry(desk, pbx, { code: 'DE', from: 'tenant' });
  await until(() => expect(desk.dial.refusal?.error.code).toBe('number-incomplete'));
  expect(desk.dial.question).toBeNull();
});

test('shows a country as new once for each account, however often the accounts are switched', async () => {
  const american = await startPbx();
  const german = await pbxAnswering({ user: PLAIN_USER, tenant: { status: 200, body: GERMAN } });
  const desk = open();
  const shown: string[] = [];
  const use = async (enter: () => Promise<unknown>, code: string): Promise<void> => {
    await enter();
    // While the country may still change, an invalid number is kept instead of refused.
    await vi.waitFor(async () =>
      expect(await desk.dialCommands.dial('1'.repeat(40), 'clipboard')).toMatchObject({ ok: false }),
    );
    expect(desk.country.found?.code).toBe(code);
    if (!desk.country.isNew) return;
    shown.push(code);
    desk.foundCountry.dismiss();
  };
  await use(() => desk.accounts.signIn(formFor(american)), 'US');
  await use(() => desk.accounts.signIn(formFor(german)), 'DE');
  const keys = opened?.accounts.accounts.map(keyOf) ?? [];
  for (let round = 0; round < 2; round += 1) {
    await use(() => desk.accounts.switchTo(keys[1] ?? ''), 'US');
    await use(() => desk.accounts.switchTo(keys[0] ?? ''), 'DE');
  }
  expect(shown).toEqual(['US', 'DE']);
});
