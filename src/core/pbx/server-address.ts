import { isIPv4, isIPv6 } from 'node:net';
import { appError, type ErrorParams } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** The address of a PBX. */
export interface ServerAddress {
  /** e.g. "https://pbx.example.com:8887", always with the port. */
  origin: string;
  /** Host name in ASCII, or an IP address; IPv6 without brackets. */
  host: string;
  port: number;
  /** As a person would write it: the host, and the port if it is not 8887. */
  text: string;
}

/** REST over HTTPS on PortSIP PBX 16 and 22 (OpenAPI 22.2, server object). */
const DEFAULT_PORT = 8887;
const MAX_LENGTH = 300;

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * Reads what people type or paste as a server address: host, host:port, an IPv4 or IPv6 address,
 * [IPv6]:port, https://host:port/anything (the path is dropped). Error: `address-invalid`.
 */
export function parseServerAddress(text: string): Result<ServerAddress> {
  const trimmed = text.trim();
  if (trimmed === '') return invalid('empty');
  if (trimmed.length > MAX_LENGTH) return invalid('too-long');

  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed);
  if (scheme?.[1]?.toLowerCase() === 'http') return invalid('http');
  if (scheme && scheme[1]?.toLowerCase() !== 'https') return invalid('scheme');

  const [authority = ''] = trimmed.slice(scheme?.[0].length ?? 0).split(/[/?#]/, 1);
  // The error does not contain the text, because it may hold a password.
  if (authority.includes('@')) return invalid('user-name');

  const parts = splitPort(authority);
  if (parts === null) return invalid('port');
  const host = canonicalHost(parts.host);
  if (host === null) return invalid('host');

  const bracketed = isIPv6(host) ? `[${host}]` : host;
  return ok({
    origin: `https://${bracketed}:${parts.port}`,
    host,
    port: parts.port,
    text: parts.port === DEFAULT_PORT ? bracketed : `${bracketed}:${parts.port}`,
  });
}

function splitPort(authority: string): { host: string; port: number } | null {
  // Without brackets the last group of an IPv6 address cannot be distinguished from a port: it is part of the address.
  if (isIPv6(authority)) return { host: authority, port: DEFAULT_PORT };
  const match = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(authority);
  if (!match) return null;
  const [, host = '', portText] = match;
  if (portText === undefined) return { host, port: DEFAULT_PORT };
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
  return port >= 1 && port <= 65_535 ? { host, port } : null;
}

function canonicalHost(text: string): string | null {
  const inner = text.startsWith('[') ? text.slice(1, -1) : text;
  if (isIPv6(inner)) return inner.includes('%') ? null : inner.toLowerCase();
  if (text.startsWith('[') || /[\s\p{Cc}\\%]/u.test(text)) return null;
  const host = URL.parse(`https://${text}`)?.hostname;
  if (host === undefined) return null;
  // URL reads "1234" or "0x7f.1" as an IPv4 address; users who type that do not mean one.
  if (isIPv4(host)) return host === text ? host : null;
  const labels = host.replace(/\.$/, '').split('.');
  return host.length <= 254 && labels.every((label) => LABEL.test(label)) ? host : null;
}

const invalid = (problem: ErrorParams['address-invalid']['problem']) =>
  err(appError('address-invalid', { params: { problem } }));
