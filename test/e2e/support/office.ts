import type { Page } from 'playwright-core';

/** The people of the pictures in README and guide; their numbers are reserved for fiction. */
export const ANNA = { name: 'Anna Berg', company: 'Berg GmbH', number: '+12015550142' };
export const JONAS = { name: 'Jonas Keller', company: 'Keller & Sons', number: '+12125550177' };
export const MIA = { name: 'Mia Lindqvist', company: 'Lindqvist Design', number: '+442079460018' };
/** The number of a queue. */
export const SALES = '8000';

const PEOPLE = [ANNA, JONAS, MIA];

/** Makes them contacts and favourites of the user. */
export async function knowPeople(page: Page): Promise<void> {
  const send = (command: string, payload: object): Promise<unknown> =>
    page.evaluate(`window.traydial.invoke('${command}', ${JSON.stringify(payload)})`);
  for (const { name, company, number } of PEOPLE) {
    await send('contacts.save', { id: null, name, company, numbers: [{ kind: 'work', number }] });
    await send('favourites.set', { name, number, provenance: 'directory', favourite: true });
  }
}
