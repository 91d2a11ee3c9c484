import { act } from '@testing-library/svelte';
import { vi } from 'vitest';

/** Stands for the browser's IntersectionObserver: everything is in sight, or nothing, as a test says. */
export function sight(): { show(inSight: boolean): void; focus(focused: boolean): Promise<void> } {
  const observers = new Set<() => void>();
  let inSight = true;
  class Observer {
    readonly #report: () => void;

    constructor(callback: IntersectionObserverCallback) {
      this.#report = () =>
        callback([{ isIntersecting: inSight } as IntersectionObserverEntry], this as unknown as IntersectionObserver);
    }

    observe(): void {
      observers.add(this.#report);
      queueMicrotask(this.#report);
    }

    disconnect(): void {
      observers.delete(this.#report);
    }
  }
  vi.stubGlobal('IntersectionObserver', Observer);
  const hasFocus = vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  return {
    show(now) {
      inSight = now;
      for (const report of observers) report();
    },
    async focus(focused) {
      hasFocus.mockReturnValue(focused);
      await act(() => window.dispatchEvent(new Event(focused ? 'focus' : 'blur')));
    },
  };
}
