import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, aroundEach, afterEach, expect, vi } from 'vitest';
import type { TestPbx, TestPbxOptions } from '../../pbx/test-pbx.ts';
import { startTestPbx } from '../../pbx/start-test-pbx.ts';
import { finishSetup } from '../../support/finished-setup.ts';
import { WAIT_TIMEOUT_MS, type AppDriver, type LaunchOptions } from './app-driver.ts';
import { closeBrowser } from './browser.ts';
import { closeDesk } from './electron-driver.ts';
import { lastSight } from './last-sight.ts';
import type { Target } from './launch.ts';
import { WindowPage } from './window-page.ts';

export interface Running {
  app: AppDriver;
  window: WindowPage;
}

interface Started {
  apps: AppDriver[];
  pbxs: TestPbx[];
  profiles: string[];
}

/** What each spec has started: several can run side by side. */
const specs = new AsyncLocalStorage<Started>();

function started(): Started {
  const spec = specs.getStore();
  if (spec === undefined) throw new Error('A file with end-to-end specs has to call cleanUpAfterEach().');
  return spec;
}

/** Ends what each spec of this file has started, and fails if a page logged an error. */
export function cleanUpAfterEach(): void {
  aroundEach((runSpec) => specs.run({ apps: [], pbxs: [], profiles: [] }, runSpec));
  afterEach(async ({ task }) => {
    const { apps, pbxs, profiles } = started();
    const [error] = task.result?.errors ?? [];
    if (error !== undefined) {
      const seen = await Promise.all(apps.map(lastSight));
      error.message = [error.message, ...seen].join('\n');
    }
    // A page that was still loading when its program ended by itself logs an error.
    const complaints = apps
      .flatMap((app) => app.complaints)
      .filter((text) => !/ERR_(?:CONNECTION_\w+|EMPTY_RESPONSE)/.test(text));
    await Promise.all(apps.splice(0).map((app) => app.stop()));
    await Promise.all(pbxs.splice(0).map((pbx) => pbx.close()));
    for (const profile of profiles.splice(0)) rmSync(profile, { recursive: true, force: true });
    // As text: a list is cut short in the report.
    expect(complaints.join('\n')).toBe('');
  });
  afterAll(async () => {
    await closeBrowser();
    await closeDesk();
  });
}

export async function start(target: Target, options: LaunchOptions = {}): Promise<Running> {
  const profile = options.profile ?? newProfile();
  if (options.firstSteps !== true) finishSetup(profile);
  const app = await target.launch({ ...options, profile });
  started().apps.push(app);
  return { app, window: new WindowPage(() => app.page) };
}

/** A program that is signed in to a PBX of the spec's own. */
export async function startSignedIn(
  target: Target,
  options: TestPbxOptions = {},
  launch: LaunchOptions = {},
): Promise<Running & { pbx: TestPbx }> {
  const pbx = await startPbx(options);
  const running = await start(target, launch);
  await running.window.signIn(pbx);
  await running.window.dialField.waitFor();
  return { ...running, pbx };
}

/** A separate PBX on its own port; by default fast and without traffic. */
export async function startPbx(options: TestPbxOptions = {}): Promise<TestPbx> {
  const pbx = await startTestPbx({ pace: 4, ...options });
  started().pbxs.push(pbx);
  return pbx;
}

/** `timeout` in ms. */
export const until = <T>(check: () => T | Promise<T>, timeout = WAIT_TIMEOUT_MS): Promise<T> =>
  vi.waitFor(check, { timeout, interval: 50 });

/** A user's folder that outlives a program, for specs that start it twice. */
export function newProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'traydial-profile-'));
  started().profiles.push(profile);
  return profile;
}
