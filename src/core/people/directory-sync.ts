import { appError, type AppError, type ErrorCode } from '../../shared/errors.ts';
import { plainText } from '../../shared/plain-text.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ContactChange, ContactField, PbxContact } from '../pbx/decode-contacts.ts';
import { GROUP_KINDS, type DirectoryName, type GroupKind, type PbxDirectory } from '../pbx/directory.ts';
import type { People } from './people.ts';
import type { NumberKind } from '../../shared/people.ts';
import type { Person, PersonChange } from './person.ts';
import { CRM_SOURCE, type PbxSource } from './sources.ts';

/** The result of reading one directory of the PBX. */
export interface SyncedSource {
  source: PbxSource;
  /** null if the directory was read. After an error, the people that were read before stay. */
  error: AppError | null;
}

const DIRECTORIES: readonly (readonly [DirectoryName, PbxSource])[] = [
  ['extensions', 'pbx:extensions'],
  ['company', 'pbx:company'],
  ['personal', 'pbx:personal'],
  ['crm', CRM_SOURCE],
];

/** Reading stops after this many pages, in case a PBX never reports the end of a directory. */
const MAX_PAGES = 10_000;

/**
 * Reads the changes of each directory of the PBX separately, so that an error in one does not affect the others. The
 * result does not contain directories for which `skip` returns true, nor those that remain after a network error.
 *
 * A directory that was never read is read in two steps: the first page of each, so that names appear soon, and at the
 * end the rest.
 */
export async function syncDirectories(
  pbx: PbxDirectory,
  people: Pick<People, 'of' | 'hasSource' | 'tokenOf' | 'replace' | 'change'>,
  signal?: AbortSignal,
  skip: (source: PbxSource) => boolean = () => false,
): Promise<SyncedSource[]> {
  const synced: SyncedSource[] = [];
  const unfinished: (readonly [DirectoryName, PbxSource])[] = [];
  for (const [name, source] of DIRECTORIES) {
    if (skip(source)) continue;
    const isFirst = !people.hasSource(source);
    const result = isFirst
      ? await readFirstPage(pbx, people, name, source, signal)
      : await syncDirectory(pbx, people, name, source, signal);
    if (isFirst && result.ok) unfinished.push([name, source]);
    synced.push({ source, error: result.ok ? null : result.error });
    if (!result.ok && !ONE_DIRECTORY.has(result.error.code)) return synced;
  }
  if (!skip('pbx:groups')) {
    const groups = await readGroups(pbx, people, signal);
    if (groups.ok) await people.replace('pbx:groups', groups.value);
    synced.push({ source: 'pbx:groups', error: groups.ok ? null : groups.error });
  }
  for (const [name, source] of unfinished) {
    const rest = await syncDirectory(pbx, people, name, source, signal);
    if (!rest.ok) synced.push({ source, error: rest.error });
  }
  return synced;
}

/** Errors that affect only one directory. After any other error, for example of the network, the rest is skipped. */
const ONE_DIRECTORY: ReadonlySet<ErrorCode> = new Set([
  'directory-forbidden',
  'sync-token-unknown',
  'bad-answer',
  'answer-too-large',
  'pbx-failed',
  'pbx-refused',
]);

/** The ring groups and queues. Those that the user may no longer read are kept as they were. */
async function readGroups(
  pbx: PbxDirectory,
  people: Pick<People, 'of'>,
  signal: AbortSignal | undefined,
): Promise<Result<Person[]>> {
  const groups: Person[] = [];
  const known = people.of('pbx:groups');
  let refused = 0;
  for (const kind of GROUP_KINDS) {
    const list = await pbx.groups(kind, signal);
    if (list.ok) groups.push(...list.value.map(({ number, name }) => asGroup(kind, number, name)));
    else if (list.error.code !== 'directory-forbidden') return list;
    else {
      refused += 1;
      groups.push(...known.filter(({ id }) => id.startsWith(`${kind}:`)));
    }
  }
  // An earlier version stored groups by their number alone, so their kind is not known.
  const numbers = new Set(groups.flatMap((group) => group.numbers.map(({ written }) => written)));
  if (refused > 0) groups.push(...known.filter(({ id }) => !id.includes(':') && !numbers.has(id)));
  return refused === GROUP_KINDS.length ? err(appError('directory-forbidden')) : ok(groups);
}

