/** The properties of the simulated computer. The first value of each list is the default. */
export const SIM_VALUES = {
  /**
   * The key store: a key ring; Chromium's built-in key; a locked key ring; a key store that refuses; one that is
   * temporarily unavailable for the first two calls; one that never answers.
   */
  safeStorage: ['gnome_libsecret', 'basic_text', 'locked', 'refuses', 'busy', 'hangs'],
  /** The key differs from the one that sealed the profile's secrets, as after a lost keyring. */
  safeStorageKey: ['same', 'lost'],
  /**
   * `expire`: after some seconds each goes into the desktop's list, unless it is to stay; `not-allowed`: the user said
   * no; `absent`: there is no notification service; `hanging`: the service takes a call and never answers, and
   * Electron's call blocks the program.
   */
  notifications: ['shown', 'unsupported', 'failed', 'expire', 'not-allowed', 'absent', 'hanging'],
  /** Whether the desktop closes a clicked notification, or leaves that to the program. */
  notificationClick: ['closes', 'stays'],
  /**
   * Whether a panel shows tray icons; `late`: only some seconds after the start, when Electron has already created the
   * icon and does not offer it again.
   */
  tray: ['shown', 'missing', 'late'],
  /** Whether somebody uses the computer. */
  idle: ['active', 'idle', 'locked', 'unknown'],
  /**
   * The behaviour of xdg-mime when the app registers for links; `browser-taken` also makes the app the default browser.
   */
  links: ['accepted', 'refused', 'browser-taken'],
  /** The result of opening a link in the browser; `slow` takes two seconds. */
  openExternal: ['opened', 'refused', 'slow'],
  /** `portal`: Wayland's portal, which accepts everything and keeps reporting unregistered shortcuts. */
  shortcuts: ['accepted', 'refused', 'portal'],
  /** `unfocused`: as on Wayland, an app without keyboard focus gets the text that it read or wrote last. */
  clipboard: ['readable', 'unfocused'],
  /**
   * How a link reaches the app that it starts: as an argument (Windows, Linux) or as an event before `ready` (macOS).
   */
  coldLink: ['argv', 'open-url'],
  /** The result of getBounds() for a shown window: the requested bounds, or as on X11 the area inside its frame. */
  bounds: ['exact', 'framed'],
  online: ['yes', 'no'],
  /** `refused`: no process has the lock, and it cannot be written into the profile. */
  lock: ['free', 'refused'],
} as const;

type SimName = keyof typeof SIM_VALUES;
export type Sim = { [N in SimName]: (typeof SIM_VALUES)[N][number] };

export const DEFAULT_SIM: Sim = {
  safeStorage: 'gnome_libsecret',
  safeStorageKey: 'same',
  notifications: 'shown',
  tray: 'shown',
  notificationClick: 'closes',
  idle: 'active',
  links: 'accepted',
  openExternal: 'opened',
  shortcuts: 'accepted',
  clipboard: 'readable',
  coldLink: process.platform === 'darwin' ? 'open-url' : 'argv',
  bounds: 'exact',
  online: 'yes',
  lock: 'free',
};

/** Reads `name=value` pairs; returns a sentence for an unknown one. */
export function parseSim(pairs: readonly string[]): Sim | { problem: string } {
  const sim: Record<string, string> = { ...DEFAULT_SIM };
  for (const pair of pairs) {
    const [name = '', value = ''] = pair.split('=', 2);
    if (!isSimName(name)) return { problem: `--sim knows ${Object.keys(SIM_VALUES).join(', ')}; not "${name}".` };
    const values: readonly string[] = SIM_VALUES[name];
    if (!values.includes(value)) return { problem: `--sim ${name} is one of ${values.join(', ')}; not "${value}".` };
    sim[name] = value;
  }
  // Every value was looked up in its own list above.
  return sim as Sim;
}

function isSimName(name: string): name is SimName {
  return Object.hasOwn(SIM_VALUES, name);
}
