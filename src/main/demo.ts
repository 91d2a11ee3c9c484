import type { DemoAccess } from '../core/account/demo-access.ts';
import { appError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';

/** Starts the built-in demo PBX, which is loaded only when it is needed. */
export async function openDemo(seed: number): Promise<Result<DemoAccess>> {
  try {
    const { startDemoPbx } = await import('../demo/index.ts');
    const demo = await startDemoPbx(seed);
    const { domain, username, password } = demo.account;
    return ok({
      address: demo.address,
      domain,
      username,
      password,
      fingerprint: demo.fingerprint,
      simulateCall: (event) => demo.make(event),
      close: () => demo.close(),
    });
  } catch (error) {
    return err(appError('demo-failed', { detail: String(error) }));
  }
}
