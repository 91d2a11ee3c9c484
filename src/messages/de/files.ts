import type { FileName } from '../../shared/errors.ts';
import type { files as english } from '../en/files.ts';

const content: Record<FileName, string> = {
  settings: 'Ihre Einstellungen',
  state: 'Favoriten und letzte Anrufe',
  account: 'Ihre Konten und vertrauten Zertifikate',
};

const causes: Readonly<Record<string, string>> = {
  EACCES: 'Zugriff verweigert',
  EPERM: 'Zugriff verweigert',
  EROFS: 'der Datenträger ist schreibgeschützt',
  ENOSPC: 'der Datenträger ist voll',
  EDQUOT: 'Ihr Speicherkontingent ist ausgeschöpft',
  EFBIG: 'der Datenträger nimmt keine so große Datei an',
  EBUSY: 'ein anderes Programm verwendet sie',
  EAGAIN: 'ein anderes Programm verwendet sie',
  EMFILE: 'zu viele Dateien sind geöffnet',
  ENFILE: 'zu viele Dateien sind geöffnet',
  EIO: 'der Datenträger meldet einen Fehler',
  ELOOP: 'eine Verknüpfung, die im Kreis führt',
  ENOENT: 'nicht vorhanden',
  ENOTDIR: 'ein Teil des Pfads ist kein Ordner',
  EEXIST: 'ein Teil des Pfads ist kein Ordner',
  EISDIR: 'es ist ein Ordner',
  'dangling-link': 'eine Verknüpfung, deren Ziel fehlt',
  damaged: 'sie ist beschädigt, und in ihrem Ordner ließ sich keine Kopie anlegen',
  'not-a-file': 'es ist keine gewöhnliche Datei',
  'too-large': 'sie ist zu groß',
  'not-local': 'Traydial braucht den vollständigen Pfad auf diesem Computer',
  'no-certificate': 'sie enthält kein Zertifikat im PEM-Format',
  'broken-certificate': 'eines ihrer Zertifikate ist beschädigt',
};

export const files: typeof english = { content, cause: (code) => causes[code] ?? code };
