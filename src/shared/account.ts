import type { z } from 'zod';
import type { PAYLOADS } from './schema/commands.ts';

export type SignInForm = z.output<(typeof PAYLOADS)['account.sign-in']>;

/** The result of "Test connection", which does not sign in. */
export interface ServerInfo {
  /** The address that answered, e.g. https://pbx.example.com:8887 */
  origin: string;
  /** The tenant's name if the user entered a domain that the PBX knows; otherwise ''. */
  tenant: string;
  /** Whether the tenant's users sign in with Microsoft 365 (`enable_ms365_integration`). */
  microsoft: boolean;
}

/** A call that the demo PBX makes when the user asks for it. */
export type DemoEvent = z.output<(typeof PAYLOADS)['demo.make']>['event'];
