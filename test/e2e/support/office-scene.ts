import type { Target } from './launch.ts';
import { callSales, openOffice, prepareProfile } from './office.ts';
import type { Visit } from './scenes.ts';
import { newProfile, start, startPbx } from './session.ts';

/** A usual morning at a desk, and a call that comes in through a queue. */
export async function visitOffice(target: Target, visit: Visit): Promise<void> {
  const pbx = await startPbx({ pace: 0.02 });
  const profile = newProfile();
  prepareProfile(profile);
  const { window } = await start(target, { profile });
  await openOffice(window, pbx);
  await callSales(window, pbx);
  await visit(window, 'office-ringing');
}
