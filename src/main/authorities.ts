import { X509Certificate } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { readAuthorities, summarise } from '../core/pbx/tls-trust.ts';
import { appError, type AppError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { TrustState } from '../shared/state.ts';
import type { FileDialogs } from './file-dialogs.ts';
import { readSmallFile } from './stores/small-file.ts';

/** The certificates of a file with authorities. */
interface AuthorityFile {
  /** Only the certificates of the file, without anything else in it. */
  pem: string;
  /** The subject of each. */
  names: string[];
}

const MAX_BYTES = 1024 * 1024;

/**
 * The file with more certificate authorities that the settings name. A file that cannot be used does not count as no
 * file: while it is set, no authority is trusted.
 */
export class Authorities {
  #file: Result<AuthorityFile> | null = null;

  /** The authorities in PEM form; undefined without a file; '' if the file cannot be used, so that none is trusted. */
  get pem(): string | undefined {
    return this.#file === null ? undefined : this.#file.ok ? this.#file.value.pem : '';
  }

  get state(): Pick<TrustState, 'authorities' | 'authoritiesProblem'> {
    const found = this.#file;
    const problem: AppError | null = found?.ok === false ? found.error : null;
    return { authorities: found?.ok === true ? found.value.names : [], authoritiesProblem: problem };
  }

  /** Reads the file at the path; '' for no file. */
  use(path: string): void {
    this.#file = path === '' ? null : readAuthoritiesFile(path);
  }
}

/** Lets the user choose a file of authorities and saves it in the settings. Cancelling changes nothing. */
export async function chooseAuthorities(
  dialogs: Pick<FileDialogs, 'open'>,
  use: (file: string) => Result<unknown>,
): Promise<Result<null>> {
  const file = await dialogs.open({
    title: (words) => words.chooseAuthorities,
    filters: ({ certificates, allFiles }) => [
      { name: certificates, extensions: ['pem', 'crt', 'cer'] },
      { name: allFiles, extensions: ['*'] },
    ],
  });
  if (!file.ok || file.value === null) return file.ok ? ok(null) : file;
  const used = use(file.value);
  return used.ok ? ok(null) : used;
}

/**
 * Reads a PEM file. Errors: tls-ca-unreadable, tls-ca-none. Returns only the subjects of the certificates, so that a
 * caller who names a path cannot read other contents of the file.
 */
export function readAuthoritiesFile(path: string, platform: NodeJS.Platform = process.platform): Result<AuthorityFile> {
  // For a path on another computer, Windows sends the user's credentials to that computer.
  const elsewhere = platform === 'win32' && /^[\\/]{2}/.test(path);
  if (!isAbsolute(path) || elsewhere) return unreadable('not-local');
  const text = readText(path);
  if (!text.ok) return text;
  const certificates = readAuthorities(text.value);
  if (!certificates.ok) return certificates;
  const parsed = certificates.value.map((pem) => new X509Certificate(pem));
  if (!parsed.some(({ ca }) => ca)) return err(appError('tls-ca-none'));
  return ok({
    pem: certificates.value.join('\n'),
    names: parsed.map((certificate) => summarise(certificate).subject),
  });
}

function readText(path: string): Result<string> {
  const file = readSmallFile(path, MAX_BYTES);
  if (file.found === 'bytes') return ok(file.bytes.toString('latin1'));
  if (file.found === 'nothing') return unreadable('ENOENT');
  return unreadable(file.found === 'unreadable' ? file.code : 'too-large');
}

const unreadable = (cause: string) => err(appError('tls-ca-unreadable', { params: { cause } }));
