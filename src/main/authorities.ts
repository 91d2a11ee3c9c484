import { X509Certificate } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { readAuthorities, summarise } from '../core/pbx/tls-trust.ts';
import { appError, type AppError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { TrustState } from '../shared/state.ts';
import { causeOf } from './stores/file-trouble.ts';
import { readSmallFile } from './stores/small-file.ts';

/** The certificates of a file with authorities. */
interface Found {
  /** Nothing but its certificates, whatever else it holds. */
  pem: string;
  /** The subject of each. */
  names: string[];
}

const MAX_BYTES = 1024 * 1024;

/**
 * The file with more certificate authorities that the settings name. A file that cannot be used is never the same as
 * none: as long as it is set, nothing is connected to by the word of an authority.
 */
export class Authorities {
  #found: Result<Found> | null = null;

  /** PEM, or undefined without a file; not a certificate in it where the file cannot be used. */
  get pem(): string | undefined {
    return this.#found === null ? undefined : this.#found.ok ? this.#found.value.pem : '';
  }

  get state(): Pick<TrustState, 'authorities' | 'authoritiesProblem'> {
    const found = this.#found;
    const problem: AppError | null = found?.ok === false ? found.error : null;
    return { authorities: found?.ok === true ? found.value.names : [], authoritiesProblem: problem };
  }

  /** '' for none. */
  use(path: string): void {
    this.#found = path === '' ? null : readAuthoritiesFile(path);
  }
}

/**
 * Reads a PEM file. Errors: tls-ca-unreadable, tls-ca-none. Of what the file holds nothing is told but the subjects of
 * its certificates: whoever names a path must not get to read what is there.
 */
export function readAuthoritiesFile(path: string, platform: NodeJS.Platform = process.platform): Result<Found> {
  // Windows signs in to whatever computer such a path names.
  const elsewhere = platform === 'win32' && /^[\\/]{2}/.test(path);
  if (!isAbsolute(path) || elsewhere) return unreadable('the whole path of a file on this computer is needed');
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
  if (file.found === 'nothing') return unreadable(causeOf('ENOENT'));
  return unreadable(file.found === 'unreadable' ? causeOf(file.code) : 'it is larger than any file of certificates');
}

const unreadable = (detail: string) => err(appError('tls-ca-unreadable', { detail }));
