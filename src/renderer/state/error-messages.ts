import { ENGLISH, loadErrorMessages } from '../../messages/error-pack.ts';
import { pack } from './messages.svelte.ts';

export const errorMessages = pack(ENGLISH, loadErrorMessages);
