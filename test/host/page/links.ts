import type { Link } from './link.ts';

/** Windows and addresses that the page wants are asked of the app's own handlers; a browser would just open them. */
export function guardLinks(link: Link, appUrl: string): void {
  window.open = (url) => {
    link.tell({ kind: 'open', url: toAppAddress(String(url ?? 'about:blank'), appUrl), disposition: 'new-window' });
    return null;
  };
  window.close = () => link.tell({ kind: 'close' });
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
      if (anchor.target === '_blank') link.tell({ kind: 'open', url, disposition: 'foreground-tab' });
      else link.tell({ kind: 'navigate', url });
    },
    // Last, so that the page's own handlers have had their say.
    { capture: false },
  );
}

function toAppAddress(address: string, appUrl: string): string {
  const url = new URL(address, location.href);
  return url.origin === location.origin ? new URL(url.pathname + url.search + url.hash, appUrl).href : url.href;
}
