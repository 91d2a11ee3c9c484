import { ENGLISH, loadSignInMessages } from '../../messages/sign-in.ts';
import { pack } from './messages.svelte.ts';

export const signInMessages = pack(ENGLISH, loadSignInMessages);
