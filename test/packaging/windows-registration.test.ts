import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import config from '../../electron-builder.config.ts';
import { expandMacro, splitLine, type Instruction } from './nsis-script.ts';

const source = readFileSync(new URL('../../resources/installer/windows/installer.nsh', import.meta.url), 'utf8');
const install = expandMacro(source, 'customInstall');
const uninstall = expandMacro(source, 'customUnInstall');
const schemes = config.protocols.flatMap((protocol) => protocol.schemes);

/** The user's keys that the running program writes, or in which it has a value. */
const OF_THE_USER = [
  'HKCU\\Software\\Classes\\CLSID\\${TRAYDIAL_TOAST_CLSID}',
  'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run',
  'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run',
];

/** Runs the unconditional registry instructions on a registry of `key\value name` -> text. */
function runOn(registry: Map<string, string>, instructions: Instruction[]): Map<string, string> {
  const result = new Map(registry);
  for (const { name, args } of instructions.filter(({ depth }) => depth === 0)) {
    const [root = '', key = '', value = '', text = ''] = args.filter((word) => word !== '/ifempty');
    const path = `${root}\\${key}`;
    const below = [...result.keys()].filter((entry) => entry.startsWith(`${path}\\`));
    if (name === 'WriteRegStr') result.set(`${path}\\@${value}`, text);
    else if (name === 'DeleteRegValue') result.delete(`${path}\\@${value}`);
    else if (name === 'DeleteRegKey' && (!args.includes('/ifempty') || below.length === 0)) {
      for (const entry of below) result.delete(entry);
    }
  }
  return result;
}

test.each(schemes)('a %s link has a class that starts the program with the link after "--"', (scheme) => {
  const registry = runOn(new Map(), install);
  const progId = `SHCTX\\Software\\Classes\\Traydial.Url.${scheme}`;

  expect(registry.get(`${progId}\\@URL Protocol`)).toBe('');
  expect(registry.get(`${progId}\\shell\\open\\command\\@`)).toBe('"$INSTDIR\\${APP_EXECUTABLE_FILENAME}" -- "%1"');
});

test('Windows finds the capabilities with exactly the schemes of the packaging config', () => {
  const registry = runOn(new Map(), install);
  const capabilities = registry.get('SHCTX\\Software\\RegisteredApplications\\@Traydial') ?? '';

  expect(registry.get(`SHCTX\\${capabilities}\\@ApplicationName`)).toBe('${PRODUCT_NAME}');
  expect(registry.get(`SHCTX\\${capabilities}\\@ApplicationDescription`)).toBe('${APP_DESCRIPTION}');
  const prefix = `SHCTX\\${capabilities}\\URLAssociations\\@`;
  const associations = [...registry].filter(([entry]) => entry.startsWith(prefix));
  expect(Object.fromEntries(associations.map(([entry, progId]) => [entry.slice(prefix.length), progId]))).toEqual(
    Object.fromEntries(schemes.map((scheme) => [scheme, `Traydial.Url.${scheme}`])),
  );
});

test('uninstalling removes all our entries and leaves those of others', () => {
  const others = new Map([
    ['SHCTX\\Software\\RegisteredApplications\\@Firefox', 'Software\\Clients\\Firefox\\Capabilities'],
    ['SHCTX\\Software\\Classes\\tel\\@URL Protocol', ''],
    ['SHCTX\\Software\\Classes\\Other.Url.tel\\@', 'URL:tel'],
    ['SHCTX\\Software\\Traydial\\Policy\\@Address', 'https://pbx.example.com'],
  ]);

  const installed = runOn(others, install);

  expect(installed.size).toBeGreaterThan(others.size);
  expect(runOn(installed, uninstall)).toEqual(others);
});

test('the installer changes no other keys and writes none for a single user', () => {
  const keys = (instructions: Instruction[]) =>
    instructions
      .filter(({ name }) => /^(Write|Delete)Reg/.test(name))
      .map(({ args }) =>
        args
          .filter((word) => word !== '/ifempty')
          .slice(0, 2)
          .join('\\'),
      );
  const own =
    /^SHCTX\\Software\\(Traydial(\\Capabilities.*)?|RegisteredApplications|Classes\\Traydial\.Url\.[a-z]+.*)$/;

  expect(keys(install).filter((key) => !own.test(key))).toEqual([]);
  const conditional = uninstall.filter(({ depth }) => depth > 0);
  expect(keys(uninstall.filter(({ depth }) => depth === 0)).filter((key) => !own.test(key))).toEqual([]);
  const schemeKeys = new RegExp(`^HKCU\\\\Software\\\\Classes\\\\(${schemes.join('|')})(\\\\|$)`);
  expect(keys(conditional).filter((key) => !schemeKeys.test(key))).toEqual(OF_THE_USER);
});

test('uninstalling removes the entries that Electron wrote under our names for the user; an update keeps them', () => {
  const users = uninstall.filter(({ args }) => OF_THE_USER.includes(args.slice(0, 2).join('\\')));
  const link = uninstall.find(({ name }) => name === 'Delete');

  expect(users.map(({ name, depth }) => [name, depth])).toEqual([
    ['DeleteRegKey', 1],
    ['DeleteRegValue', 1],
    ['DeleteRegValue', 1],
  ]);
  // Only our own value of shared keys.
  expect(users.map(({ args }) => args[2])).toEqual([undefined, '${TRAYDIAL_APP_ID}', '${TRAYDIAL_APP_ID}']);
  expect(link).toMatchObject({
    depth: 1,
    args: ['$R0\\Microsoft\\Windows\\Start Menu\\Programs\\${PRODUCT_NAME}.lnk'],
  });
});

test('entries of the running program are deleted only after a check of the program they start', () => {
  const deletions = uninstall.filter(
    ({ name, args }) =>
      name.startsWith('DeleteReg') && args.includes('HKCU') && !OF_THE_USER.includes(args.slice(0, 2).join('\\')),
  );

  expect(deletions.length).toBeGreaterThan(0);
  // Two conditions: not an update, and the command starts this installation.
  expect(deletions.map(({ depth }) => depth)).toEqual(deletions.map(() => 2));
});

test('every quote in the script is closed', () => {
  for (const line of source.split('\n')) expect(() => splitLine(line)).not.toThrow();
  expect(() => splitLine('WriteRegStr SHCTX "a "b"')).toThrow(/glued|unbalanced/);
});

test('the script is plain ASCII, so it is the same in every code page', () => {
  expect(source).toMatch(/^[\n -~]*$/);
});
