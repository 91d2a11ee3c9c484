import { ENGLISH, loadAboutMessages } from '../../messages/about.ts';
import { messageBundle } from './messages.svelte.ts';

export const aboutMessages = messageBundle(ENGLISH, loadAboutMessages);
