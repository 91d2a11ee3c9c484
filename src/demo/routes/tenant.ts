import { ok } from '../http.ts';
import { REGION, TENANT, TIME_ZONE } from '../office.ts';
import type { Route } from '../router.ts';

/**
 * The tenant (OpenAPI 22.2.11 `/tenant`), with only the fields about its country and about finding names. It is not
 * documented which roles may read it. Here all users of the tenant may.
 */
export const tenantRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/tenant',
    ofTenant: true,
    answer: () =>
      ok({
        name: TENANT,
        region: REGION,
        timezone: TIME_ZONE,
        e164: { enabled: false, international_code: '011', country: 'United States(1)', area_code: '201' },
        contact_match_type: 'MATCH_EXACTLY',
        contact_match_length: 0,
      }),
  },
];
