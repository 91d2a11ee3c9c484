export const english = {
  untrusted: 'Is this your PBX?',
  changed: 'The certificate has changed',
  trust: 'Trust this certificate',
  forget: 'Forget the old certificate',
  back: 'Back',
  facts: {
    server: 'PBX address',
    subject: 'Issued to',
    issuer: 'Issued by',
    itself: 'Itself (self-signed)',
    valid: 'Valid',
    from: (date: string) => `${date} to`,
    until: (date: string, expired: boolean) => (expired ? `${date} (expired)` : date),
    fingerprint: 'SHA-256 fingerprint',
  },
  renewed: {
    summary: "Was your PBX's certificate renewed?",
    label: 'The new certificate',
    confirmed: 'My administrator confirmed this fingerprint',
    forget: 'Forget the old certificate and continue',
    trust: 'Trust this certificate and continue',
  },
};
