/**
 * The product's Content-Security-Policy with one thing added: the host's own script may talk to the host.
 * Where the policy allows that already it comes back as it was.
 */
export function allowHostTransport(policy: string): string {
  const directives = policy
    .split(';')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const sources = (name: string) =>
    directives
      .find((text) => nameOf(text) === name)
      ?.split(/\s+/)
      .slice(1);
  const connect = sources('connect-src') ?? sources('default-src');
  if (connect === undefined || connect.includes("'self'") || connect.includes('*')) return policy;
  const widened = ['connect-src', ...connect.filter((source) => source !== "'none'"), "'self'"].join(' ');
  return [...directives.filter((text) => nameOf(text) !== 'connect-src'), widened].join('; ');
}

function nameOf(directive: string): string {
  return (directive.split(/\s+/, 1)[0] ?? '').toLowerCase();
}
