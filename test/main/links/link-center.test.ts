import { notices } from '../../../src/messages/en/notices.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { Desktop } from '../../../src/main/desktop-state.ts';
import { LinkCenter, type LinkCenterOptions } from '../../../src/main/links/link-center.ts';
import { compare, takenNotice } from '../../../src/main/links/takeover.ts';
import { readSchemes, readTaken, type LinkMemory } from '../../../src/main/stores/link-memory.ts';
import { LINK_SCHEMES, type LinkScheme, type LinkStatus } from '../../../src/shared/links.ts';
import { ok } from '../../../src/shared/result.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { SAMPLE_DESKTOP } from '../../support/samples.ts';

let clock: ManualClock;
let desktop: Desktop;
let memory: LinkMemory;
/** The default programs of a computer that accepts every change. */
let handlers: Map<string, string>;

const newDesktop = (): Desktop => new Desktop({ ...SAMPLE_DESKTOP, notifier: 'none' }, () => {});

beforeEach(() => {
  clock = new ManualClock();
  memory = { linksOurs: [], linksTaken: [] };
  handlers = new Map();
  desktop = newDesktop();
});

const OURS = 'Traydial';

function open(more: Partial<LinkCenterOptions> = {}): LinkCenter {
  return new LinkCenter({
    readStatus: (scheme) => {
      const program = handlers.get(scheme);
      if (program === undefined) return Promise.resolve({ state: 'none', program: '' });
      return Promise.resolve(program === OURS ? { state: 'ours', program: '' } : { state: 'other', program });
    },
    register: (schemes) => {
      for (const scheme of schemes) handlers.set(scheme, OURS);
      return Promise.resolve(ok(null));
    },
    registerOnce: () => Promise.resolve(),
    openDefaultApps: () => Promise.resolve(),
    entry: { state: 'no', add: () => Promise.resolve(), remove: () => Promise.resolve() },
    isInstalled: () => true,
    memory,
    desktop,
    platform: 'linux',
    clock,
    ...more,
  });
}

const of = (scheme: LinkScheme): LinkStatus | undefined => desktop.state.links.find((link) => link.scheme === scheme);
const messages = () => desktop.state.notices.map((notice) => notices(notice).message);

test('every scheme is listed with the one action that helps', async () => {
  handlers.set('tel', OURS).set('sip', 'Linphone');
  await open().check();
  expect(desktop.state.links.map(({ scheme }) => scheme)).toEqual([...LINK_SCHEMES]);
  expect(of('tel')).toEqual({ scheme: 'tel', state: 'ours', program: '', action: null });
  expect(of('sip')).toEqual({ scheme: 'sip', state: 'other', program: 'Linphone', action: 'make-default' });
  await open({ platform: 'win32' }).check();
  expect(of('sip')?.action).toBe('choose');
  await open({ isInstalled: () => false }).check();
  expect(of('sip')?.action).toBe('install');
  const entry = { state: 'missing', add: () => Promise.resolve(), remove: () => Promise.resolve() } as const;
  await open({ entry }).check();
  expect(of('sip')?.action).toBe('add-entry');
});

test('the user can make Traydial the program for one scheme or for all', async () => {
  const center = open();
  expect(await center.makeDefault('sip')).toEqual({ ok: true, value: null });
  expect([of('sip')?.state, of('tel')?.state]).toEqual(['ours', 'none']);
  await center.makeDefault(null);
  expect(desktop.state.links.filter(({ state }) => state !== 'ours').map(({ scheme }) => scheme)).toEqual(['sips']);
  await center.makeDefault('sips');
  expect(of('sips')?.state).toBe('ours');
});

test('registering that succeeds but changes nothing is an error, except on Windows, where the user still has to choose', async () => {
  const register = () => Promise.resolve(ok(null));
  expect(await open({ register }).makeDefault('tel')).toMatchObject({
    ok: false,
    error: { code: 'links-not-accepted', detail: 'tel:' },
  });
  expect(await open({ register, platform: 'win32' }).makeDefault('tel')).toEqual({ ok: true, value: null });
});

