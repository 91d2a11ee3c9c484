/**
 * Parses JSON text; undefined when it is not JSON. Whole numbers that a JavaScript number cannot hold
 * (session ids have 18 digits) come out as the string of their digits, so that an id sent as a number stays exact.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, exactIntegers);
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
