import { createSubscriber } from 'svelte/reactivity';

/** Twice a second, so that a timer never skips a second when ticks come a little late. */
const TICK_MS = 500;

const subscribe = createSubscriber((update) => {
  let timer: ReturnType<typeof setInterval> | undefined;
  const adjust = (): void => {
    clearInterval(timer);
    if (document.visibilityState === 'hidden') return;
    update();
    timer = setInterval(update, TICK_MS);
  };
  timer = document.visibilityState === 'hidden' ? undefined : setInterval(update, TICK_MS);
  document.addEventListener('visibilitychange', adjust);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', adjust);
  };
});

/**
 * The time in ms since 1970. Read in a template or an effect it keeps that up to date; one interval serves the
 * whole window, and only while something reads it and the window can be seen.
 */
export function tickingNow(): number {
  subscribe();
  return Date.now();
}

/** At the latest, in ms: a timer does not count the sleep of the computer. */
const CHECK_DAY_MS = 15 * 60_000;

const subscribeToDay = createSubscriber((update) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ends = endOfDay();
  const check = (): void => {
    clearTimeout(timer);
    if (Date.now() >= ends) update();
    ends = endOfDay();
    timer = setTimeout(check, Math.min(ends - Date.now(), CHECK_DAY_MS));
  };
  check();
  document.addEventListener('visibilitychange', check);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', check);
  };
});

function endOfDay(): number {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
}

/** A time of today in ms since 1970. What shows a date by it is updated at midnight. */
export function today(): number {
  subscribeToDay();
  return Date.now();
}
