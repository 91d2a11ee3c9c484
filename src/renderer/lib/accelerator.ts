const KEYS: Record<string, string> = {
  ' ': 'Space',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
};

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/**
 * The pressed keys in the format of an Electron accelerator; null while only modifiers are pressed. Main decides whether
 * they may be a shortcut.
 */
export function acceleratorOf(press: Press, mac: boolean): string | null {
  const key = keyOf(press);
  if (key === null) return null;
  const modifiers = [
    press.ctrlKey && 'Control',
    press.altKey && 'Alt',
    press.shiftKey && 'Shift',
    press.metaKey && (mac ? 'Command' : 'Super'),
  ].filter((modifier) => modifier !== false);
  return [...modifiers, key].join('+');
}

function keyOf({ key, code }: Press): string | null {
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase();
  if (/^F\d{1,2}$/.test(key)) return key;
  // With Option or AltGr, a letter key gives another character. Then the position of the key counts.
  return KEYS[key] ?? /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? null;
}

/** An accelerator for people, such as "Ctrl + Alt + D". `keys`: the names of the Ctrl key and the Windows or Super key. */
export function shownAccelerator(accelerator: string, mac: boolean, keys: { control: string; system: string }): string {
  const names: Record<string, string> = mac
    ? { Control: 'Control', Alt: 'Option' }
    : { Control: keys.control, Super: keys.system };
  return accelerator
    .split('+')
    .map((part) => names[part] ?? part)
    .join(' + ');
}
