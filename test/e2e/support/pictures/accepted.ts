import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { compare, type Difference } from './compare.ts';
import { readPng, smallPng } from './png.ts';
import { whileSteady } from './steady.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const ACCEPTED = join(ROOT, 'test/e2e/accepted');
const FAILED = join(ROOT, 'out/pictures-that-differ');
/** `npm run screenshots -- --accept`: pictures that differ replace the accepted ones. */
const ACCEPTS = process.env['TRAYDIAL_ACCEPT_PICTURES'] !== undefined;
/** The view may still be changing: a poll or a slice of state is on its way. */
const TRIES = 40;
const PAUSE_MS = 100;
/** How many pictures in a row must be the same before the last one is accepted. */
const SAME_IN_A_ROW = 5;

interface Failure {
  shot: Buffer;
  difference: Difference;
}

/**
 * Fails if the page looks different from the accepted picture of this name, see docs/verification.md. Waits for the page to
 * look as accepted, not for a time. `part` selects what is compared, by default the whole page.
 */
export async function expectAcceptedPicture(page: Page, name: string, part?: string): Promise<void> {
  const spec = basename(expect.getState().testPath ?? '', '.e2e.ts');
  const path = join(ACCEPTED, spec, `${name}.png`);
  const seen = part === undefined ? page : page.locator(part);
  const shot = (): Promise<Buffer> => seen.screenshot({ animations: 'disabled' });
  if (ACCEPTS) return whileSteady(page, () => accept(path, shot));
  const shown = relative(ROOT, path);
  if (!existsSync(path)) throw new Error(`There is no ${shown} yet: npm run screenshots -- --accept`);
  const accepted = readPng(readFileSync(path));
  const failure = await whileSteady(page, async () => {
    let last: Failure | null = null;
    for (let tries = 0; tries < TRIES; tries++) {
      const taken = await shot();
      const difference = compare(accepted, readPng(taken));
      if (difference === null) return null;
      last = { shot: taken, difference };
      await page.waitForTimeout(PAUSE_MS);
    }
    return last;
  });
  if (failure === null) return;
  const folder = join(FAILED, spec);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.actual.png`), failure.shot);
  writeFileSync(join(folder, `${name}.difference.png`), failure.difference.picture);
  expect.fail(
    `The window differs from ${shown}: ${failure.difference.pixels} pixels in one place. See ${name}.*.png in ` +
      `${relative(ROOT, folder)}. If it is to look like that: npm run screenshots -- --accept`,
  );
}

/** Keeps the accepted picture unless the page looks different; its modification time then says that it is still in use. */
async function accept(path: string, shot: () => Promise<Buffer>): Promise<void> {
  let taken = await shot();
  for (let same = 1; same < SAME_IN_A_ROW;) {
    const next = await shot();
    same = next.equals(taken) ? same + 1 : 1;
    taken = next;
  }
  const picture = readPng(taken);
  const now = new Date();
  if (existsSync(path) && compare(readPng(readFileSync(path)), picture) === null) {
    utimesSync(path, now, now);
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, smallPng(picture));
}
