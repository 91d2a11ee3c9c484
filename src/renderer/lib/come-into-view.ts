import type { Attachment } from 'svelte/attachments';

/** Scrolls to the call that a notification led to and gives it the focus; other calls stay as they are. */
export function comeIntoView(shown: { id: string } | null, id: string): Attachment<HTMLElement> | null {
  if (shown?.id !== id) return null;
  return (element) => {
    element.scrollIntoView({ block: 'nearest' });
    element.focus({ preventScroll: true });
  };
}
