import { keyOf } from '../../src/core/account/account-key.ts';
import type { SavedAccount } from '../../src/core/account/account-store.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Log } from '../../src/core/log-port.ts';
import type { Tokens } from '../../src/core/pbx/tokens.ts';
import { AccountFile } from '../../src/main/stores/account-file.ts';
import { SecretBox } from '../../src/main/stores/secret-box.ts';
import { SettingsStore } from '../../src/main/stores/settings-store.ts';
import { StateStore } from '../../src/main/stores/state-store.ts';
import type { RecentCall } from '../../src/shared/dial.ts';
import { Notices } from './notices.ts';

/** A key store that reverses the bytes, because these tests are about the file and not the cipher. */
const safe = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: (): 'gnome_libsecret' => 'gnome_libsecret',
  setUsePlainTextEncryption: () => {},
  encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(text).reverse()),
  decryptStringAsync: (sealed: Buffer) =>
    Promise.resolve({ result: Buffer.from(sealed).reverse().toString(), shouldReEncrypt: false }),
};

export interface CrashStores {
  settings: SettingsStore;
  accounts: AccountFile;
  memory: StateStore;
  /** Problems that the stores reported. */
  complaints: string[];
  /** The notices that the user would see. */
  notices: Notices;
}

/** The program's own stores on the files in `folder`. */
export function openCrashStores(folder: string): CrashStores {
  const complaints: string[] = [];
  const log: Log = { info: () => {}, warn: (text) => void complaints.push(text) };
  const board = new Notices();
  const box = new SecretBox({ safe, platform: 'darwin', clock: systemClock, log });
  const settings = new SettingsStore(folder, systemClock, log, board);
  settings.settle();
  return {
    settings,
    accounts: new AccountFile({ directory: folder, box, mayKeep: () => true, clock: systemClock, log, board }),
    memory: new StateStore(folder, systemClock, log, board),
    complaints,
    notices: board,
  };
}

/** Writes the number `n` (from 1) into every file, at several places of each and with enough around it to be torn. */
export async function writeRound({ settings, accounts, memory }: CrashStores, n: number): Promise<void> {
  settings.change({ identity: { callFrom: String(n), ownNumbers: Array.from({ length: 50 }, () => String(n)) } });
  accounts.saveAccounts([accountOf(n, 'alex'), accountOf(n, 'lena')]);
  await accounts.saveSecrets(KEY, { tokens: tokensOf(n), password: null });
  memory.saveRecents('account', recentsOf(n));
}

/** The number that each file holds, 0 for a file that was never written; null for one that holds no single number. */
export async function readRound({ settings, accounts, memory }: CrashStores): Promise<Record<string, number | null>> {
  const { callFrom, ownNumbers } = settings.get().identity;
  const secrets = await accounts.loadSecrets(KEY);
  const recents = memory.recents('account');
  return {
    settings: numberIn([callFrom, ...ownNumbers]),
    account: numberIn(accounts.accounts.map(({ displayName }) => displayName)),
    tokens: secrets.ok ? numberIn(secrets.value === null ? [] : Object.values(secrets.value.tokens).map(String)) : null,
    recents: numberIn(recents.map(({ name }) => name)),
  };
}

const accountOf = (n: number, username: string): SavedAccount => ({
  address: 'pbx.example.com',
  domain: 'office.example.com',
  username,
  displayName: `name-${n}`,
  extension: '1001',
  otherNumbers: [],
  country: { line: '', tenant: '', zone: '' },
  matchLength: null,
  flow: 'json',
  push: { accepted: null, refused: [] },
  remember: true,
});

const KEY = keyOf(accountOf(0, 'alex'));

const tokensOf = (n: number): Tokens => ({
  accessToken: `${'a'.repeat(4000)}-${n}`,
  refreshToken: `${'b'.repeat(4000)}-${n}`,
  expiresAt: n,
  flow: 'json',
});

const recentsOf = (n: number): RecentCall[] =>
  Array.from({ length: 50 }, (_, index) => ({
    id: `${n}-${index}`,
    number: '+12015550100',
    name: `call-${n}`,
    direction: 'incoming',
    outcome: 'missed',
    at: index,
    seconds: null,
    provenance: 'caller',
  }));

function numberIn(texts: readonly string[]): number | null {
  const found = new Set(texts.flatMap((text) => /\d+$/.exec(text) ?? []).map(Number));
  return found.size > 1 ? null : ([...found][0] ?? 0);
}
