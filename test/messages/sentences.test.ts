import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import ts from 'typescript';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/** Folders without sentences for the user. */
const CHECKED = ['core', 'demo', 'main', 'preload', 'renderer', 'shared'];

const EXCEPT: ReadonlySet<string> = new Set([
  // Written for support, in English like the log.
  'main/trouble/bad-end.ts',
  // Errors of a PBX, in English like those of PortSIP, and names of people, companies and telephones.
  'demo/push/push-connection.ts',
  'demo/office.ts',
  'demo/office-directory.ts',
  'demo/routes/user.ts',
]);

/** A capital at the start and three words or more; SQL begins with a word in capitals. */
const SENTENCE = /^(?!\p{Lu}{4})\p{Lu}\p{L}*(?:['’]\p{L}+)?,? \S+ \S+/u;

const SQL = /^(?:SELECT|INSERT|UPDATE|DELETE|CREATE|AND|EXISTS) /;

/** Functions whose texts no user reads: the log, a report for support, what the demo PBX answers to a bad request. */
const NOT_FOR_USERS = /(?:^|\.)#?(?:warn|info|debug|report|refuse)$/;

function isForUsers(node: ts.Node): boolean {
  for (let outer = node.parent; !ts.isSourceFile(outer); outer = outer.parent) {
    if (ts.isNewExpression(outer)) return false;
    if (ts.isCallExpression(outer) && NOT_FOR_USERS.test(outer.expression.getText())) return false;
  }
  return true;
}

function sentencesInScript(code: string): string[] {
  const source = ts.createSourceFile('script.ts', code, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText = (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) && /\p{Ll}/u.test(node.text);
    if (isText && SENTENCE.test(node.text) && !SQL.test(node.text) && isForUsers(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Attributes with a text for the user. */
const READ_ATTRIBUTES: ReadonlySet<string> = new Set(['alt', 'aria-label', 'label', 'placeholder', 'title']);

/** Texts with a word; the name of the program is the same in every language. */
function textsInMarkup(code: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null || !('type' in value)) return;
    const node = value as AST.SvelteNode;
    if (node.type === 'Attribute' && !READ_ATTRIBUTES.has(node.name)) return;
    if (node.type === 'StyleDirective') return;
    if (node.type === 'Text' && /\p{L}{2}/u.test(node.data) && node.data.trim() !== 'Traydial')
      found.push(node.data.trim());
    for (const child of Object.values(node)) visit(child);
  };
  visit(parse(code, { modern: true }).fragment);
  return found;
}

function textsIn(name: string): string[] {
  const code = readFileSync(join(SRC, name), 'utf8');
  const scripts = [...code.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map(([, script = '']) => script);
  const found = name.endsWith('.svelte')
    ? [...scripts.flatMap(sentencesInScript), ...textsInMarkup(code)]
    : sentencesInScript(code);
  return found.map((text) => `${name}: ${text}`);
}

test('sentences for the user are only in src/messages', () => {
  const files = CHECKED.flatMap((folder) =>
    readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ).filter((name) => /\.(?:ts|svelte)$/.test(name) && !EXCEPT.has(name));
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap(textsIn)).toEqual([]);
});

test.each(['en', 'de'])(
  'every path through the settings in a text begins with the name of a page, in "%s"',
  async (language) => {
    const { ENGLISH, loadSettingsMessages } = await import('../../src/messages/settings.ts');
    const { pages } = language === 'en' ? ENGLISH : await loadSettingsMessages('de');
    const folder = join(SRC, 'messages', language);
    const named = readdirSync(folder).flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/(?<!System )(?:Settings|Einstellungen) › (\p{L}+)/gu)].map(
        ([, page]) => page,
      ),
    );
    expect(named.length).toBeGreaterThan(0);
    const titles = Object.values(pages).map(({ title }) => title);
    expect(named.filter((page = '') => !titles.includes(page))).toEqual([]);
  },
);
