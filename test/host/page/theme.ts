type Theme = 'system' | 'light' | 'dark';

const originals = new WeakMap<CSSMediaRule, string>();
let wanted: Theme = 'system';

/**
 * `nativeTheme.themeSource` sets `prefers-color-scheme` in Electron. A page cannot set that, so its style rules with
 * that condition are rewritten. matchMedia still returns the browser's value.
 */
export function applyTheme(theme: Theme): void {
  if (theme === wanted) return;
  wanted = theme;
  if (document.readyState === 'complete') rewrite();
}

addEventListener('load', () => {
  if (wanted !== 'system') rewrite();
});

function rewrite(): void {
  document.documentElement.style.colorScheme = wanted === 'system' ? '' : wanted;
  for (const sheet of document.styleSheets)
    if (sheet.href?.startsWith(location.origin) ?? true) rewriteRules(sheet.cssRules);
}

function rewriteRules(rules: CSSRuleList): void {
  for (const rule of rules) {
    if (rule instanceof CSSMediaRule) {
      const original = originals.get(rule) ?? rule.media.mediaText;
      originals.set(rule, original);
      rule.media.mediaText =
        wanted === 'system' ? original : original.replace(/\(prefers-color-scheme:\s*(light|dark)\)/g, answer);
    }
    if (rule instanceof CSSGroupingRule) rewriteRules(rule.cssRules);
  }
}

/** A condition that is always or never true. */
function answer(_condition: string, scheme: string): string {
  return scheme === wanted ? '(min-width: 0px)' : '(max-width: 0px)';
}
