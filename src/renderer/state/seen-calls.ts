import type { Attachment } from 'svelte/attachments';

export type WhenSeen = (seen: () => void) => Attachment;

/** A row that is visible for this time counts as seen. One that only scrolls past does not. */
const SEEN_MS = 1_500;

/** Calls `seen` when at least half of an element has been visible for SEEN_MS, in a window that has the focus. */
export const whenSeen: WhenSeen = (seen) => (shown) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inSight = false;
  const check = (): void => {
    clearTimeout(timer);
    const inUse = document.hasFocus() && document.visibilityState === 'visible';
    if (inSight && inUse) timer = setTimeout(seen, SEEN_MS);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      inSight = entries.at(-1)?.isIntersecting === true;
      check();
    },
    { threshold: 0.5 },
  );
  observer.observe(shown);
  const changes = [
    [window, 'focus'],
    [window, 'blur'],
    [document, 'visibilitychange'],
  ] as const;
  for (const [target, name] of changes) target.addEventListener(name, check);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    for (const [target, name] of changes) target.removeEventListener(name, check);
  };
};
