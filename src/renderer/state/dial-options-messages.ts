import { ENGLISH, loadDialOptionsMessages } from '../../messages/dial-options.ts';
import { pack } from './messages.svelte.ts';

export const dialOptionsMessages = pack(ENGLISH, loadDialOptionsMessages);
