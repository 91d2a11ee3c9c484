import type { NoticeBoard } from '../../src/main/stores/file-notices.ts';
import type { Notice } from '../../src/shared/state.ts';

/** The notices that the user would see, one line each: `id: message action`. */
export class Notices implements NoticeBoard {
  readonly #all = new Map<Notice['id'], Notice>();

  notice(notice: Notice): void {
    this.#all.set(notice.id, notice);
  }

  withdraw(id: Notice['id']): void {
    this.#all.delete(id);
  }

  get lines(): string[] {
    return [...this.#all.values()].map(({ id, message, action }) => `${id}: ${message} ${action}`);
  }
}
