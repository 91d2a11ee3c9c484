/** What the page's own question says; the browser that shows it knows nothing of the window that the app has. */
let visible = true;

Object.defineProperties(document, {
  visibilityState: { get: (): DocumentVisibilityState => (visible ? 'visible' : 'hidden'), configurable: true },
  hidden: { get: () => !visible, configurable: true },
});

export function setPageVisible(now: boolean): void {
  if (now === visible) return;
  visible = now;
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}
