import type { Target } from './launch.ts';
import { ANNA, JONAS, knowPeople, MIA, SALES } from './office.ts';
import type { Visit } from './scenes.ts';
import { start, startPbx } from './session.ts';

/** A usual morning at a desk: colleagues on the phone, a few calls so far; then Anna Berg calls through a queue. */
export async function visitOffice(target: Target, visit: Visit): Promise<void> {
  const pbx = await startPbx({ pace: 0.02 });
  const colleagues = [
    { caller: '1004', callerName: 'Priya Shah', callee: '+12015550119', answeredSecondsAgo: 64 },
    { caller: '1006', callerName: 'Owen Clarke', callee: '1005', answeredSecondsAgo: 207 },
  ];
  for (const leg of colleagues) pbx.addSession({ legs: [leg], startedSecondsAgo: leg.answeredSecondsAgo + 9 });
  const { window } = await start(target);
  await window.signIn(pbx);
  await window.dialField.waitFor();
  await window.button('Dismiss the country').click();
  await knowPeople(window.page);

  const missed = pbx.addSession({ legs: [{ caller: MIA.number, callee: '1001', trunk: 'Main' }] });
  await window.ringing.getByText(MIA.name).waitFor();
  pbx.endSession(missed);
  await window.ringing.waitFor({ state: 'detached' });
  const talked = pbx.addSession({ legs: [{ caller: JONAS.number, callee: '1001', trunk: 'Main' }] });
  await window.ringing.getByText(JONAS.name).waitFor();
  pbx.answer(talked);
  await window.ringing.waitFor({ state: 'detached' });
  pbx.endSession(talked);
  await window.recents.getByRole('listitem').nth(1).waitFor();
  // Until they were in sight for a moment, they count as new.
  await window.recents.getByText('New:').first().waitFor({ state: 'detached' });

  const toSales = { caller: ANNA.number, trunk: 'Main' };
  pbx.addSession({
    legs: [
      { ...toSales, callee: SALES, answeredSecondsAgo: 0 },
      { ...toSales, callee: '1001' },
    ],
  });
  await window.ringing.getByText(ANNA.name).waitFor();
  await visit(window, 'office-ringing');
}
