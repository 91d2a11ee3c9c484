/** One entry as the PBX has it, with fields that no client should keep. */
export type Contact = { id: string } & Record<string, unknown>;

type Change = Contact & { change_type: 'CREATED' | 'UPDATED' | 'DELETED' };

/** A directory by sync tokens: what happened to it, in order. */
export class Directory {
  readonly #log: Change[] = [];
  /** Tokens and how much of the log they stand for. */
  #tokens = new Map<string, number>();
  #made = 0;
  /** Entries in one answer. The documents name no limit. */
  pageSize = Infinity;
  /** Answers 403 to whoever asks for a token. */
  isForbidden = false;

  set(contact: Contact): void {
    const isKnown = this.#log.some(({ id }) => id === contact.id);
    this.#log.push({ ...contact, change_type: isKnown ? 'UPDATED' : 'CREATED' });
  }

  delete(id: string): void {
    this.#log.push({ id, change_type: 'DELETED' });
  }

  forgetTokens(): void {
    this.#tokens = new Map();
  }

  begin(): string {
    return this.#token(0);
  }

  /** null for an unknown token. */
  diff(token: string): { token: string; items: Change[] } | null {
    const from = this.#tokens.get(token);
    if (from === undefined) return null;
    const items = this.#log.slice(from, from + this.pageSize);
    return { token: this.#token(from + items.length), items };
  }

  #token(at: number): string {
    this.#made += 1;
    const token = `contacts-${this.#made}`;
    this.#tokens.set(token, at);
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
  queues: GroupEntry[];
  ringGroups: GroupEntry[];
  /** 'forbidden' answers 403. */
  voicemails: Voicemail[] | 'forbidden';
}

export const emptyDirectories = (): Directories => ({
  extensions: new Directory(),
  company: new Directory(),
  personal: new Directory(),
  queues: [],
  ringGroups: [],
  voicemails: [],
});
