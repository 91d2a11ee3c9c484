import { ENGLISH, loadCertificateMessages } from '../../messages/certificates.ts';
import { pack } from './messages.svelte.ts';

export const certificateMessages = pack(ENGLISH, loadCertificateMessages);
