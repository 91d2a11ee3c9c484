import type { NonEmpty } from './random.ts';

// The staff of the Demo Office, its callers and its trunks. Some names are long or unusual on purpose, to test the window.

export interface Colleague {
  extension: string;
  name: string;
}

export interface Outsider {
  /** E.164, or the text that the PBX shows for a withheld number. */
  number: string;
  /** '' when the network sent no name. */
  name: string;
  /** The trunk of their calls. */
  trunk: string;
}

export const TENANT = 'Demo Office';
/** `.test` is reserved (RFC 6761), so it is never a real company's domain. */
export const DOMAIN = 'demo.traydial.test';

/** The location of the office: ISO 3166-1 alpha-3 country and IANA time zone. */
export const REGION = 'USA';
export const TIME_ZONE = 'America/New_York';

/** The tenant's id in push frames. */
export const TENANT_ID = '700551909773140001';

/** The account of the demo user. As on a real PBX, the user name is not the extension number. */
export const ACCOUNT = {
  domain: DOMAIN,
  username: 'alex',
  password: 'demo',
  extension: '1001',
  displayName: 'Alex Morgan',
} as const;

/** A user who can sign in. */
export interface User {
  username: string;
  /** The user password, not the SIP password. */
  password: string;
  /** '' for a system administrator, who belongs to no tenant. */
  domain: string;
  /** One of the built-in roles (PortSIP "Roles and permissions"). */
  role: 'StandardUser' | 'Admin' | 'SystemAdmin';
  id: string;
  roleId: string;
  /** '' for a user without a phone. */
  extension: string;
  displayName: string;
  email: string;
}

/** The id of an extension; its user has the same id. */
export const extensionIdOf = (extension: string): string => `70055190977315${extension.padStart(4, '0')}`;

const ALEX: User = {
  ...ACCOUNT,
  role: 'StandardUser',
  id: extensionIdOf(ACCOUNT.extension),
  roleId: '700551909773160004',
  email: `alex@${DOMAIN}`,
};

export const USERS: readonly User[] = [
  ALEX,
  {
    username: 'noext',
    password: 'demo',
    domain: DOMAIN,
    role: 'Admin',
    id: '700551909773159001',
    roleId: '700551909773160002',
    extension: '',
    displayName: 'Robin Vale',
    email: `robin@${DOMAIN}`,
  },
  {
    username: 'admin',
    password: 'demo',
    domain: '',
    role: 'SystemAdmin',
    id: '700551909773100001',
    roleId: '700551909773160001',
    extension: '',
    displayName: 'System Administrator',
    email: 'admin@traydial.test',
  },
];

/** Alex's direct number from outside (DID). */
export const DIRECT_NUMBER = '+12015550100';

/** Trunk names; `trunk` of POST /api/sessions must be one of them. */
export const TRUNKS = { america: 'Hudson SIP', europe: 'Thames & Tyne Voice', spare: 'Backup LTE' } as const;

export const COLLEAGUES: NonEmpty<Colleague> = [
  { extension: '1002', name: 'Priya Raman' },
  { extension: '1003', name: 'Tomás Herrera' },
  { extension: '1004', name: "Siobhán O'Brien" },
  { extension: '1005', name: 'Maximiliane-Charlotte von Hohenstein-Wittgensteiner zu Lichtenfels' },
  { extension: '1006', name: '山田 花子' },
  { extension: '1007', name: 'Dwayne Carter' },
  { extension: '1008', name: 'Front Desk' },
  { extension: '1009', name: 'Ingrid Solheim' },
];

/** A ring group has no phone: all its members ring, and the first to answer gets the call. */
export const SALES_GROUP = { extension: '6000', name: 'Sales', members: ['1001', '1002', '1003', '1007'] } as const;

export const OUTSIDERS: NonEmpty<Outsider> = [
  { number: '+12015550123', name: 'Maple & Sons Joinery', trunk: TRUNKS.america },
  { number: '+442079460321', name: 'Nadia Petrova', trunk: TRUNKS.europe },
  { number: '+12015550147', name: '', trunk: TRUNKS.america },
  { number: '+442079460118', name: 'Λεωνίδας Παπαδόπουλος', trunk: TRUNKS.europe },
  { number: '+12015550155', name: "Kelly's Diner", trunk: TRUNKS.america },
  { number: 'anonymous', name: 'Anonymous', trunk: TRUNKS.america },
  { number: '+12015550171', name: 'Riverside Dental, Dr. Amara Okafor', trunk: TRUNKS.america },
  { number: '+442079460455', name: 'Harbour Freight Ltd', trunk: TRUNKS.europe },
  { number: '+12015550134', name: 'Sam <3 Plumbing', trunk: TRUNKS.america },
];

/** Numbers with three to five digits are internal. */
export const isInternal = (number: string): boolean => /^[0-9]{3,5}$/.test(number);

export const isStaff = (number: string): boolean =>
  number === ACCOUNT.extension || COLLEAGUES.some((colleague) => colleague.extension === number);

/** The display name that the PBX knows for a number; '' when there is none. */
export function nameOf(number: string): string {
  if (number === ACCOUNT.extension) return ACCOUNT.displayName;
  if (number === SALES_GROUP.extension) return SALES_GROUP.name;
  return (
    COLLEAGUES.find((colleague) => colleague.extension === number)?.name ??
    OUTSIDERS.find((outsider) => outsider.number === number)?.name ??
    ''
  );
}

/** The trunk that the outbound rules choose for a number; '' for internal numbers. */
export function trunkFor(number: string): string {
  if (isInternal(number) || /^[*#]/.test(number)) return '';
  return /^(\+|00)(3|4)/.test(number) ? TRUNKS.europe : TRUNKS.america;
}
