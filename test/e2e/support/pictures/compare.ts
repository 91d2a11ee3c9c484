import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import type { Picture } from './png.ts';

/**
 * How far apart two colours may be; 1 is black and white. Smaller differences come from another version of the browser.
 * pixelmatch also ignores the edges of letters and lines that are drawn a little differently.
 */
const COLOUR = 0.02;
/**
 * How many pixels may differ in any square of this size: noise is spread over the picture, a control that moved or a text
 * that changed is in one place.
 */
const SQUARE = 24;
const MOST_PIXELS = 12;

export interface Difference {
  /** In the square with the most pixels that differ. */
  pixels: number;
  /** Red where the pictures differ, yellow where only edges do; as a PNG file. */
  picture: Buffer;
}

/** Null if the pictures show the same. */
export function compare(accepted: Picture, actual: Picture): Difference | null {
  const { width, height } = accepted;
  const drawn = new PNG({ width, height });
  if (actual.width !== width || actual.height !== height)
    return { pixels: width * height, picture: PNG.sync.write(drawn) };
  const options = { threshold: COLOUR, windowSize: SQUARE };
  const pixels = pixelmatch(accepted.data, actual.data, drawn.data, width, height, options);
  return pixels <= MOST_PIXELS ? null : { pixels, picture: PNG.sync.write(drawn) };
}
