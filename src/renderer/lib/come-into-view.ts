import type { Attachment } from 'svelte/attachments';

/** For the row of the call `id`: if the user clicked on its notification (`shown`), scrolls to it and focuses it. */
export function comeIntoView(shown: { id: string } | null, id: string): Attachment<HTMLElement> | null {
  if (shown?.id !== id) return null;
  return (element) => {
    element.scrollIntoView({ block: 'nearest' });
    element.focus({ preventScroll: true });
  };
}
