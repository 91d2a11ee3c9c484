import type { NoticeBoard } from '../../src/main/stores/file-notices.ts';
import { notices } from '../../src/messages/en/notices.ts';
import type { Notice } from '../../src/shared/notice.ts';

/** The notices that the user would see in English, one line each: `id: message advice`. */
export class Notices implements NoticeBoard {
  readonly #all = new Map<Notice['id'], Notice>();

  showNotice(notice: Notice): void {
    this.#all.set(notice.id, notice);
  }

  withdraw(id: Notice['id']): void {
    this.#all.delete(id);
  }

  get lines(): string[] {
    return [...this.#all.values()].map((notice) => {
      const { message, advice } = notices(notice);
      return `${notice.id}: ${message} ${advice}`;
    });
  }
}
