import { expect, test } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import { KINDS, outcomeOf, REQUESTS, type AnsweredKind, type Kind } from './requests.ts';
import { startFaultyServer } from './faulty-server.ts';
import { BARELY_READABLE, NEEDED, placesOf, UNREADABLE, VALUES, withValue } from './values.ts';
import { answer as sendAnswer } from './wire.ts';

/** One kind for each form of answer; kinds with the same form use the same code. */
const KINDS_WITH_ANSWER = KINDS.filter((kind): kind is AnsweredKind => {
  const { like, answer } = REQUESTS[kind];
  return kind !== 'upgrade' && (like === undefined || REQUESTS[like].answer !== answer);
});

/** The outcomes of a kind of request for `bodies`, in order. */
async function outcomesOf(kind: Kind, bodies: readonly string[]): Promise<string[]> {
  const request = REQUESTS[kind];
  const clock = new ManualClock(Date.now());
  let body = '';
  const server = await startFaultyServer(request, (socket, reset) => sendAnswer(200, body)(socket, reset, ''));
  const outcomes: string[] = [];
  for (body of bodies) {
    outcomes.push(outcomeOf(kind, await request.ask({ ...server, clock })));
  }
  await server.close();
  return outcomes;
}

test.concurrent.each(KINDS_WITH_ANSWER)(
  '%s: a strange value in any place is left out or leads to a named error',
  // Some hundred TLS connections for each kind, all kinds at once: a busy machine takes more than a minute.
  async (kind) => {
    const { answer } = REQUESTS[kind];
    const { fields, else: named } = NEEDED[kind];
    const cases = placesOf(answer).flatMap((place) =>
      Object.entries(VALUES).map(([what, value]) => ({ place, what, body: withValue(answer, place, value) })),
    );
    const outcomes = await outcomesOf(
      kind,
      cases.map(({ body }) => body),
    );
    const surprises = cases.flatMap(({ place, what }, index) => {
      const outcome = outcomes[index] ?? '';
      const unsure = fields.includes(place) || BARELY_READABLE.includes(what);
      const expected = UNREADABLE.includes(what) ? [named] : unsure ? ['good', named] : ['good'];
      return expected.includes(outcome) ? [] : [`${what} at "${place}": ${outcome}`];
    });
    expect(surprises).toEqual([]);
    // Otherwise the values were not in the expected places.
    expect(outcomes).toContain(named);
    expect(outcomes).toContain('good');
  },
);
