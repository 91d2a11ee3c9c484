import { ENGLISH, loadOwnContactMessages } from '../../messages/own-contacts.ts';
import { pack } from './messages.svelte.ts';

export const ownContactMessages = pack(ENGLISH, loadOwnContactMessages);
