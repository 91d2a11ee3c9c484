import { describe, expect, test } from 'vitest';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, start } from './support/session.ts';

/** The bridge for a page that ignores the types. */
interface RawBridge {
  invoke: (command: string, payload: unknown) => Promise<unknown>;
  on: (push: string, listener: () => void) => () => unknown;
}

describe.each(TARGETS)('what the page is given on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  test('the page gets two functions that return plain data, and no object of Electron', async () => {
    const { window } = await start(target);
    const seen = await window.page.evaluate(async () => {
      const { traydial } = globalThis as unknown as { traydial: RawBridge };
      const stop = traydial.on('state', () => {});
      const unknown = traydial.on('no-such-push', () => {});
      return {
        names: Object.keys(traydial),
        frozen: Object.isFrozen(traydial),
        stopped: [stop(), unknown()],
        answer: await traydial.invoke('no-such-command', null),
        globals: ['require', 'process', 'ipcRenderer', 'Buffer'].filter((name) => name in globalThis),
      };
    });
    expect(seen).toMatchObject({
      names: ['invoke', 'on'],
      frozen: true,
      stopped: [undefined, undefined],
      answer: { ok: false, error: { code: 'command-invalid' } },
      globals: [],
    });
  });
});
