/** Polyfills for APIs of Electron 45 that the program uses and that differ in Electron 25. */
import { app, clipboard, safeStorage } from 'electron';

type Names = Record<string, unknown>;

function add(target: object, missing: Names): void {
  for (const [name, value] of Object.entries(missing)) (target as Names)[name] ??= value;
}

/** The clipboard as Electron 25 has it: synchronous, with the selection as an argument. */
const old = clipboard as unknown as {
  readText(type?: 'selection'): string;
  writeText(text: string, type?: 'selection'): void;
};

add(clipboard, {
  selection: {
    readText: () => Promise.resolve(old.readText('selection')),
    writeText: (text: string) => {
      old.writeText(text, 'selection');
      return Promise.resolve();
    },
  },
});
add(safeStorage, {
  isAsyncEncryptionAvailable: () => Promise.resolve(safeStorage.isEncryptionAvailable()),
  getSelectedStorageBackend: () => (safeStorage.isEncryptionAvailable() ? 'gnome_libsecret' : 'basic_text'),
  setUsePlainTextEncryption: () => undefined,
  encryptStringAsync: (text: string) => Promise.resolve().then(() => safeStorage.encryptString(text)),
  decryptStringAsync: (sealed: Buffer) =>
    Promise.resolve().then(() => ({ result: safeStorage.decryptString(sealed), shouldReEncrypt: false })),
});

const LEVELS = ['debug', 'info', 'warning', 'error'];

// Console messages of a page are arguments here; in newer versions they are on the event.
app.on('web-contents-created', (_created, contents) => {
  (contents as NodeJS.EventEmitter).prependListener(
    'console-message',
    (event: object, level: number, message: string, lineNumber: number, sourceId: string) =>
      Object.assign(event, { level: LEVELS[level], message, lineNumber, sourceId, frame: contents.mainFrame }),
  );
});
