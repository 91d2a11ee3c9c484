/** The time format of push: whole seconds since 1970, as a string. */
export const unixSeconds = (ms: number): string => String(Math.floor(ms / 1000));
