import { BIN_MS } from './measure.ts';
import { SETTLED_MS, faultMs, FAULT_MS, type FleetRun } from './run-fleet.ts';

const WIDTH = 760;
const PANEL = 210;
const PLOT = { left: 62, right: 20, top: 44, bottom: 34 };
const PER_MINUTE = 60_000 / BIN_MS;

/** Its own background, so that it can be read on any page; colours follow the reader's theme. */
const STYLE = `
  .card{fill:#fff}.text{fill:#24292e;font:12px system-ui,sans-serif}.title{font-weight:600;font-size:13px}
  .axis{stroke:#8a939b;stroke-width:1}.limit{stroke:#8a939b;stroke-dasharray:4 3;fill:none}
  .gap{fill:#eceff1}.sent{stroke:#1a6fb5;stroke-width:1.4;fill:none}.refused{fill:#d1451b}
  @media (prefers-color-scheme: dark){
    .card{fill:#1b1f23}.text{fill:#e6e8ea}.gap{fill:#2b3137}.sent{stroke:#6cb6ff}.refused{fill:#ff8a5c}}`;

/**
 * Requests a minute that reach the PBX, and those of them that it refuses, before, during and after a fault: with push
 * above, without below. Returns `chart` with this run in its panel.
 */
export function withPanel(chart: string, run: FleetRun): string {
  const height = PANEL * 2 + 30;
  const panels = [true, false].map((push, at) => {
    const id = push ? 'push' : 'no-push';
    const before = new RegExp(`<g id="${id}">.*?</g>`, 's').exec(chart)?.[0] ?? '';
    return push === run.options.push ? `<g id="${id}">\n${panel(run, at * PANEL)}\n</g>` : before;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="t">`,
    `<title id="t">Requests a minute around a network outage of ten minutes</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="card" width="${WIDTH}" height="${height}" rx="6"/>`,
    ...panels,
    legend(height - 14),
    '</svg>',
    '',
  ].join('\n');
}

function panel(run: FleetRun, offset: number): string {
  const { desks, push, limit } = run.options;
  const from = (SETTLED_MS - 5 * 60_000) / BIN_MS;
  const bins = run.bins.slice(from);
  const highest = Math.max(limit * 1.2, ...bins.map(({ requests }) => requests * PER_MINUTE));
  const bottom = offset + PANEL - PLOT.bottom;
  const x = (bin: number): number => PLOT.left + (bin / bins.length) * (WIDTH - PLOT.left - PLOT.right);
  const y = (perMinute: number): number => bottom - (perMinute / highest) * (PANEL - PLOT.top - PLOT.bottom);
  const sent = bins.map(({ requests }, at) => `${x(at + 0.5).toFixed(1)},${y(requests * PER_MINUTE).toFixed(1)}`);
  const refused = bins.map(({ refused: count }, at) => `${x(at + 0.5).toFixed(1)},${y(count * PER_MINUTE).toFixed(1)}`);
  const begin = FAULT_MS / BIN_MS - from;
  const end = begin + faultMs(run.options.fault) / BIN_MS;
  const minutes = (at: number): number => Math.round(((at - begin) * BIN_MS) / 60_000);
  const ticks = bins.flatMap((_, at) =>
    minutes(at) % 10 === 0 && Number.isInteger((at - begin) / PER_MINUTE) ? [at] : [],
  );
  const label = (px: number, py: number, anchor: string, text: string): string =>
    `<text class="text" x="${px.toFixed(1)}" y="${py.toFixed(1)}" text-anchor="${anchor}">${text}</text>`;
  const line = (kind: string, py: number): string =>
    `<path class="${kind}" d="M${PLOT.left} ${py.toFixed(1)}H${WIDTH - PLOT.right}"/>`;
  return [
    `<text class="text title" x="${PLOT.left}" y="${offset + 26}">${desks.toLocaleString('en-US')} desks ${push ? 'with' : 'without'} push</text>`,
    `<rect class="gap" x="${x(begin).toFixed(1)}" y="${y(highest).toFixed(1)}" width="${(x(end) - x(begin)).toFixed(1)}" height="${(bottom - y(highest)).toFixed(1)}"/>`,
    label((x(begin) + x(end)) / 2, y(highest) + 16, 'middle', 'no network'),
    line('limit', y(limit)),
    label(PLOT.left - 6, y(limit) + 4, 'end', limit.toLocaleString('en-US')),
    label(PLOT.left - 6, bottom + 4, 'end', '0'),
    line('axis', bottom),
    ...ticks.map((at) => label(x(at), bottom + 16, 'middle', `${minutes(at)} min`)),
    `<polygon class="refused" points="${x(0)},${bottom} ${refused.join(' ')} ${x(bins.length)},${bottom}"/>`,
    `<polyline class="sent" points="${sent.join(' ')}"/>`,
  ].join('\n');
}

function legend(y: number): string {
  return [
    `<path class="sent" d="M${PLOT.left} ${y - 4}h24"/><text class="text" x="${PLOT.left + 30}" y="${y}">requests a minute</text>`,
    `<rect class="refused" x="${PLOT.left + 160}" y="${y - 9}" width="24" height="9"/><text class="text" x="${PLOT.left + 190}" y="${y}">of these refused (429)</text>`,
    `<path class="limit" d="M${PLOT.left + 350} ${y - 4}h24"/><text class="text" x="${PLOT.left + 380}" y="${y}">the PBX's limit</text>`,
  ].join('\n');
}
