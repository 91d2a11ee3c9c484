import { ENGLISH, loadDialOptionsMessages } from '../../messages/dial-options.ts';
import { messageBundle } from './messages.svelte.ts';

export const dialOptionsMessages = messageBundle(ENGLISH, loadDialOptionsMessages);
