import { emptyDirectories, type Contact, type Directories, type Voicemail } from './directories.ts';
import { ACCOUNT, COLLEAGUES, DIRECT_NUMBER, DOMAIN, extensionIdOf, SALES_GROUP } from './office.ts';

/** The staff by department, without the colleagues who make calls in the demo. */
const DEPARTMENTS: Readonly<Record<string, readonly string[]>> = {
  Sales: [
    'Hannah Whitfield',
    'Luis Ortega',
    'Grace Kim',
    'Owen Clarke',
    'Fatima Zahra',
    'Ben Ashworth',
    'Lena Fischer',
    'Marcus Bell',
    'Yuki Tanaka',
    'Chloe Dubois',
    'Andre Silva',
    'Megan Doyle',
    'Tariq Aziz',
    'Rosa Delgado',
  ],
  Support: [
    'Paul Novak',
    'Aisha Rahman',
    'Erik Lindqvist',
    'Sofia Rossi',
    'Jamal Thompson',
    'Katarzyna Wójcik',
    'Daniel Meyer',
    'Mei Lin',
    'Brian O’Neill',
    'Zeynep Kaya',
    'Victor Hugo Souza',
    'Ellie Parker',
    'Jonas Weber',
    'Naomi Osei',
    'Carlos Peña',
    'Wendy Choi',
  ],
  Purchasing: ['Ruth Adler', 'Stefan Krüger', 'Ines Carvalho', 'Gordon Pratt', 'Ming Zhao', 'Alba Serrano'],
  Accounting: ['Judith Stein', 'Peter Müller', 'Amy Fletcher', 'Rajesh Iyer', 'Claire Fontaine', 'Tomasz Zieliński'],
  Warehouse: [
    'Derek Stone',
    'Olga Ivanova',
    'Miguel Santos',
    'Kofi Mensah',
    'Patrick Byrne',
    'Sven Johansson',
    'Tina Marino',
    'Hassan Ali',
  ],
  Development: [
    'Anika Sharma',
    'Felix Braun',
    'Ivy Nguyen',
    'Noah Goldberg',
    'Leila Haddad',
    'Oskar Nyström',
    'Priyanka Das',
    'Ryan Cooper',
    'Sara Lindholm',
    'Takumi Sato',
    'Julia Hartmann',
    'Emeka Obi',
  ],
  Marketing: ['Valerie Stone', 'Dominik Huber', 'Camila Rojas', 'Ethan Walsh', 'Freya Larsen', 'Nour El Sayed'],
  Management: ['Margaret Holloway', 'Robert Kane', 'Shirin Farahani'],
};

/** The departments of the colleagues who make calls, in the order of their extensions. */
const COLLEAGUE_DEPARTMENTS = [
  'Sales',
  'Sales',
  'Support',
  'Management',
  'Development',
  'Sales',
  'Reception',
  'Support',
] as const;

const FIRST_EXTENSION = 1010;
/** Only one in this many people has a company mobile. */
const MOBILE_EVERY = 3;

/**
 * Customers and suppliers. Their numbers are reserved for fiction: 555-01xx, 020 7946 0xxx, 030 23125 xxx, 01 99 00 xx xx.
 */
const CUSTOMERS: readonly { name: string; company: string; business: string; mobile?: string }[] = [
  { name: 'June Maple', company: 'Maple & Sons Joinery', business: '+12015550123', mobile: '+12125550111' },
  { name: 'Walter Maple', company: 'Maple & Sons Joinery', business: '+12015550123' },
  { name: 'Nadia Petrova', company: 'Northbank Studio', business: '+442079460321', mobile: '+442079460322' },
  { name: 'Jo Feldman', company: 'Feldman & Ruiz', business: '+12015550147' },
  { name: 'Leonidas Papadopoulos', company: 'Aegean Foods', business: '+442079460118' },
  { name: 'Kelly Brandt', company: "Kelly's Diner", business: '+12015550155' },
  { name: 'Dr. Amara Okafor', company: 'Riverside Dental', business: '+12015550171' },
  { name: 'Tom Harker', company: 'Harbour Freight Ltd', business: '+442079460455', mobile: '+442079460456' },
  { name: 'Isabel Moreno', company: 'Moreno Logistics', business: '+12125550120', mobile: '+12125550121' },
  { name: 'Hugh Pemberton', company: 'Pemberton Estates', business: '+442079460210' },
  { name: 'Svenja Albers', company: 'Albers Maschinenbau GmbH', business: '+493023125410', mobile: '+493023125411' },
  { name: 'Jörg Kessler', company: 'Albers Maschinenbau GmbH', business: '+493023125412' },
  { name: 'Mathilde Leroy', company: 'Atelier Leroy', business: '+33199001234' },
  { name: 'Frank DiNardo', company: 'DiNardo Plumbing Supply', business: '+12125550133' },
  { name: 'Amelia Hart', company: 'Hart & Co. Accountants', business: '+442079460633' },
  { name: 'Ken Watanabe-Ross', company: 'Bluefin Imports', business: '+12125550144', mobile: '+12125550145' },
  { name: 'Gloria Estes', company: 'Estes Medical', business: '+12125550150' },
  { name: 'Piotr Nowak', company: 'Nowak Transport', business: '+442079460712' },
  { name: 'Beatrice Lang', company: 'Lang Druck AG', business: '+493023125620' },
  { name: 'Oliver Grant', company: 'Grant Security', business: '+12125550166' },
];

const usernameOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')
    .replace(/^\.|\.$/g, '');

function staff(): Contact[] {
  const others = Object.entries(DEPARTMENTS).flatMap(([department, names]) =>
    names.map((name) => ({ name, department })),
  );
  const colleagues = COLLEAGUES.map(({ extension, name }, at) => {
    return { extension, name, department: COLLEAGUE_DEPARTMENTS[at] ?? '' };
  });
  const all = [
    { extension: ACCOUNT.extension, name: ACCOUNT.displayName, department: 'Sales' },
    ...colleagues,
    ...others.map((other, at) => ({ ...other, extension: String(FIRST_EXTENSION + at) })),
  ];
  return all.map(({ extension, name, department }, at) => ({
    id: extensionIdOf(extension),
    name: usernameOf(name) || `user${extension}`,
    display_name: name,
    extension_number: extension,
    department,
    email: `${usernameOf(name) || `user${extension}`}@${DOMAIN}`,
    work_phone: extension === ACCOUNT.extension ? DIRECT_NUMBER : '',
    mobile_phone: at % MOBILE_EVERY === 1 ? `+1646555${String(100 + at).padStart(4, '0')}` : '',
  }));
}

const STAFF = staff();
const EXTENSIONS: ReadonlySet<string> = new Set(STAFF.map(({ extension_number }) => String(extension_number)));

/** Whether it is an extension of the office, on the phone or not. */
export const isOfficeExtension = (number: string): boolean => EXTENSIONS.has(number);

/** What colleagues chose; all others are available. They stay as they are. */
const CHOSEN: Readonly<Record<string, string>> = {
  1012: 'LUNCH',
  1015: 'DO_NOT_DISTURB',
  1018: 'AWAY',
  1024: 'BUSINESS_TRIP',
};
/** Who has no phone or app connected. */
const OFFLINE: ReadonlySet<string> = new Set(['1013', '1030', '1042']);

/** What a colleague chose; '' for the usual. */
export const presenceOf = (extension: string): string => CHOSEN[extension] ?? '';

export const isOnline = (extension: string): boolean => !OFFLINE.has(extension);

const voicemail = (id: string, sender: string, day: string, status: Voicemail['status']): Voicemail => ({
  id,
  sender,
  created_at: `${day}T16:40:00Z`,
  duration: 24,
  status,
});

/** The demo has no way to listen to voicemails, so these never change. */
const VOICEMAILS: Voicemail[] = [
  voicemail('3', '+442079460712', '2026-01-15', 'UNREAD'),
  voicemail('2', '+12125550133', '2026-01-15', 'UNREAD'),
  voicemail('1', '+442079460210', '2026-01-14', 'READ'),
];

/** The directory of the demo office: its people, its customers and its ring group. */
export function officeDirectories(): Directories {
  const directories = emptyDirectories();
  for (const contact of STAFF) directories.extensions.set(contact);
  for (const [at, { name, company, business, mobile = '' }] of CUSTOMERS.entries()) {
    directories.company.set({ id: String(at + 1), name, company, business, mobile_phone: mobile });
  }
  const { extension, name } = SALES_GROUP;
  directories.ringGroups.push({ id: '1', name, extension_number: extension });
  directories.voicemails = VOICEMAILS;
  return directories;
}
