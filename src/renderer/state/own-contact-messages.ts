import { ENGLISH, loadOwnContactMessages } from '../../messages/own-contacts.ts';
import { messageBundle } from './messages.svelte.ts';

export const ownContactMessages = messageBundle(ENGLISH, loadOwnContactMessages);
