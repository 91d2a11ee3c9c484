import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { NumberPlace } from '../core/numbers/national-number.ts';
import type { PeopleCommands } from '../core/people/account-people.ts';
import type { Person } from '../core/people/person.ts';
import { nextTurn } from '../core/store/database.ts';
import type { ContactsPreview, ImportProblem } from '../shared/contacts.ts';
import { appError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { FileDialog, FileDialogs } from './file-dialogs.ts';
import { codeOf } from './stores/file-errors.ts';

/** Loaded only when it is needed, because few users import files. */
const loadReader = () =>
  Promise.all([import('../core/people/import/read-file.ts'), import('../core/people/import/problems.ts')]);

const DIALOG: FileDialog = {
  title: (words) => words.importContacts,
  filters: ({ contacts, allFiles }) => [
    { name: contacts, extensions: ['csv', 'txt', 'tsv', 'vcf', 'vcard'] },
    { name: allFiles, extensions: ['*'] },
  ],
};
/** Maximum size of a file in bytes, more than any address book has. */
const MAX_FILE = 64 * 1024 * 1024;
const MAX_PROBLEMS = 100;
/** After this many rows, other work can run. */
const SLICE = 50;

export interface ContactFilesOptions {
  dialogs: Pick<FileDialogs, 'open'>;
  people: () => Pick<PeopleCommands, 'importFile' | 'importedFiles'>;
  /** The country and the rules by which numbers are read. */
  place: () => NumberPlace;
}

/** Imports contacts from files. The window first shows what is in a file; then the user takes all of it or nothing. */
export class ContactFiles {
  readonly #options: ContactFilesOptions;
  /** The contacts that were shown last and not taken yet. */
  #shown: { id: string; file: string; people: Person[] } | null = null;

  constructor(options: ContactFilesOptions) {
    this.#options = options;
  }

  /**
   * Reads a file and keeps nothing of it; null when the user cancels. Errors: file-unreadable, contacts-unreadable,
   * action-failed.
   */
  async choose(): Promise<Result<ContactsPreview | null>> {
    const chosen = await this.#options.dialogs.open(DIALOG);
    if (!chosen.ok || chosen.value === null) return chosen.ok ? ok(null) : chosen;
    const bytes = await readWhole(chosen.value);
    if (!bytes.ok) return bytes;
    const file = basename(chosen.value);
    const [{ readContacts }, { leavesOut }] = await loadReader();
    const read = readContacts(bytes.value, { source: file, place: this.#options.place() });
    if (!read.ok) return read;
    const people: Person[] = [];
    const problems: ImportProblem[] = [];
    let rows = 0;
    for (const row of read.value.rows()) {
      if (row.person !== null) people.push(row.person);
      problems.push(...row.problems);
      rows += 1;
      if (rows % SLICE === 0) await nextTurn();
    }
    const id = randomUUID();
    this.#shown = { id, file, people };
    return ok({
      id,
      file,
      people: people.length,
      leftOut: problems.filter(leavesOut).length,
      columns: read.value.columns.flatMap(({ header, field }) =>
        field.is === 'ignored' ? [] : [{ header, holds: field.is === 'number' ? field.kind : field.is }],
      ),
      problems: problems.slice(0, MAX_PROBLEMS),
      moreProblems: Math.max(0, problems.length - MAX_PROBLEMS),
      replaces: this.#options
        .people()
        .importedFiles()
        .some((known) => known.file === file),
    });
  }

  /** Keeps the people that were shown: all of them, or none. Errors: request-invalid, storage-failed. */
  async take(id: string): Promise<Result<null>> {
    const shown = this.#shown;
    if (shown?.id !== id) return err(appError('command-invalid', { detail: 'that file is not shown any more' }));
    const taken = await this.#options.people().importFile(shown.file, shown.people);
    if (taken.ok) this.#shown = null;
    return taken;
  }
}

async function readWhole(path: string): Promise<Result<Uint8Array>> {
  try {
    const found = await stat(path);
    // A pipe would never end.
    if (!found.isFile()) return err(appError('file-unreadable', { params: { cause: 'not-a-file' } }));
    if (found.size > MAX_FILE) return err(appError('contacts-unreadable', { detail: `${found.size} bytes` }));
    return ok(await readFile(path));
  } catch (error) {
    return err(appError('file-unreadable', { params: { cause: codeOf(error) } }));
  }
}
