/** What the pretended computer is like. The first value of each list is the one without `--sim`. */
export const SIM_VALUES = {
  /**
   * Where secrets can be kept: the key ring; Chromium's built-in key; a key ring that the user did not unlock; a key
   * store that refuses; one that is temporarily unavailable for the first two calls.
   */
  safeStorage: ['gnome_libsecret', 'basic_text', 'locked', 'refuses', 'busy'],
  /** Another key than the one that the profile's secrets were written with, as after a lost keyring. */
  safeStorageKey: ['same', 'lost'],
  /**
   * `expire`: after some seconds each goes into the desktop's list, unless it is to stay; `not-allowed`: the user said
   * no; `absent`: there is no notification service; `hanging`: the service takes a call and never answers, and
   * Electron's call blocks the program.
   */
  notifications: ['shown', 'unsupported', 'failed', 'expire', 'not-allowed', 'absent', 'hanging'],
  /** Whether the desktop takes a notification off the screen when it is clicked, or leaves that to the program. */
  notificationClick: ['closes', 'stays'],
  /**
   * Whether somebody shows tray icons; `late`: only some seconds after the start, and Electron, which has made the icon
   * before, does not offer it by itself.
   */
  tray: ['shown', 'missing', 'late'],
  /** Whether somebody uses the computer. */
  idle: ['active', 'idle', 'locked', 'unknown'],
  /** What xdg-mime does when the app asks to open links; `browser-taken` gives the app the web pages, too. */
  links: ['accepted', 'refused', 'browser-taken'],
  /** What opening a link in the browser does; `slow` takes two seconds. */
  openExternal: ['opened', 'refused', 'slow'],
  /** `portal`: Wayland's, which accepts everything and goes on reporting shortcuts that the app unregistered. */
  shortcuts: ['accepted', 'refused', 'portal'],
  /** `unfocused`: as on Wayland an app without the keyboard gets what it read or wrote last. */
  clipboard: ['readable', 'unfocused'],
  /** How a link reaches a cold start: as an argument (Windows, Linux) or as an event before `ready` (macOS). */
  coldLink: ['argv', 'open-url'],
  /** What getBounds() reports of a shown window: what was asked for, or as on X11 the area inside its frame. */
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

/** Reads `name=value` pairs; answers a sentence where one is not known. */
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
