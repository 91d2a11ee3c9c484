/** A number of 16 digits or more, which may be one that a JavaScript number cannot hold; or text that looks like one. */
const LONG_NUMBER = /(?:^|[:,[\s])-?\d{16}/;

/**
 * Parses JSON text; undefined when it is not JSON. Whole numbers that a JavaScript number cannot hold
 * (session ids have 18 digits) come out as the string of their digits, so that an id sent as a number stays exact.
 */
export function parseJson(text: string): unknown {
  try {
    // A reviver makes a list of ten thousand sessions three times as slow, and ids are nearly always text.
    return LONG_NUMBER.test(text) ? JSON.parse(text, exactIntegers) : JSON.parse(text);
  } catch {
    // Also where nesting is too deep for the stack.
    return undefined;
  }
}

function exactIntegers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? source : value;
}
