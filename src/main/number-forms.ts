import type { Call, Party } from '../shared/call.ts';
import { showNumber } from '../shared/show-number.ts';
import { countryOf, type NumberForms, type State } from '../shared/state.ts';

type Shown = Pick<State, 'calls' | 'recents' | 'favourites' | 'settings' | 'country'>;

/**
 * How the numbers in the window are written. Main does this because the library that knows every country's form would
 * be more than half of the code that the window's first picture waits for.
 */
export class FormattedNumbers {
  #country = '';
  /** How each number in the window is written, also if that is how it came. */
  #written = new Map<string, string>();
  #forms: NumberForms = {};

  /** The forms of the numbers in a state; the same object while nothing about them changes. */
  forState(state: Shown): NumberForms {
    const country = countryOf(state);
    const known = country === this.#country ? this.#written : new Map<string, string>();
    const written = new Map<string, string>();
    for (const number of numbersOf(state)) {
      if (!written.has(number)) written.set(number, known.get(number) ?? showNumber(number, country));
    }
    const isSame =
      known === this.#written && written.size === known.size && [...written.keys()].every((n) => known.has(n));
    if (isSame) return this.#forms;
    this.#country = country;
    this.#written = written;
    this.#forms = formsOf(written);
    return this.#forms;
  }

  /** The forms of numbers that are in no slice, such as the results of a search. */
  forParties(parties: readonly Pick<Party, 'number'>[]): NumberForms {
    return formsOf(parties.map(({ number }) => [number, showNumber(number, this.#country)]));
  }
}

/** Leaves out the numbers that are written as they came. */
const formsOf = (written: Iterable<[number: string, form: string]>): NumberForms =>
  Object.fromEntries([...written].filter(([number, form]) => form !== number));

function* numbersOf({ calls, recents, favourites, settings }: Shown): Iterable<string> {
  yield* numbersOfCalls(calls.calls);
  for (const { number } of recents) yield number;
  for (const { number } of favourites) yield number;
  yield* settings.identity.ownNumbers;
}

/** The numbers of calls as rows show them. */
function* numbersOfCalls(calls: readonly Call[]): Iterable<string> {
  for (const { other, callee } of calls) {
    yield other.number;
    yield callee.number;
  }
}
