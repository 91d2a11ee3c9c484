import { ENGLISH, loadCertificateMessages } from '../../messages/certificates.ts';
import { messageBundle } from './messages.svelte.ts';

export const certificateMessages = messageBundle(ENGLISH, loadCertificateMessages);
