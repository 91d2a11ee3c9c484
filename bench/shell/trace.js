// Loaded before a program's own entry. It records when the window was shown and when the page first painted (ms since
// 1970). The environment can make it send commands and close the window, as a user would. It sets no timer while something
// is measured.
import { appendFileSync } from 'node:fs';
import { app } from 'electron';

const { BENCH_TRACE: file, BENCH_ASK: commands = '[]', BENCH_CLOSE: closes } = process.env;

const FIRST_PAINT = `new Promise((done) => {
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (name === 'first-contentful-paint') done(performance.timeOrigin + startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

function note(what, at = Date.now()) {
  appendFileSync(file, `${JSON.stringify({ what, at })}\n`);
}

async function follow(window) {
  const run = (code) => window.webContents.executeJavaScript(code);
  note('page', await run(FIRST_PAINT));
  for (const [command, payload] of JSON.parse(commands)) {
    const answer = await run(`traydial.invoke(${JSON.stringify(command)}, ${JSON.stringify(payload)})`);
    note(answer.ok ? command : `refused: ${command}, ${answer.error.code}`);
  }
  // The window's close button and not hide(), as a user does.
  if (closes) setTimeout(() => window.close(), Number(closes));
}

if (file) {
  app.on('browser-window-created', (_event, window) => {
    window.once('show', () => note('window'));
    window.webContents.once('did-finish-load', () => void follow(window));
  });
}