test('no scheme is registered or read before the window is first shown', async () => {
  const done: string[] = [];
  const center = open({
    registerOnce: () => Promise.resolve(void done.push('registered')),
    isInstalled: () => done.push('looked') > 0,
  });
  await clock.advance(24 * 60 * 60_000);
  expect(done).toEqual([]);
  center.windowShown();
  expect(done).toEqual([]);
  await clock.advance(1_000);
  expect(done).toEqual(['registered', 'looked']);
});

test('an entry that cannot be written is an error value', async () => {
  const entry = {
    state: 'missing' as const,
    add: () => Promise.reject(new Error('EROFS')),
    remove: () => Promise.resolve(),
  };
  expect(await open({ entry }).setEntry(true)).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
});

describe('when another program takes a scheme', () => {
  test('a notice is shown until the user has read it, also after the next start', async () => {
    handlers.set('tel', OURS);
    await open().check();
    handlers.set('tel', 'Teams');
    await open().check();
    expect(messages()).toEqual(['Teams took over tel: links.']);
    desktop = newDesktop();
    const next = open();
    await next.check();
    expect(messages()).toEqual(['Teams took over tel: links.']);
    next.noticeDismissed();
    desktop = newDesktop();
    await open().check();
    expect(messages()).toEqual([]);
  });

  test('it is detected within an hour', async () => {
    handlers.set('tel', OURS);
    const center = open();
    await center.check();
    handlers.set('tel', 'Teams');
    await clock.advance(59 * 60_000);
    expect(messages()).toEqual([]);
    await clock.advance(60_000);
    expect(messages()).toHaveLength(1);
    center.stop();
    expect(clock.pending()).toEqual([]);
  });

  test('showing the window triggers a check, but not every time', async () => {
    handlers.set('tel', OURS);
    const center = open();
    await center.check();
    handlers.set('tel', 'Teams');
    center.windowShown();
    await clock.advance(10_001);
    expect(messages()).toEqual([]);
    center.windowShown();
    await clock.advance(1_000);
    expect(messages()).toHaveLength(1);
  });

  test('no notice says that another program took sips:, which PortSIP ONE for Microsoft Teams needs', async () => {
    handlers.set('sips', OURS).set('sip', OURS);
    await open().check();
    handlers.set('sips', 'PortSIP ONE').set('sip', 'PortSIP ONE');
    await open().check();
    expect(messages()).toEqual(['PortSIP ONE took over sip: links.']);
  });

  test('schemes that were never ours or cannot be read cause no notice, and a scheme that returns removes it', () => {
    const status = (state: LinkStatus['state'], program = ''): LinkStatus[] => [
      { scheme: 'tel', state, program, action: null },
    ];
    expect(compare({ linksOurs: [], linksTaken: [] }, status('other', 'Teams')).linksTaken).toEqual([]);
    const ours: LinkMemory = { linksOurs: ['tel'], linksTaken: [] };
    expect(compare(ours, status('unknown'))).toEqual(ours);
    const taken = compare(ours, status('other', 'Teams'));
    expect(taken).toEqual({ linksOurs: [], linksTaken: [{ scheme: 'tel', program: 'Teams' }] });
    expect(compare(taken, status('ours'))).toEqual({ linksOurs: ['tel'], linksTaken: [] });
  });
});

test('several schemes share one notice', () => {
  const taken = (['tel', 'callto'] as const).map((scheme) => ({ scheme, program: 'Teams' }));
  const notice = { id: 'links-taken', schemes: ['tel', 'callto'], program: 'Teams' };
  expect(takenNotice(taken)).toEqual(notice);
  const unnamed = takenNotice([...taken, { scheme: 'sip', program: '' }]);
  expect(unnamed).toEqual({ ...notice, schemes: ['tel', 'callto', 'sip'], program: '' });
  expect(takenNotice([])).toBeNull();
});

test('a damaged file counts as empty', () => {
  expect(readSchemes(['tel', 5, 'http'])).toEqual(['tel']);
  expect(readTaken([{ scheme: 'tel', program: 5 }, null, { scheme: 'sip', program: 'a\u202eb' }])).toEqual([
    { scheme: 'sip', program: 'ab' },
  ]);
  expect([readSchemes('tel'), readTaken({})]).toEqual([[], []]);
});
