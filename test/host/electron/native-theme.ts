import { EventEmitter } from 'node:events';
import type { NativeTheme } from 'electron/main';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';
import { HostBrowserWindow } from './browser-window.ts';

type Simulated = Pick<NativeTheme, 'shouldUseDarkColors' | 'shouldUseHighContrastColors' | 'themeSource'>;

class HostNativeTheme extends EventEmitter implements Simulated {
  readonly shouldUseHighContrastColors = false;

  get shouldUseDarkColors(): boolean {
    const { source, systemDark } = desktop.theme;
    return source === 'system' ? systemDark : source === 'dark';
  }
  get themeSource(): NativeTheme['themeSource'] {
    return desktop.theme.source;
  }
  set themeSource(source: NativeTheme['themeSource']) {
    if (desktop.theme.source === source) return;
    desktop.theme.source = source;
    for (const window of HostBrowserWindow.getAllWindows()) window.hostUpdatePages();
    this.emit('updated');
  }
  /** The desktop itself turns dark or light. */
  hostSetSystem(dark: boolean): void {
    if (desktop.theme.systemDark === dark) return;
    desktop.theme.systemDark = dark;
    this.emit('updated');
  }
}

export const nativeTheme = guarded('nativeTheme', new HostNativeTheme());
