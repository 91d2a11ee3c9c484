import type { Channel } from './channel.ts';

/** New windows and navigations are passed to the app's handlers; a browser would just open them. */
export function guardAnchors(channel: Channel, appUrl: string): void {
  window.open = (url) => {
    channel.send({ kind: 'open', url: toAppAddress(String(url ?? 'about:blank'), appUrl), disposition: 'new-window' });
    return null;
  };
  window.close = () => channel.send({ kind: 'close' });
  addEventListener(
    'click',
    (event) => {
      if (event.defaultPrevented) return;
      const anchor = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(anchor instanceof HTMLAnchorElement)) return;
      const stays = anchor.origin === location.origin && anchor.pathname === location.pathname && anchor.hash !== '';
      if (stays) return;
      event.preventDefault();
      const url = toAppAddress(anchor.href, appUrl);
      if (anchor.target === '_blank') channel.send({ kind: 'open', url, disposition: 'foreground-tab' });
      else channel.send({ kind: 'navigate', url });
    },
    // Registered last, so that the page's own handlers run first.
    { capture: false },
  );
}

function toAppAddress(address: string, appUrl: string): string {
  const url = new URL(address, location.href);
  return url.origin === location.origin ? new URL(url.pathname + url.search + url.hash, appUrl).href : url.href;
}
