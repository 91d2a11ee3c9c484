/** Overrides the page's visibility: the browser does not know whether the app's window is visible. */
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
