import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestPbx } from '../../pbx/test-pbx.ts';
import type { WindowPage } from './window-page.ts';

// The people of the pictures in README and guide; their numbers are reserved for fiction.
const ANNA = { name: 'Anna Berg', company: 'Berg GmbH', number: '+12015550142' };
const JONAS = { name: 'Jonas Keller', company: 'Keller & Sons', number: '+12125550177' };
const MIA = { name: 'Mia Lindqvist', company: 'Lindqvist Design', number: '+442079460018' };
const SALES = { name: 'Sales', number: '8000' };

/** The settings of a new profile, with which the directories are read in seconds: with the usual budget it takes a minute. */
export function prepareProfile(profile: string): void {
  writeFileSync(join(profile, 'settings.json'), JSON.stringify({ polling: { requestsPerMinute: 120 } }));
}

/**
 * Signs in to an office on a usual morning: two colleagues on the phone; Anna, Jonas and Mia are contacts and favourites,
 * Mia's call was missed and Jonas' answered.
 */
export async function openOffice(window: WindowPage, pbx: TestPbx): Promise<void> {
  pbx.directories.queues.push({ id: '1', name: SALES.name, extension_number: SALES.number });
  const colleagues = [
    { caller: '1004', callerName: 'Priya Shah', callee: '+12015550119', answeredSecondsAgo: 64 },
    { caller: '1006', callerName: 'Owen Clarke', callee: '1005', answeredSecondsAgo: 207 },
  ];
  for (const leg of colleagues) pbx.addSession({ legs: [leg], startedSecondsAgo: leg.answeredSecondsAgo + 9 });
  await window.signIn(pbx);
  await window.dialField.waitFor();
  await window.button('Dismiss the country').click();
  for (const person of [ANNA, JONAS, MIA]) await know(window, person);

  const missed = pbx.addSession({ legs: [{ caller: MIA.number, callee: '1001', trunk: 'Main' }] });
  await window.ringing.getByText(MIA.name).waitFor();
  pbx.endSession(missed);
  await window.ringing.waitFor({ state: 'detached' });
  const answered = pbx.addSession({ legs: [{ caller: JONAS.number, callee: '1001', trunk: 'Main' }] });
  await window.ringing.getByText(JONAS.name).waitFor();
  pbx.answer(answered);
  await window.ringing.waitFor({ state: 'detached' });
  pbx.endSession(answered);
  await window.recents.getByRole('listitem').nth(1).waitFor();
  // Until they were in sight for a moment, they count as new.
  await window.recents.getByText('New:').first().waitFor({ state: 'detached' });
}

/** Anna Berg calls through the queue of the sales team. */
export async function callSales(window: WindowPage, pbx: TestPbx): Promise<void> {
  const leg = { caller: ANNA.number, trunk: 'Main' };
  pbx.addSession({
    legs: [
      { ...leg, callee: SALES.number, answeredSecondsAgo: 0 },
      { ...leg, callee: '1001' },
    ],
  });
  await window.ringing.getByText(ANNA.name).waitFor();
  // The queues are the last of the directories that are read after the sign-in.
  await window.ringing.getByText(SALES.name).waitFor();
}

/** Makes somebody a contact and a favourite. */
async function know({ page }: WindowPage, { name, company, number }: typeof ANNA): Promise<void> {
  const send = (command: string, payload: object): Promise<unknown> =>
    page.evaluate(`window.traydial.invoke('${command}', ${JSON.stringify(payload)})`);
  await send('contacts.save', { id: null, name, company, numbers: [{ kind: 'work', number }] });
  await send('favourites.set', { name, number, provenance: 'directory', favourite: true });
}
