/** The global shortcut, as far as this computer tells. */
export interface ShortcutStatus {
  /**
   * `taken`: another program has it. `reserved`: every program needs it, so Traydial leaves it alone. `unproven`:
   * the system accepted it, but on Wayland that says little until it was heard once.
   */
  state: 'off' | 'registered' | 'unproven' | 'taken' | 'reserved';
  /** Whether the selected text can be dialled without copying it first. */
  selection: boolean;
}
