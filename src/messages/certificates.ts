import type { Language } from '../shared/language.ts';
import { english } from './en/certificates.ts';

export type CertificateMessages = typeof english;

export const ENGLISH: CertificateMessages = english;

export async function loadCertificateMessages(language: Language): Promise<CertificateMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/certificates.ts');
  return german;
}
