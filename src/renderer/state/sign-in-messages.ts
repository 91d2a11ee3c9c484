import { ENGLISH, loadSignInMessages } from '../../messages/sign-in.ts';
import { messageBundle } from './messages.svelte.ts';

export const signInMessages = messageBundle(ENGLISH, loadSignInMessages);
