import { ok, refuse } from '../http.ts';
import { DOMAIN, TENANT } from '../office.ts';
import type { Route } from '../router.ts';

const ADDRESSES = {
  web_domain: '127.0.0.1',
  private_ipv4: '127.0.0.1',
  public_ipv4: '',
  enable_ipv6: false,
  private_ipv6: '',
  public_ipv6: '',
  primary_dns_server: '',
  secondary_dns_server: '',
};

/** GET /info needs no token. With a `domain` it also returns the tenant (OpenAPI 22.2). */
export const infoRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/info',
    open: true,
    answer: ({ query }) => {
      const domain = query.get('domain');
      if (domain === null) return ok(ADDRESSES);
      // The documents say "4XX". This is 400, because 404 would look like a server without this path.
      if (domain.toLowerCase() !== DOMAIN) return refuse(400, 'UNKNOWN', 'There is no tenant with that domain');
      return ok({
        ...ADDRESSES,
        name: TENANT,
        domain: DOMAIN,
        website: '',
        avatar_url: null,
        enable_ms365_integration: false,
        ms365_authorization_endpoint: '',
      });
    },
  },
];
