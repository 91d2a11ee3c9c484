import fc from 'fast-check';
import type { CommandName } from '../../../src/shared/ipc.ts';
import { COMMANDS } from '../../../src/shared/schema/commands.ts';
import { NULLABLE, PARTIAL, SAMPLES, WORDS } from './samples.ts';

export interface Hostile {
  command: CommandName;
  /** The arguments after the channel; exactly one payload is valid. */
  args: unknown[];
  /** Describes the case in a failure message. */
  why: string;
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** Invalid numbers, texts that are too long, and values of other types. */
const anyValue = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, false, 0, -1, NaN, Infinity, '', [], {}, [[]], { length: 1 }),
  fc.constantFrom<unknown>(JSON.parse('{"__proto__":{"ok":true}}'), { toString: 1, constructor: null }, new Date(NaN)),
  fc.anything({ withMap: true, withSet: true, withTypedArray: true, withDate: true, withBigInt: true }),
);

/** A value that is invalid at `path`, where the sample has `good`. */
function wrongFor(command: CommandName, path: string, good: unknown): fc.Arbitrary<unknown> {
  const field = path.split('.').at(-1) ?? '';
  const mayBeNull = NULLABLE.has(field) || NULLABLE.has(`${command} ${path}`);
  const otherType = anyValue.filter(
    (value) =>
      typeOf(value) !== typeOf(good) && !(value === null && mayBeNull) && !(value === undefined && path !== ''),
  );
  if (typeof good === 'string') {
    const tooLong = fc.integer({ min: 100_001, max: 200_000 }).map((length) => '5'.repeat(length));
    return WORDS.has(field)
      ? fc.oneof(
          otherType,
          tooLong,
          fc.string().map((text) => `${text}~`),
        )
      : fc.oneof(otherType, tooLong);
  }
  if (typeof good === 'number') return fc.oneof(otherType, fc.constantFrom(-1, 1.5, NaN, Infinity, 1e300));
  return otherType;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeOf(value) === 'object';

/** The paths in a sample: '' for the whole, then 'options', 'options.trunk'… List items are not included. */
function placesOf(value: unknown, path = ''): string[] {
  if (!isObject(value)) return [path];
  return [path, ...Object.keys(value).flatMap((key) => placesOf(value[key], path === '' ? key : `${path}.${key}`))];
}

const at = (value: unknown, path: string): unknown =>
  path === ''
    ? value
    : path.split('.').reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

/** A copy of `value` after `change` of the object that contains `path`. */
function changed(
  value: unknown,
  path: string,
  change: (holder: Record<string, unknown>, key: string) => void,
): unknown {
  const copy: unknown = structuredClone(value);
  const keys = path.split('.');
  const key = keys.pop() ?? '';
  const holder = at(copy, keys.join('.'));
  if (isObject(holder)) change(holder, key);
  return copy;
}

function hostileFor(command: CommandName): fc.Arbitrary<Hostile> {
  const sample: unknown = SAMPLES[command];
  const places = placesOf(sample);
  const inner = places.filter((place) => place !== '');
  const holders = places.filter((place) => isObject(at(sample, place)));
  const needed = inner.filter((place) => PARTIAL[command]?.test(place) !== true);

  const replaced = fc.constantFrom(...places).chain((place) =>
    wrongFor(command, place, at(sample, place)).map((value): Hostile => ({
      command,
      args: [place === '' ? value : changed(sample, place, (holder, key) => (holder[key] = value))],
      why: `another value at "${place}"`,
    })),
  );
  const arity = fc
    .constantFrom<unknown[]>([], [sample, sample], [sample, null], [sample, undefined, 1])
    .map((args): Hostile => ({ command, args, why: `${args.length} values` }));
  const ways = [
    { weight: 8, arbitrary: replaced },
    { weight: 1, arbitrary: arity },
  ];
  if (needed.length > 0) {
    ways.push({
      weight: 1,
      arbitrary: fc.constantFrom(...needed).map((place): Hostile => ({
        command,
        args: [changed(sample, place, (holder, key) => void Reflect.deleteProperty(holder, key))],
        why: `nothing at "${place}"`,
      })),
    });
  }
  if (holders.length > 0) {
    ways.push({
      weight: 1,
      arbitrary: fc.constantFrom(...holders).map((place): Hostile => ({
        command,
        args: [changed(sample, place === '' ? 'extra' : `${place}.extra`, (holder, key) => (holder[key] = 1))],
        why: `one field too many in "${place}"`,
      })),
    });
  }
  return fc.oneof(...ways);
}

/** A valid command with one invalid value. */
export const hostile: fc.Arbitrary<Hostile> = fc.constantFrom(...COMMANDS).chain(hostileFor);
