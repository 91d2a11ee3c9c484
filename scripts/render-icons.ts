import { Resvg } from '@resvg/resvg-js';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import pngToIco from 'png-to-ico';
import { LINUX_SIZES } from '../src/main/tray/icon-path.ts';

// Draws every icon file from the SVGs in resources/icons. `--check` only says whether the files are up to date.
const RESOURCES = join(import.meta.dirname, '..', 'resources');

const STATES = ['idle', 'active', 'ringing', 'attention'] as const;
/** The colour of the glyph on each kind of panel. `null` keeps the colours of the drawing. */
const FLAVOURS = { 'light-panel': '#24292e', 'dark-panel': '#f4f4f4', colour: null } as const;

/** The straight edges of a drawing, in units of its grid of 16. */
interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const EDGES: Record<(typeof STATES)[number], Edges> = {
  idle: { left: 1, top: 2, right: 15, bottom: 14 },
  // A handset that lies across has none.
  active: { left: 0, top: 0, right: 16, bottom: 16 },
  // Its waves are as wide as the icon.
  ringing: { left: 0, top: 3, right: 16, bottom: 13 },
  attention: { left: 1, top: 1, right: 15, bottom: 13 },
};

/** The colour of the dot for missed calls, in icons that have colours. */
const DOT = '#c8372b';

/** 100, 125, 150, 200 and 300 %. */
const WINDOWS_TRAY = [16, 20, 24, 32, 48];
const APP = [16, 24, 32, 48, 64, 128, 256, 512];
const APP_ICO = [16, 20, 24, 32, 48, 64, 256];
/** Below this size the dial's finger holes are not recognisable, so another drawing is used. */
const SMALL = 32;
/** Apple's grid: an icon fills 824 of 1,024 px. */
const MAC_SCALE = 824 / 1024;

type Files = Map<string, Buffer>;

async function draw(): Promise<Files> {
  const files: Files = new Map();
  for (const { name, glyph, edges } of STATES.flatMap(drawings)) {
    const tray = (drawing: string, size: number): Buffer => png(onPixels(drawing, size, edges), size);
    for (const [flavour, ink] of Object.entries(FLAVOURS)) {
      const inked = ink === null ? glyph : inInk(glyph, ink);
      for (const size of LINUX_SIZES) files.set(`tray/linux/${flavour}/${name}-${size}.png`, tray(inked, size));
      files.set(`tray/win32/${flavour}/${name}.ico`, await pngToIco(WINDOWS_TRAY.map((size) => tray(inked, size))));
    }
    // When the name ends in "Template", macOS takes black with alpha and colours it itself.
    const template = inInk(glyph, '#000');
    files.set(`tray/darwin/${name}Template.png`, tray(template, 16));
    files.set(`tray/darwin/${name}Template@2x.png`, tray(template, 32));
    files.set(`tray/darwin/${name}.png`, tray(glyph, 16));
    files.set(`tray/darwin/${name}@2x.png`, tray(glyph, 32));
  }
  for (const size of APP) files.set(`app/${size}x${size}.png`, app(size));
  files.set('app/icon.ico', await pngToIco(APP_ICO.map((size) => app(size))));
  files.set('app/icon-mac.png', png(withMargin(svg('app'), MAC_SCALE), 1024));
  files.set('app/notification.png', app(48));
  return files;
}

/** A state without and with missed calls. */
function drawings(state: (typeof STATES)[number]): { name: string; glyph: string; edges: Edges }[] {
  const glyph = svg(`tray-${state}`);
  const edges = EDGES[state];
  return [
    { name: state, glyph, edges },
    { name: `${state}-missed`, glyph: withDot(glyph), edges },
  ];
}

/**
 * Stretches a drawing by a few percent so that its edges lie on whole pixels, where they are sharp. Half of them would lie
 * between two pixels at 20, 22 or 24 px.
 */
function onPixels(drawing: string, size: number, { left, top, right, bottom }: Edges): string {
  const [x, y] = [onAxis(size, left, right), onAxis(size, top, bottom)];
  return drawing
    .replace(
      'viewBox="0 0 16 16">',
      `viewBox="0 0 ${size} ${size}"><g transform="matrix(${x.scale} 0 0 ${y.scale} ${x.shift} ${y.shift})">`,
    )
    .replace('</svg>', '</g></svg>');
}

/** The scale and shift by which both ends become whole pixels, as close as possible to where they would be. */
function onAxis(size: number, from: number, to: number): { scale: number; shift: number } {
  const unit = size / 16;
  const middle = ((from + to) / 2) * unit;
  const length = (to - from) * unit;
  const offCentre = (pixels: number): number => Math.abs(Math.round(middle - pixels / 2) - (middle - pixels / 2));
  const [pixels = length] = [Math.floor(length), Math.ceil(length)].toSorted(
    (one, other) => offCentre(one) - offCentre(other) || Math.abs(one - length) - Math.abs(other - length),
  );
  const scale = pixels / (to - from);
  return { scale, shift: Math.round(middle - pixels / 2) - from * scale };
}

/** A dot that is cut out of the drawing, so that its shape alone shows it, in any colour and at 16 px. */
function withDot(drawing: string): string {
  const at = 'cx="12.6" cy="3.4"';
  const gap = `<mask id="dot"><path fill="#fff" d="M0 0h16v16H0z"/><circle fill="#000" ${at} r="4.4"/></mask>`;
  return drawing
    .replace(/(<style>.*?)<\/style>/, `$1.dot{fill:${DOT}}</style><defs>${gap}</defs><g mask="url(#dot)">`)
    .replace('</svg>', `</g><circle class="dot" ${at} r="3.1"/></svg>`);
}

function svg(name: string): string {
  return readFileSync(join(RESOURCES, 'icons', `${name}.svg`), 'utf8');
}

function png(source: string, size: number): Buffer {
  const options = { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } } as const;
  return new Resvg(source, options).render().asPng();
}

function app(size: number): Buffer {
  return png(svg(size <= SMALL ? 'app-small' : 'app'), size);
}

function inInk(glyph: string, ink: string): string {
  const style = `<style>.ink,.badge,.dot{fill:${ink}}.line{fill:none;stroke:${ink}}</style>`;
  return glyph.replace(/<style>[^]*?<\/style>/, style);
}

function withMargin(source: string, scale: number): string {
  const side = 1024 / scale;
  const start = (1024 - side) / 2;
  return source.replace(/viewBox="[^"]*"/, `viewBox="${start} ${start} ${side} ${side}"`);
}

function rendered(): string[] {
  return ['tray', 'app'].flatMap((folder) => {
    const root = join(RESOURCES, folder);
    if (!existsSync(root)) return [];
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(RESOURCES, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  });
}

const files = await draw();
const stale = rendered().filter((name) => !files.has(name));
const changed = [...files].filter(([name, bytes]) => {
  const file = join(RESOURCES, name);
  return !existsSync(file) || !readFileSync(file).equals(bytes);
});

if (process.argv.includes('--check')) {
  for (const [name] of changed) console.error(`resources/${name} is not what resources/icons gives.`);
  for (const name of stale) console.error(`resources/${name} has no drawing in resources/icons.`);
  if (changed.length + stale.length > 0) {
    console.error('Run: node scripts/render-icons.ts');
    process.exitCode = 1;
  }
} else {
  for (const name of stale) rmSync(join(RESOURCES, name));
  for (const [name, bytes] of changed) {
    mkdirSync(dirname(join(RESOURCES, name)), { recursive: true });
    writeFileSync(join(RESOURCES, name), bytes);
  }
  console.log(`${files.size} icons, ${changed.length} written, ${stale.length} removed.`);
}
