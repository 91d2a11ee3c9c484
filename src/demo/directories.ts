/** One entry of a directory with all fields of the PBX. A client should not store all of them. */
export type Contact = { id: string } & Record<string, unknown>;

type Change = Contact & { change_type: 'CREATED' | 'UPDATED' | 'DELETED' };

/** A directory that clients read by sync tokens. It stores its changes in order. */
export class Directory {
  readonly #changes: Change[] = [];
  /** For each token, how many changes its client has received. */
  #tokens = new Map<string, number>();
  #tokenCount = 0;
  /** Maximum entries in one answer. The documents name no limit. */
  pageSize = Infinity;
  /** Whether a request for a token is answered by 403. */
  isForbidden = false;

  set(contact: Contact): void {
    const isKnown = this.#changes.some(({ id }) => id === contact.id);
    this.#changes.push({ ...contact, change_type: isKnown ? 'UPDATED' : 'CREATED' });
  }

  delete(id: string): void {
    this.#changes.push({ id, change_type: 'DELETED' });
  }

  forgetTokens(): void {
    this.#tokens = new Map();
  }

  begin(): string {
    return this.#newToken(0);
  }

  /** The changes since a token; null for an unknown token. */
  diff(token: string): { token: string; items: Change[] } | null {
    const from = this.#tokens.get(token);
    if (from === undefined) return null;
    const items = this.#changes.slice(from, from + this.pageSize);
    return { token: this.#newToken(from + items.length), items };
  }

  #newToken(received: number): string {
    this.#tokenCount += 1;
    const token = `contacts-${this.#tokenCount}`;
    this.#tokens.set(token, received);
    return token;
  }
}

interface GroupEntry {
  id: string;
  name: string;
  extension_number: string;
}

export interface Voicemail {
  id: string;
  sender: string;
  created_at: string;
  /** In seconds. */
  duration: number;
  status: 'READ' | 'UNREAD';
}

/** The directories of a user, their voicemails, and the names of their queues and ring groups. */
export interface Directories {
  extensions: Directory;
  company: Directory;
  personal: Directory;
  crm: Directory;
  queues: GroupEntry[];
  ringGroups: GroupEntry[];
  /** With 'forbidden' the PBX answers 403. */
  voicemails: Voicemail[] | 'forbidden';
}

export const emptyDirectories = (): Directories => ({
  extensions: new Directory(),
  company: new Directory(),
  personal: new Directory(),
  crm: new Directory(),
  queues: [],
  ringGroups: [],
  voicemails: [],
});
