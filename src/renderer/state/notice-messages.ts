import { ENGLISH, loadNoticeMessages } from '../../messages/notices.ts';
import { pack } from './messages.svelte.ts';

export const noticeMessages = pack(ENGLISH, loadNoticeMessages);
