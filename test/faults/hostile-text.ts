import fc from 'fast-check';
import { EVENT_FRAMES } from './push-frames.ts';
import { REQUESTS } from './requests.ts';
import { placesOf, VALUES, withValue } from './values.ts';

/** Few ids, numbers and times, so that texts refer to the same calls. */
const plausible = {
  id: fc.constantFrom('"a"', '"b"', '"c"', '7', '"7"'),
  number: fc.constantFrom('"1001"', '"1002"', '"sip:1001@pbx"', '"+12015550123"', '""'),
  time: fc.constantFrom('"2026-01-05T09:00:00Z"', '"2026-01-05T08:59:00Z"', '"1970-01-01T00:00:00Z"', '1767603600'),
  seconds: fc.constantFrom('0', '0', '0', '1', '"5"', 'null', '4294967295'),
  status: fc.constantFrom('"RINGING"', '"On Call"', '"IDLE"', '""'),
  type: fc.constantFrom(...['add', 'ringing', 'answer', 'noanswer', 'end'].map((word) => `"cdr_target_${word}"`)),
};

const PLAUSIBLE: Record<string, fc.Arbitrary<string>> = {
  id: plausible.id,
  session_id: plausible.id,
  caller: plausible.number,
  callee: plausible.number,
  destiantion: plausible.number,
  extension: plausible.number,
  call_status: plausible.status,
  started_at: plausible.time,
  time: plausible.time,
  ended_time: plausible.time,
  answered_time: plausible.time,
  talking_time: plausible.seconds,
};

const strange = fc.oneof(
  fc.constantFrom(...Object.values(VALUES).map((value) => value ?? 'null')),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => JSON.stringify(text)),
);

/** The JSON of `sample` with plausible values in many places and strange ones in few. */
function disturbed(sample: unknown, oddOneIn: number): fc.Arbitrary<string> {
  const places = placesOf(sample).filter((place) => place !== '');
  const changes = places.map((place) => {
    const usual = PLAUSIBLE[place.split('.').at(-1) ?? ''];
    const none = fc.constant(null);
    return fc.oneof(
      { weight: oddOneIn, arbitrary: usual === undefined ? none : usual },
      { weight: 1, arbitrary: strange },
    );
  });
  return fc.tuple(...changes).map((values) =>
    // Inner places first, because changing an outer one removes them.
    places.reduceRight((text, place, index) => {
      const value = values[index];
      return value === null || value === undefined ? text : inPlace(text, place, value);
    }, JSON.stringify(sample)),
  );
}

function inPlace(text: string, place: string, value: string): string {
  try {
    return withValue(JSON.parse(text), place, value);
  } catch {
    // An earlier strange value has already made it unreadable.
    return text;
  }
}

const SESSION = REQUESTS.get.answer;
const whole = (list: string[]): string => `{"count":${list.length},"items":[${list.join()}]}`;

/** Answers to GET /api/sessions: mostly readable, with repetitions, gaps and garbage. */
export const listText: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.array(disturbed(SESSION, 30), { maxLength: 4 }).map(whole) },
  { weight: 2, arbitrary: fc.array(disturbed(SESSION, 3), { maxLength: 4 }).map(whole) },
  { weight: 1, arbitrary: fc.oneof(strange, fc.string({ unit: 'binary' })) },
);

/** The same for push frames. */
export const frameText: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.oneof(...EVENT_FRAMES.map((frame) => disturbed(frame, 30))) },
  { weight: 3, arbitrary: fc.oneof(...EVENT_FRAMES.map((frame) => disturbed(frame, 3))) },
  { weight: 1, arbitrary: fc.oneof(strange, fc.string({ unit: 'binary' })) },
);
