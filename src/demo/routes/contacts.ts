import { forbidden, ok, refuse } from '../http.ts';
import type { Directories, Directory } from '../directories.ts';
import type { Route } from '../router.ts';

/**
 * Directories by sync tokens (OpenAPI 22.2 `/user/extension_contacts`, `/user/business_contacts`, `/user/contacts`; 22.6
 * `/user/crm_contacts`), the names of the user's queues and ring groups, and the list of voicemails. Our guess: the first
 * diff of a new token has all entries.
 */
export const contactRoutes = (directories: Directories): Route[] => [
  ...syncRoutes('extension_contacts', directories.extensions),
  ...syncRoutes('business_contacts', directories.company),
  ...syncRoutes('contacts', directories.personal),
  ...syncRoutes('crm_contacts', directories.crm),
  // That of 22.3.
  ...syncRoutes('crm_contacts', directories.crm, 'GET').slice(1),
  { method: 'GET', path: '/api/user/call_queues', ofTenant: true, answer: () => listed(directories.queues) },
  { method: 'GET', path: '/api/user/ring_groups', ofTenant: true, answer: () => listed(directories.ringGroups) },
  {
    method: 'GET',
    path: '/api/voicemails',
    ofTenant: true,
    answer: () => (directories.voicemails === 'forbidden' ? forbidden() : listed(directories.voicemails)),
  },
];

const listed = (items: readonly object[]) => ok({ count: items.length, items });

const syncRoutes = (name: string, directory: Directory, diff: Route['method'] = 'POST'): Route[] => [
  {
    method: 'POST',
    path: `/api/user/${name}/sync_tokens`,
    ofTenant: true,
    answer: () => (directory.isForbidden ? refuse(403, 'UNKNOWN', 'Not permitted') : ok({ token: directory.begin() })),
  },
  {
    method: diff,
    path: `/api/user/${name}/sync_tokens/{id}/diff`,
    ofTenant: true,
    answer: (_request, token) => {
      const diff = directory.diff(token);
      // 403 is documented: the client must start over with a new token.
      return diff === null ? refuse(403, 'UNKNOWN', 'The sync token is unknown') : ok(diff);
    },
  },
];
