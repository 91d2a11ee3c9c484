/** A time as it is pushed: whole seconds since 1970, in a string. */
export const unixSeconds = (ms: number): string => String(Math.floor(ms / 1000));
