import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Panel, windows and menus of the desktop. */
export type XfceTheme = 'light' | 'dark';

export const XFCE_PROGRAMS: Record<string, string> = {
  'xfce4-panel': 'xfce4-panel',
  xfwm4: 'xfwm4',
  dunst: 'dunst',
  import: 'imagemagick',
};

/** Panel, window manager and a notification daemon of a real desktop. The tray is at the right end of the panel. */
export async function startXfce(
  theme: XfceTheme,
  env: Record<string, string>,
  children: ChildProcess[],
): Promise<void> {
  const config = join(env['XDG_CONFIG_HOME'] ?? '', 'xfce4/xfconf/xfce-perchannel-xml');
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, 'xfce4-panel.xml'), panelConfig(theme === 'dark'));
  if (theme === 'dark') env['GTK_THEME'] = 'Adwaita:dark';
  const inside = { ...process.env, ...env };
  for (const program of ['xfwm4', 'xfce4-panel', 'dunst'])
    children.push(spawn(program, [], { stdio: 'ignore', env: inside }));
  // A panel does not report when it is drawn.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
}

function panelConfig(dark: boolean): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="${dark}"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="28"/>
      <property name="icon-size" type="uint" value="16"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/><value type="int" value="2"/><value type="int" value="3"/><value type="int" value="4"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-3" type="string" value="clock"/>
    <property name="plugin-4" type="string" value="systray"/>
  </property>
</channel>
`;
}
