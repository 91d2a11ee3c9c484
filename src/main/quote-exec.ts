/**
 * Quotes an argument for a desktop entry, then escapes it as a string (Desktop Entry Specification, "The Exec key").
 */
export function quoteExec(argument: string): string {
  return `"${argument
    .replace(/[\\"`$]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;
}
