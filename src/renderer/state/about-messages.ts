import { ENGLISH, loadAboutMessages } from '../../messages/about.ts';
import { pack } from './messages.svelte.ts';

export const aboutMessages = pack(ENGLISH, loadAboutMessages);
