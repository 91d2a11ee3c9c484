/** Desktop Entry Specification, "The Exec key": quoting, then escaping of the string value. */
export function quoteExec(argument: string): string {
  return `"${argument
    .replace(/[\\"`$]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;
}
