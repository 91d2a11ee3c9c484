type Platform = 'linux' | 'darwin' | 'win32';

const platform: Record<Platform, string> = { linux: 'for Linux', darwin: 'for macOS', win32: 'for Windows' };

export const english = {
  title: 'About Traydial',
  version: (version: string) => `Version ${version}`,
  platform,
  intro:
    'Traydial turns any number on the screen into a call on your desk phone and shows who is calling. It carries no audio; your phone rings first, then theirs.',
  help: 'Help',
  manual: 'User guide',
  issues: 'Report a problem',
  licence: 'Licence',
  inBrowser: '(opens in your browser)',
  backToAbout: 'Back to About',
  licences: {
    title: 'Licences',
    own: 'Traydial is free software under the MIT licence. It runs on Electron and Chromium; their licences are in LICENSE.electron.txt and LICENSES.chromium.html in the folder that Traydial is installed in.',
    packages: 'Licences of the packages in Traydial',
    of: (name: string) => `Licence of ${name}`,
    trademark: 'PortSIP is a trademark of its owner, who neither made nor endorses Traydial.',
  },
};
