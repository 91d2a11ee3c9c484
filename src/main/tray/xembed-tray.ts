import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { MAX_FILE_BYTES, readSmallFile } from '../stores/small-file.ts';

/** Maximum wait for the X server, in ms. */
const LIMIT_MS = 1_500;
const COOKIE = 'MIT-MAGIC-COOKIE-1';
/** From Xauth.h: an entry for any computer. */
const FAMILY_WILD = 0xffff;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether an XEmbed tray (freedesktop.org's System Tray Protocol) accepts icons: it owns the X selection
 * _NET_SYSTEM_TRAY_S0, where 0 is the screen. Electron falls back to it where no StatusNotifierWatcher runs. Also false
 * when the X server cannot be asked, and always false on Wayland, where Electron draws no such icon. Speaks the X
 * protocol itself, because no program that prints the owner of a selection is installed everywhere.
 */
export async function hasXembedTray(clock: Clock, env: Environment = process.env): Promise<boolean> {
  const display = env['XDG_SESSION_TYPE'] === 'wayland' ? null : readDisplay(env['DISPLAY'] ?? '');
  if (display === null) return false;
  const cookie = readCookie(env['XAUTHORITY'] ?? join(homedir(), '.Xauthority'), display.number);
  for (const place of display.places) {
    const socket = connect(place).on('error', () => undefined);
    const stop = clock.after(LIMIT_MS, () => socket.destroy(new Error('the X server does not answer')));
    try {
      return await hasOwner(new Stream(socket), cookie, `_NET_SYSTEM_TRAY_S${display.screen}`);
    } catch {
      // No socket, no access, or not an X server. The next place may work.
    } finally {
      stop();
      socket.destroy();
    }
  }
  return false;
}

interface Display {
  number: string;
  screen: string;
  places: NetConnectOpts[];
}

/** ":0", "unix:0.0", "localhost:10.0"; null for anything else. */
function readDisplay(text: string): Display | null {
  const match = /^(unix|[\w.-]*)\/?:(\d{1,4})(?:\.(\d{1,3}))?$/.exec(text);
  if (match === null) return null;
  const [, host = '', number = '', screen = '0'] = match;
  const local = host === '' || host === 'unix';
  const path = `/tmp/.X11-unix/X${number}`;
  // Some servers have the abstract socket only, e.g. in a container with a /tmp of its own.
  const places = local ? [{ path }, { path: `\0${path}` }] : [{ host, port: 6000 + Number(number) }];
  return { number, screen, places };
}

/** The cookie of the display in a file as xauth writes it; empty if there is none. */
function readCookie(path: string, display: string): Buffer {
  const read = readSmallFile(path, MAX_FILE_BYTES);
  const file = read.found === 'bytes' ? read.bytes : Buffer.alloc(0);
  let fallback: Buffer = Buffer.alloc(0);
  for (let at = 0; at + 2 <= file.length;) {
    const family = file.readUInt16BE(at);
    at += 2;
    const [address, number, name, data] = [0, 1, 2, 3].map(() => {
      const length = at + 2 <= file.length ? file.readUInt16BE(at) : 0;
      const field = file.subarray(at + 2, at + 2 + length);
      at += 2 + length;
      return field;
    });
    if (name?.toString() !== COOKIE || data === undefined) continue;
    if (number !== undefined && number.length > 0 && number.toString() !== display) continue;
    if (family === FAMILY_WILD || address?.toString() === hostname()) return data;
    fallback = data;
  }
  return fallback;
}

/** Opens an X11 connection in little-endian order and sends two requests: InternAtom and GetSelectionOwner. */
async function hasOwner(stream: Stream, cookie: Buffer, selection: string): Promise<boolean> {
  const name = Buffer.from(cookie.length === 0 ? '' : COOKIE);
  const hello = Buffer.alloc(12);
  hello.write('l');
  hello.writeUInt16LE(11, 2);
  hello.writeUInt16LE(name.length, 6);
  hello.writeUInt16LE(cookie.length, 8);
  stream.write(hello, padded(name), padded(cookie));
  const answer = await stream.read(8);
  if (answer[0] !== 1) throw new Error('the X server refused the connection');
  await stream.read(4 * answer.readUInt16LE(6));

  const text = Buffer.from(selection);
  const atom = await ask(stream, INTERN_ATOM, ONLY_IF_EXISTS, [u16(text.length), u16(0), padded(text)]);
  // No client has ever used this name, so nobody owns the selection.
  if (atom === 0) return false;
  return (await ask(stream, GET_SELECTION_OWNER, 0, [u32(atom)])) !== 0;
}

const INTERN_ATOM = 16;
const ONLY_IF_EXISTS = 1;
const GET_SELECTION_OWNER = 23;

/** Sends a request and resolves with the one number that its reply holds. */
async function ask(stream: Stream, opcode: number, flag: number, parts: Buffer[]): Promise<number> {
  const body = Buffer.concat(parts);
  stream.write(Buffer.from([opcode, flag]), u16(1 + body.length / 4), body);
  for (;;) {
    const reply = await stream.read(32);
    if (reply[0] === 0) throw new Error('the X server reported an error');
    // Anything else is an event that every client gets, e.g. MappingNotify.
    if (reply[0] === 1) return reply.readUInt32LE(8);
  }
}

function u16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

const padded = (data: Buffer): Buffer => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);

/** Reads a given number of bytes from a socket. */
class Stream {
  readonly #socket: Socket;
  readonly #chunks: AsyncIterator<Buffer>;
  #rest = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#chunks = (socket as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  write(...parts: Buffer[]): void {
    this.#socket.write(Buffer.concat(parts));
  }

  async read(length: number): Promise<Buffer> {
    while (this.#rest.length < length) {
      const next = await this.#chunks.next();
      if (next.done === true) throw new Error('the X server hung up');
      this.#rest = Buffer.concat([this.#rest, next.value]);
    }
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}
