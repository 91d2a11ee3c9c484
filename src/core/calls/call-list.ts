import type { Call } from '../../shared/call.ts';
import type { CallsState, FoundCalls } from '../../shared/state.ts';

/** As many as a person may look through; a busy office of 300 desks has about so many. */
export const MOST_SHOWN = 100;

const SHOWN = new WeakMap<readonly Call[], Pick<CallsState, 'calls' | 'more'>>();

/**
 * The first of all live calls, and how many there are beyond. The order is that of the tracker: mine are among the
 * first, and a call of a colleague keeps its place until it ends, where a list of the newest would be another one at
 * each look.
 */
export function shownCalls(calls: Call[]): Pick<CallsState, 'calls' | 'more'> {
  const known = SHOWN.get(calls);
  if (known !== undefined) return known;
  const shown = calls.length <= MOST_SHOWN ? calls : calls.slice(0, MOST_SHOWN);
  const mine = countMine(calls) - countMine(shown);
  const state = { calls: shown, more: { mine, others: calls.length - shown.length - mine } };
  SHOWN.set(calls, state);
  return state;
}

/** Calls of colleagues with these letters in a name, or these digits in a number. One character finds nothing. */
export function findCalls(calls: readonly Call[], typed: string): FoundCalls {
  const text = typed.trim().toLowerCase();
  const digits = text.replace(/\D/gu, '');
  const asName = /\p{L}/u.test(text) ? text : '';
  if (text.length < 2 || (asName === '' && digits.length < 2)) return { calls: [], more: 0 };
  const found = calls.filter(
    (call) =>
      !call.mine &&
      [call.caller, call.callee].some((party) => {
        return asName === ''
          ? party.number.replace(/\D/gu, '').includes(digits)
          : party.name.toLowerCase().includes(asName) || party.number.toLowerCase().includes(asName);
      }),
  );
  return { calls: found.slice(0, MOST_SHOWN), more: Math.max(0, found.length - MOST_SHOWN) };
}

const countMine = (calls: readonly Call[]): number => calls.reduce((sum, call) => sum + Number(call.mine), 0);
