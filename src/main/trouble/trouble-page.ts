import { createHash } from 'node:crypto';
import type { TroubleMessages } from '../../messages/trouble.ts';

/** The buttons of the page. */
export type TroubleAction = keyof TroubleMessages['actions'];

export interface TroubleContent {
  heading: string;
  /** What happened, then what to do. */
  sentences: readonly string[];
  /** In the order of the buttons; the first is the main one. */
  actions: readonly TroubleAction[];
  /** Shown in the section "Details", which is closed at first. */
  report: string;
}

/** Shows the page and calls `onAction` for each button but "Copy report", which the window handles itself. */
export type ShowTrouble = (
  content: (messages: TroubleMessages) => TroubleContent,
  onAction: (action: Exclude<TroubleAction, 'copy'>) => void,
) => void;

export interface TroublePage extends TroubleContent {
  messages: TroubleMessages;
  /** The user has just copied the report. */
  copied: boolean;
}

/** A separate host on the app's scheme. The main window does not serve it, so no link there can open it. */
export const TROUBLE_URL = 'app://trouble/';

const ACTIONS: readonly TroubleAction[] = ['copy', 'restart', 'quit', 'close'];

const STYLE = `
:root { color-scheme: light dark; font: 13px/1.5 system-ui, sans-serif; }
body { margin: 24px; }
h1 { font-size: 15px; margin: 0 0 8px; }
p { margin: 0 0 8px; }
nav { display: flex; flex-wrap: wrap; gap: 8px; margin: 16px 0; }
a { padding: 6px 12px; border: 1px solid; border-radius: 6px; color: inherit; text-decoration: none; }
a:focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 11px/1.4 ui-monospace, monospace; user-select: text; }
`;
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** The page as HTML without any script; its buttons are anchors that main intercepts. */
export function troublePage({ messages, heading, sentences, actions, report, copied }: TroublePage): Response {
  const label = (action: TroubleAction): string => escaped(messages.actions[action]);
  const anchors = actions.map((action) => `<a href="${TROUBLE_URL}${action}">${label(action)}</a>`).join('\n');
  const html = `<!doctype html>
<html lang="${messages.language}">
<head><meta charset="utf-8"><title>Traydial</title><style>${STYLE}</style></head>
<body>
<h1>${escaped(heading)}</h1>
${sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join('\n')}
<nav>${anchors}</nav>
<p role="status">${copied ? escaped(messages.copied) : ''}</p>
<details><summary>${escaped(messages.details)}</summary><pre>${escaped(report)}</pre></details>
</body>
</html>
`;
  return new Response(html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
  });
}

/** The action behind a link of the page; null for every other address. */
export function actionOf(url: string): TroubleAction | null {
  const name = url.startsWith(TROUBLE_URL) ? url.slice(TROUBLE_URL.length) : '';
  return ACTIONS.find((action) => action === name) ?? null;
}

function escaped(text: string): string {
  const codes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => codes[sign] ?? sign);
}
