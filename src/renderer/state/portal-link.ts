/** The address for the sign-in form, taken from a link to the PBX's web portal. */
export interface PortalLink {
  /** host or host:port */
  address: string;
  /** The link has another port than the API, or none, so the form uses the API's default port. */
  portDropped: boolean;
}

/** The port of PortSIP's web portal without encryption. */
const PLAIN_PORTAL_PORT = '8888';
/** The port of the API, and of the web portal with encryption. */
const DEFAULT_PORT = '8887';

/**
 * Reads a pasted link to the PBX's web portal, such as https://pbx.example.com:8887/portal; null for anything else. A
 * port in the link is kept, because the API may be there, but not that of the portal without encryption.
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
