import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface XWindow {
  /** Whether the window manager shows it; false for a minimised window. */
  mapped: boolean;
  minimized: boolean;
  /** Has keyboard focus. */
  active: boolean;
  /** With its frame, in pixels of the screen. */
  outer: { x: number; y: number; width: number; height: number };
}

/** The state of a window id that the window manager of a display reports. */
export async function readXWindow(env: NodeJS.ProcessEnv, id: number): Promise<XWindow> {
  const [properties, root, geometry] = await Promise.all([
    ask(env, 'xprop', '-id', String(id), 'WM_STATE', '_NET_WM_STATE', '_NET_FRAME_EXTENTS'),
    ask(env, 'xprop', '-root', '_NET_ACTIVE_WINDOW'),
    ask(env, 'xwininfo', '-id', String(id)),
  ]);
  const state = /window state: (\w+)/.exec(properties)?.[1] ?? 'Withdrawn';
  const [left = 0, right = 0, top = 0, bottom = 0] = numbers(/_NET_FRAME_EXTENTS\(CARDINAL\) = (.*)/, properties);
  const number = (name: string): number => Number(new RegExp(`${name}:\\s+(-?\\d+)`).exec(geometry)?.[1] ?? 0);
  return {
    mapped: state === 'Normal' && geometry.includes('Map State: IsViewable'),
    minimized: state === 'Iconic',
    active: Number(/window id # (0x[0-9a-f]+)/.exec(root)?.[1] ?? 0) === id,
    outer: {
      x: number('Absolute upper-left X') - left,
      y: number('Absolute upper-left Y') - top,
      width: number('Width') + left + right,
      height: number('Height') + top + bottom,
    },
  };
}

/** The ids of the windows of a process that the window manager shows. */
export async function windowsOf(env: NodeJS.ProcessEnv, pid: number): Promise<number[]> {
  const lines = (await ask(env, 'wmctrl', '-lp')).split('\n').map((line) => line.split(/\s+/));
  return lines.filter(([, , owner]) => Number(owner) === pid).map(([id]) => Number(id));
}

/** Clicks the window's button to close it. */
export async function closeWindow(env: NodeJS.ProcessEnv, id: number): Promise<void> {
  await ask(env, 'wmctrl', '-i', '-c', String(id));
}

/** Presses keys, such as `Control+Alt+D`, in the window with keyboard focus. */
export async function pressKeys(env: NodeJS.ProcessEnv, accelerator: string): Promise<void> {
  const names: Record<string, string> = { Control: 'ctrl', CommandOrControl: 'ctrl', Alt: 'alt', Shift: 'shift' };
  const keys = accelerator.split('+').map((key) => names[key] ?? (key.length === 1 ? key.toLowerCase() : key));
  await ask(env, 'xdotool', 'key', '--clearmodifiers', keys.join('+'));
}

/** Another program copies, or selects, a text. */
export async function copyText(env: NodeJS.ProcessEnv, text: string, selection: boolean): Promise<void> {
  const child = run('xclip', ['-in', '-selection', selection ? 'primary' : 'clipboard'], { env });
  child.child.stdin?.end(text);
  // xclip keeps running to serve the text, and keeps these streams open.
  child.child.stdout?.destroy();
  child.child.stderr?.destroy();
  await child;
}

/** '' when nothing was copied. */
export async function copiedText(env: NodeJS.ProcessEnv, selection: boolean): Promise<string> {
  return ask(env, 'xclip', '-out', '-selection', selection ? 'primary' : 'clipboard').catch(() => '');
}

async function ask(env: NodeJS.ProcessEnv, program: string, ...args: string[]): Promise<string> {
  return (await run(program, args, { env })).stdout;
}

function numbers(pattern: RegExp, text: string): number[] {
  return (pattern.exec(text)?.[1] ?? '').split(',').map(Number);
}
