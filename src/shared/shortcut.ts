/** Matches an accelerator in a settings file: modifiers in any order and one key, or '' for none. */
export const ACCELERATOR =
  /^(?:(?:(?:Control|Alt|Shift|Super|Command)\+){0,4}(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|Space|Insert|Home|End|PageUp|PageDown))?$/;

/** The state of the global shortcut. */
export interface ShortcutStatus {
  /**
   * `taken`: another program has the shortcut. `reserved`: the system or most programs use it, so Traydial does not.
   * `unproven`: the system accepted it, but on Wayland it may still not work, which only pressing it once can show.
   */
  state: 'off' | 'registered' | 'unproven' | 'taken' | 'reserved';
  /** Whether the selected text can be dialled without copying it first. */
  selection: boolean;
}
