import { ENGLISH, loadErrorMessages } from '../../messages/error-messages.ts';
import { messageBundle } from './messages.svelte.ts';

export const errorMessages = messageBundle(ENGLISH, loadErrorMessages);
