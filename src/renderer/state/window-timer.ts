import { Timer } from '../../shared/timer.ts';

/** A timer on the page's clock. */
export const windowTimer = (): Timer =>
  new Timer({
    after(ms, task) {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
  });
