import { type ChildProcess, execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { hasXembedTray } from '../../../src/main/tray/xembed-tray.ts';
import { firstLine, missingPrograms } from '../../support/children.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const unavailable = missingPrograms({ Xvfb: 'xvfb', xwininfo: 'x11-utils', xprop: 'x11-utils' });
if (unavailable !== null) process.stderr.write(`Not tested on a real X server: ${unavailable}\n`);

const COOKIE = Buffer.from('0123456789abcdef');
const folder = mkdtempSync(join(tmpdir(), 'traydial-x11-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An entry in xauth's file format; family 0xffff applies to every computer. */
function authority(name: string, cookie: Buffer, family = 0xffff): string {
  const field = (data: Buffer): Buffer => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(data.length);
    return Buffer.concat([length, data]);
  };
  const start = Buffer.alloc(2);
  start.writeUInt16BE(family);
  const path = join(folder, name);
  const fields = ['', '', 'MIT-MAGIC-COOKIE-1'].map((text) => field(Buffer.from(text)));
  writeFileSync(path, Buffer.concat([start, ...fields, field(cookie)]));
  return path;
}

describe.skipIf(unavailable !== null)('on a real X server that asks for a cookie', () => {
  const children: ChildProcess[] = [];
  let env: { DISPLAY: string; XAUTHORITY: string };

  beforeAll(async () => {
    const file = authority('right', COOKIE);
    // Without -noreset the server starts anew when its last client goes, and refuses the next one meanwhile.
    const args = ['-displayfd', '3', '-noreset', '-screen', '0', '64x64x24', '-nolisten', 'tcp', '-auth', file];
    env = { DISPLAY: `:${await firstLine(children, 'Xvfb', args, 3)}`, XAUTHORITY: file };
  });
  afterAll(() => {
    for (const child of children) child.kill();
  });

  test('a panel is detected while the tray’s selection has an owner', async () => {
    expect(await hasXembedTray(systemClock, env)).toBe(false);
    const panel = await ownTray(env);
    expect(await hasXembedTray(systemClock, env)).toBe(true);
    expect(await hasXembedTray(systemClock, { ...env, DISPLAY: `${env.DISPLAY}.0` })).toBe(true);
    expect(await hasXembedTray(systemClock, { ...env, XDG_SESSION_TYPE: 'wayland' })).toBe(false);
    panel.destroy();
    await expect.poll(() => hasXembedTray(systemClock, env)).toBe(false);
  });

  test('no query is sent with a wrong or missing cookie', async () => {
    const panel = await ownTray(env);
    const wrong = authority('wrong', Buffer.alloc(16));
    expect(await hasXembedTray(systemClock, { ...env, XAUTHORITY: wrong })).toBe(false);
    expect(await hasXembedTray(systemClock, { ...env, XAUTHORITY: join(folder, 'none') })).toBe(false);
    panel.destroy();
  });
});

test.for(['', ':9999', 'nonsense', ':', '127.0.0.1:59000'])(
  'no panel is detected if no X server answers at %j',
  async (DISPLAY) => {
    expect(await hasXembedTray(systemClock, { DISPLAY })).toBe(false);
  },
);

test('a cookie file with arbitrary contents throws no error', async () => {
  const XAUTHORITY = join(folder, 'garbage');
  writeFileSync(XAUTHORITY, Buffer.from([1, 0, 255, 255, 7, 7, 7]));
  expect(await hasXembedTray(systemClock, { DISPLAY: ':9999', XAUTHORITY })).toBe(false);
});

test.skipIf(process.platform === 'win32')('a pipe as cookie file is not waited for', async () => {
  const XAUTHORITY = join(folder, 'pipe');
  execFileSync('mkfifo', [XAUTHORITY]);
  expect(await hasXembedTray(systemClock, { DISPLAY: ':9999', XAUTHORITY })).toBe(false);
});

test.for([
  ['hangs', () => undefined],
  ['hangs up', (socket: Socket) => socket.end()],
  ['talks nonsense', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'.repeat(50))],
] as const)('an X server that %s does not block the program', async ([, answer]) => {
  const clock = new ManualClock();
  const taken = Promise.withResolvers<Socket>();
  const server = createServer((socket) => {
    taken.resolve(socket.on('error', () => undefined));
    answer(socket);
  });
  // The display number is the port minus 6000.
  const port = await new Promise<number | null>((resolve) => {
    server.on('error', () => resolve(null));
    server.listen(6789, '127.0.0.1', () => resolve(6789));
  });
  if (port === null) return;
  const there = hasXembedTray(clock, { DISPLAY: `127.0.0.1:${port - 6000}` });
  await taken.promise;
  await clock.advance(1_500);
  expect(await there).toBe(false);
  server.close();
});

/** Owns the tray's selection on behalf of the root window, until the socket is closed. */
async function ownTray({ DISPLAY, XAUTHORITY }: { DISPLAY: string; XAUTHORITY: string }): Promise<Socket> {
  const run = promisify(execFile);
  const env = { ...process.env, DISPLAY, XAUTHORITY };
  const root = /Window id: (0x[0-9a-f]+)/.exec((await run('xwininfo', ['-root'], { env })).stdout)?.[1];
  const socket = connect(`/tmp/.X11-unix/X${DISPLAY.slice(1)}`);
  const name = Buffer.from('MIT-MAGIC-COOKIE-1\0\0');
  const hello = Buffer.from([0x6c, 0, 11, 0, 0, 0, 18, 0, 16, 0, 0, 0]);
  socket.write(Buffer.concat([hello, name, COOKIE]));
  const selection = Buffer.from('_NET_SYSTEM_TRAY_S0\0');
  socket.write(Buffer.concat([Buffer.from([16, 0, 7, 0, 19, 0, 0, 0]), selection]));
  const atom = await atomFrom(socket);
  const own = Buffer.alloc(16);
  own.set([22, 0, 4, 0]);
  own.writeUInt32LE(Number(root), 4);
  own.writeUInt32LE(atom, 8);
  socket.write(own);
  // GetInputFocus: its answer means that the earlier requests are done.
  socket.write(Buffer.from([43, 0, 1, 0]));
  await new Promise((resolve) => socket.once('data', resolve));
  return socket;
}

/** The reply to InternAtom, the last message of the server. */
async function atomFrom(socket: Socket): Promise<number> {
  let said = Buffer.alloc(0);
  // The iterator keeps what arrives between two reads; a listener for one chunk at a time would lose it.
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    said = Buffer.concat([said, chunk]);
    const setup = said.length < 8 ? Infinity : 8 + 4 * said.readUInt16LE(6);
    if (said.length >= setup + 32) return said.readUInt32LE(setup + 8);
  }
  throw new Error('the X server hung up');
}
