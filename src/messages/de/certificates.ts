import type { english } from '../en/certificates.ts';

export const german: typeof english = {
  untrusted: 'Ist das Ihre Telefonanlage?',
  changed: 'Das Zertifikat hat sich geändert',
  trust: 'Diesem Zertifikat vertrauen',
  forget: 'Altes Zertifikat vergessen',
  back: 'Zurück',
  facts: {
    server: 'Adresse der Telefonanlage',
    subject: 'Ausgestellt für',
    issuer: 'Ausgestellt von',
    itself: 'sich selbst (selbstsigniert)',
    valid: 'Gültig',
    from: (date) => `${date} bis`,
    until: (date, expired) => (expired ? `${date} (abgelaufen)` : date),
    fingerprint: 'SHA-256-Fingerabdruck',
  },
  renewed: {
    summary: 'Wurde das Zertifikat Ihrer Telefonanlage erneuert?',
    label: 'Das neue Zertifikat',
    confirmed: 'Mein Administrator hat diesen Fingerabdruck bestätigt',
    forget: 'Altes Zertifikat vergessen und fortfahren',
    trust: 'Diesem Zertifikat vertrauen und fortfahren',
  },
};
