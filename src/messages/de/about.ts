import type { english } from '../en/about.ts';

export const german: typeof english = {
  title: 'Über Traydial',
  version: (version) => `Programmversion ${version}`,
  platform: { linux: 'für Linux', darwin: 'für macOS', win32: 'für Windows' },
  intro:
    'Traydial macht aus jeder Nummer auf dem Bildschirm einen Anruf an Ihrem Tischtelefon und zeigt, wer anruft. Es überträgt keinen Ton: Zuerst klingelt Ihr Telefon, dann das der Gegenstelle.',
  help: 'Hilfe',
  manual: 'Handbuch',
  issues: 'Problem melden',
  licence: 'Lizenz',
  inBrowser: '(öffnet sich im Browser)',
  backToAbout: 'Zurück zu „Über Traydial“',
  licences: {
    title: 'Lizenzen',
    own: 'Traydial ist freie Software unter der MIT-Lizenz. Es läuft mit Electron und Chromium; deren Lizenzen stehen in den Dateien LICENSE.electron.txt und LICENSES.chromium.html im Installationsordner.',
    packages: 'Lizenzen der enthaltenen Pakete',
    of: (name) => `Lizenz von ${name}`,
    trademark: 'PortSIP ist eine Marke ihres Inhabers, der Traydial weder entwickelt hat noch unterstützt.',
  },
};
