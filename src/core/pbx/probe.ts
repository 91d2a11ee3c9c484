import type { ServerInfo } from '../../shared/account.ts';
import { plainText } from '../../shared/plain-text.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { errorEntries, errorFor, generalCode, isRecord, isSuccess } from './answer-errors.ts';
import type { HttpAnswer, HttpPort } from './http.ts';
import type { ProxyFor } from './proxies.ts';
import type { ServerAddress } from './server-address.ts';
import type { Trust } from './tls-trust.ts';
import type { Transport } from './transport.ts';

export interface ProbeOptions {
  address: ServerAddress;
  /** The tenant's SIP domain; '' asks about the server only. */
  domain: string;
  trust: Trust;
  proxyFor?: ProxyFor | undefined;
  clock?: Clock;
  /** Aborts the probe. */
  signal?: AbortSignal | undefined;
  transport: Pick<Transport, 'openHttp'>;
}

const INFO_MAX_BYTES = 256 * 1024;

/** Fields of GET /info that other software would hardly have (OpenAPI 22.2); a PBX may hide some of them. */
const FIELDS_OF_INFO = [
  'web_domain',
  'private_ipv4',
  'public_ipv4',
  'enable_ipv6',
  'private_ipv6',
  'public_ipv6',
  'primary_dns_server',
  'secondary_dns_server',
  'enable_ms365_integration',
];

/**
 * Asks a server who it is, without signing in (GET /info). Errors: those of the connection, `not-portsip`,
 * and `domain-unknown` where the server answers well, but not about that domain.
 */
export async function probeServer(options: ProbeOptions): Promise<Result<ServerInfo>> {
  const { address, trust, proxyFor, clock, signal, transport } = options;
  const http = transport.openHttp({
    origin: address.origin,
    trust,
    proxyFor,
    maxBodyBytes: INFO_MAX_BYTES,
    signal,
    ...(clock ? { clock } : {}),
  });
  try {
    return await probe(http, options.domain.trim());
  } finally {
    await http.close();
  }
}

async function probe(http: HttpPort, domain: string): Promise<Result<ServerInfo>> {
  const first = await http.request({ method: 'GET', path: infoPath(domain) });
  if (!first.ok) return first;
  const blamesDomain = domain !== '' && generalCode(first.value.status) === 'pbx-refused';
  if (!blamesDomain) return judge(http.origin, first.value);

  const second = await http.request({ method: 'GET', path: infoPath('') });
  if (!second.ok) return second;
  const server = judge(http.origin, second.value);
  return server.ok ? err(errorFor('domain-unknown', first.value, 'without the domain it answers')) : server;
}

// An unpaired surrogate cannot be encoded.
const infoPath = (domain: string): string =>
  domain === '' ? '/api/info' : `/api/info?domain=${encodeURIComponent(domain.toWellFormed())}`;

function judge(origin: string, answer: HttpAnswer): Result<ServerInfo> {
  const { body } = answer;
  if (isSuccess(answer)) {
    if (!isRecord(body) || !FIELDS_OF_INFO.some((field) => field in body)) {
      return err(errorFor('not-portsip', answer, 'not what a PortSIP PBX says of itself'));
    }
    // Some releases send no name, so a missing one proves nothing about the domain. The sign-in will show.
    return ok({ origin, tenant: tenantName(body['name']), microsoft: body['enable_ms365_integration'] === true });
  }
  const code = generalCode(answer.status);
  const speaksLikePortsip = answer.status !== 404 && errorEntries(body).length > 0;
  const unknown = code === 'bad-answer' || (code === 'pbx-refused' && !speaksLikePortsip);
  return err(unknown ? errorFor('not-portsip', answer) : errorFor(code, answer));
}

const tenantName = (name: unknown): string => (typeof name === 'string' ? plainText(name, 256) : '');