/** Reads the first page of a directory that was never read. */
async function readFirstPage(
  pbx: PbxDirectory,
  people: Pick<People, 'replace'>,
  name: DirectoryName,
  source: PbxSource,
  signal: AbortSignal | undefined,
): Promise<Result<null>> {
  const started = await pbx.start(name, signal);
  if (!started.ok) return started;
  const first = await pbx.diff(name, started.value, signal);
  if (!first.ok) return first;
  const { changes, token } = first.value;
  await people.replace(source, asPeople(contactsIn(changes)), token);
  return ok(null);
}

/** Reads the changes since the last time, or the whole directory if the PBX no longer accepts the token. */
async function syncDirectory(
  pbx: PbxDirectory,
  people: Pick<People, 'tokenOf' | 'replace' | 'change'>,
  name: DirectoryName,
  source: PbxSource,
  signal: AbortSignal | undefined,
): Promise<Result<null>> {
  const known = people.tokenOf(source);
  if (known !== '') {
    const read = await readPages(pbx, name, known, signal);
    if (read.ok) {
      const { changes, token } = read.value;
      if (changes.length > 0 || token !== known) await people.change(source, changes.map(asChange), token);
      return ok(null);
    }
    if (read.error.code !== 'sync-token-unknown') return read;
  }
  const started = await pbx.start(name, signal);
  if (!started.ok) return started;
  const read = await readPages(pbx, name, started.value, signal);
  if (!read.ok) return read;
  await people.replace(source, asPeople(contactsIn(read.value.changes)), read.value.token);
  return ok(null);
}

/** The contacts that are there after all changes. A directory that changes while it is read may list somebody twice. */
function contactsIn(changes: readonly ContactChange[]): Iterable<PbxContact> {
  const contacts = new Map<string, PbxContact>();
  for (const change of changes) {
    if (change.change === 'set') contacts.set(change.contact.id, change.contact);
    else contacts.delete(change.id);
  }
  return contacts.values();
}

/** Requests pages of changes until one has no changes. */
async function readPages(
  pbx: PbxDirectory,
  name: DirectoryName,
  token: string,
  signal: AbortSignal | undefined,
): Promise<Result<{ changes: ContactChange[]; token: string }>> {
  const changes: ContactChange[] = [];
  let nextToken = token;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const diff = await pbx.diff(name, nextToken, signal);
    if (!diff.ok) return diff;
    for (const change of diff.value.changes) changes.push(change);
    const isLast = diff.value.changes.length === 0 || diff.value.token === nextToken;
    nextToken = diff.value.token;
    if (isLast) break;
  }
  return ok({ changes, token: nextToken });
}

function* asPeople(contacts: Iterable<PbxContact>): Generator<Person> {
  for (const contact of contacts) yield asPerson(contact);
}

const asChange = (change: ContactChange): PersonChange =>
  change.change === 'deleted' ? change : { change: 'set', person: asPerson(change.contact) };

const KIND_OF_FIELD: Readonly<Record<ContactField, NumberKind>> = {
  extension_number: 'extension',
  work_phone: 'work',
  business: 'work',
  business2: 'work',
  mobile_phone: 'mobile',
  mobile_phone2: 'mobile',
  home_phone: 'home',
  home_phone2: 'home',
  other: 'other',
  business_fax: 'fax',
  home_fax: 'fax',
  did_number: 'work',
};

const MAX_NAME_CHARACTERS = 120;

function asPerson({ id, name, company, department, email, favourite, numbers }: PbxContact): Person {
  const companyName = plainText(company, MAX_NAME_CHARACTERS);
  const firstNumber = numbers[0]?.number ?? '';
  return {
    id,
    // The store sets it.
    source: '',
    name: plainText(name, MAX_NAME_CHARACTERS) || companyName || email || firstNumber || id,
    company: companyName,
    department: plainText(department, MAX_NAME_CHARACTERS),
    email,
    numbers: numbers.map(({ field, number }) => ({ kind: KIND_OF_FIELD[field], written: number })),
    favourite,
  };
}

const asGroup = (kind: GroupKind, number: string, name: string): Person => ({
  id: `${kind}:${number}`,
  source: '',
  name: plainText(name, MAX_NAME_CHARACTERS),
  company: '',
  department: '',
  email: '',
  numbers: [{ kind: 'extension', written: number }],
  favourite: false,
});
