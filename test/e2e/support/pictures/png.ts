import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

/** `data`: four bytes a pixel, red, green, blue and opacity, row by row. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

const MAX_COLOURS = 256;
/**
 * By how many of 256 steps a colour may change; the second is used if the first leaves too many colours. From 6 on, the
 * comparison sees another grey, and a browser may draw the same view a step or two lighter or darker.
 */
const MAX_DISTANCES = [3, 4];
/** A colour of more pixels than this belongs to a surface. */
const SURFACE_PIXELS = 150;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export const readPng = (file: Buffer): Picture => PNG.sync.read(file);

/**
 * A PNG file with at most 256 colours, a third of the size of a screenshot: pngjs writes no palettes. Colours differ from
 * the picture's by less than what the comparison tolerates; a picture that has too many for that keeps all of them.
 */
export function smallPng(picture: Picture): Buffer {
  const { width, height, data } = picture;
  const small = toPalette(data);
  if (small === null) return PNG.sync.write(Object.assign(new PNG({ width, height }), { data: Buffer.from(data) }));
  const { indexes, palette } = small;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, colours from a palette.
  header.set([8, 3], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * Colours of surfaces stay exact. Of the many in the edges of letters, each that is close to a more frequent one becomes
 * that one. Null if that leaves too many colours.
 */
function toPalette(data: Uint8Array): { indexes: Uint8Array; palette: Buffer } | null {
  const pixels = new Uint32Array(data.length / 4);
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const [red = 0, green = 0, blue = 0] = data.subarray(pixel * 4, pixel * 4 + 3);
    const colour = (red << 16) | (green << 8) | blue;
    pixels[pixel] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const byFrequency = [...counts].sort(([, one], [, other]) => other - one);
  for (const maxDistance of MAX_DISTANCES) {
    const palette: Colour[] = [];
    const indexes = new Map<number, number>();
    for (const [colour, count] of byFrequency) {
      const like =
        count > SURFACE_PIXELS ? -1 : palette.findIndex((other) => distance(other, channels(colour)) <= maxDistance);
      indexes.set(colour, like === -1 ? palette.push(channels(colour)) - 1 : like);
    }
    if (palette.length > MAX_COLOURS) continue;
    return {
      indexes: Uint8Array.from(pixels, (colour) => indexes.get(colour) ?? 0),
      palette: Buffer.from(palette.flat()),
    };
  }
  return null;
}

type Colour = readonly [number, number, number];

const channels = (colour: number): Colour => [colour >> 16, (colour >> 8) & 255, colour & 255];
const distance = (one: Colour, other: Colour): number =>
  Math.max(...one.map((value, index) => Math.abs(value - (other[index] ?? 0))));

function chunk(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const body = Buffer.concat([Buffer.from(type), content]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
