/** The part of a web address that the sign-in form needs. */
export interface PortalLink {
  /** host or host:port, as the form takes it. */
  address: string;
  /** The port was left out because it says nothing about the API's: it is the web's or the portal's own. */
  portDropped: boolean;
}

/** PortSIP's web portal without encryption; the API answers on 8887 only. */
const PLAIN_PORTAL_PORT = '8888';
const DEFAULT_PORT = '8887';

/**
 * Reads a pasted link to the PBX's web portal, such as https://pbx.example.com:8887/portal; null for anything else. A
 * port is kept where it was written and is not the portal's unencrypted one.
 */
export function readPortalLink(text: string): PortalLink | null {
  const match = /^(?:(https?):\/\/)?([^/?#\s@]+)([/?#].*)?$/iu.exec(text.trim());
  if (match === null) return null;
  const [, scheme, authority = '', rest = ''] = match;
  if (scheme === undefined && (rest === '' || rest.startsWith('//'))) return null;
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/u.exec(authority);
  if (parts === null) return null;
  const [, host = '', port = ''] = parts;
  if (host === '') return null;
  const encrypted = scheme?.toLowerCase() !== 'http';
  const kept = encrypted && port !== '' && port !== DEFAULT_PORT && port !== PLAIN_PORTAL_PORT;
  return { address: kept ? `${host}:${port}` : host, portDropped: !kept && port !== DEFAULT_PORT };
}
