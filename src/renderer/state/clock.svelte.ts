import { createSubscriber } from 'svelte/reactivity';

/** Twice a second, so that no second is skipped when a tick is a little late. */
const TICK_MS = 500;

const subscribe = createSubscriber((update) => {
  let timer: ReturnType<typeof setInterval> | undefined;
  const startOrPause = (): void => {
    clearInterval(timer);
    if (document.visibilityState === 'hidden') return;
    update();
    timer = setInterval(update, TICK_MS);
  };
  // Not startOrPause(): what subscribes must not be updated while it subscribes.
  timer = document.visibilityState === 'hidden' ? undefined : setInterval(update, TICK_MS);
  document.addEventListener('visibilitychange', startOrPause);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', startOrPause);
  };
});

/**
 * The current time (ms since 1970). Markup and effects that read it run again with every tick. There is one interval for
 * the whole window, and only while the time is used and the window is visible.
 */
export function tickingNow(): number {
  subscribe();
  return Date.now();
}

/** The day is checked at least this often, because a timer for midnight is late if the computer sleeps. */
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

/** The current time (ms since 1970), for showing dates. Markup and effects that read it run again at midnight. */
export function today(): number {
  subscribeToDay();
  return Date.now();
}
