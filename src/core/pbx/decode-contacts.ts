import { decodeSyncToken } from './decode-cdr-sync.ts';
import { listOf } from './decode.ts';
import { isRecord } from './answer-errors.ts';
import { idOf, textOf } from './fields.ts';

/** One number of a contact; `field` is its name in the API, such as mobile_phone. */
export interface ContactNumber {
  field: ContactField;
  number: string;
}

export type ContactField = (typeof FIELDS)[number];

/** One entry of a directory. The PBX may send other fields as well, even passwords; they are not read. */
export interface PbxContact {
  id: string;
  name: string;
  company: string;
  department: string;
  email: string;
  favourite: boolean;
  numbers: ContactNumber[];
}

export type ContactChange = { change: 'set'; contact: PbxContact } | { change: 'deleted'; id: string };

export interface ContactDiff {
  /** The token for the next request. */
  token: string;
  changes: ContactChange[];
}

export interface NumberName {
  number: string;
  name: string;
}

const FIELDS = [
  'extension_number',
  'work_phone',
  'business',
  'business2',
  'mobile_phone',
  'mobile_phone2',
  'home_phone',
  'home_phone2',
  'other',
  'business_fax',
  'home_fax',
  'did_number',
] as const;

const MAX_NAME = 256;
const MAX_NUMBER = 128;
const MAX_EMAIL = 320;

/**
 * Reads the response to POST /user/…/sync_tokens/{token}/diff; null when there is no list in it. Entries that cannot be
 * read are left out. `requestToken`: the token of the request, which stays valid if the response has no other.
 */
export function decodeContactDiff(body: unknown, requestToken: string): ContactDiff | null {
  const items = listOf(body);
  if (items === null) return null;
  return { token: decodeSyncToken(body) ?? requestToken, changes: items.flatMap((item) => decodeChange(item) ?? []) };
}

function decodeChange(value: unknown): ContactChange | null {
  if (!isRecord(value)) return null;
  const id = idOf(value['id']);
  if (id === null) return null;
  const change = textOf(value['change_type'], 32).toUpperCase();
  if (change.startsWith('DELET')) return { change: 'deleted', id };
  const read = (field: string, max = MAX_NAME): string => textOf(value[field], max);
  const contact: PbxContact = {
    id,
    // `display_name` of an extension user; their `name` is what they sign in with.
    name: read('display_name') || (value['extension_number'] === undefined ? read('name') : ''),
    company: read('company'),
    department: read('department'),
    email: read('email', MAX_EMAIL),
    favourite: value['favorite'] === true,
    numbers: FIELDS.flatMap((field): ContactNumber[] => {
      const number = read(field, MAX_NUMBER);
      return number === '' ? [] : [{ field, number }];
    }),
  };
  return { change: 'set', contact };
}

/** GET /user/ring_groups and /user/call_queues: names of numbers. */
export function decodeNumberNames(body: unknown): NumberName[] | null {
  const items = listOf(body);
  if (items === null) return null;
  return items.filter(isRecord).flatMap((item): NumberName[] => {
    const number = textOf(item['extension_number'], MAX_NUMBER);
    const name = textOf(item['name'], MAX_NAME);
    return number === '' || name === '' ? [] : [{ number, name }];
  });
}
