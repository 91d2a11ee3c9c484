import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { ACCELERATOR } from '../../shared/shortcut.ts';

const MODIFIERS = ['Control', 'Alt', 'Shift', 'Super', 'Command'] as const;
type Modifier = (typeof MODIFIERS)[number];

const withEach = (modifier: Modifier, keys: string): string[] => Array.from(keys, (key) => `${modifier}+${key}`);
const ON_WINDOWS_AND_LINUX = withEach('Control', 'ACFNOPQSTVWXYZ');
/** Shortcuts of the system or of most programs, by platform. Modifiers are in the order of MODIFIERS. */
const RESERVED: Record<'darwin' | 'win32' | 'linux', ReadonlySet<string>> = {
  darwin: new Set([
    ...withEach('Command', 'ACFHMNOPQSTVWXZ'),
    'Command+Space',
    'Shift+Command+3',
    'Shift+Command+4',
    'Shift+Command+5',
    'Shift+Command+Z',
    'Alt+Command+Space',
  ]),
  win32: new Set([
    ...ON_WINDOWS_AND_LINUX,
    'Alt+F4',
    'Alt+Space',
    'Control+Shift+Z',
    'Control+Insert',
    'Shift+Insert',
    'F1',
    'F5',
    'F11',
    'F12',
  ]),
  linux: new Set([
    ...ON_WINDOWS_AND_LINUX,
    'Alt+F2',
    'Alt+F4',
    'Alt+Space',
    'Control+Shift+C',
    'Control+Shift+V',
    'Control+Shift+Z',
    'Control+Insert',
    'Shift+Insert',
    'F1',
    'F5',
    'F11',
  ]),
};

/**
 * Returns an accelerator with its modifiers in the order of MODIFIERS, e.g. "Control+Alt+D". '' means no shortcut.
 * Errors: shortcut-invalid, shortcut-reserved.
 */
export function readAccelerator(text: string, platform: NodeJS.Platform): Result<string> {
  if (text === '') return ok('');
  if (!ACCELERATOR.test(text)) return err(appError('shortcut-invalid'));
  const parts = text.split('+');
  const key = parts.pop() ?? '';
  const modifiers = MODIFIERS.filter((modifier) => parts.includes(modifier));
  if (modifiers.length !== parts.length || !isUsable(modifiers, key)) return err(appError('shortcut-invalid'));
  const accelerator = [...modifiers, key].join('+');
  return isReserved(accelerator, modifiers, platform) ? err(appError('shortcut-reserved')) : ok(accelerator);
}

/** A key alone, or with Shift only, would type text, except for function keys. */
function isUsable(modifiers: readonly Modifier[], key: string): boolean {
  return /^F\d/.test(key) || modifiers.some((modifier) => modifier !== 'Shift');
}

function isReserved(accelerator: string, modifiers: readonly Modifier[], platform: NodeJS.Platform): boolean {
  // Windows and most Linux desktops use the system key with a letter for their own shortcuts.
  if (platform !== 'darwin' && modifiers.length === 1 && modifiers[0] === 'Super') return true;
  return RESERVED[platform === 'darwin' || platform === 'win32' ? platform : 'linux'].has(accelerator);
}
