/**
 * The product's Content-Security-Policy with two things added: the host's own script may run and may talk to the host.
 * Where the policy already allows both, it is returned unchanged.
 */
export function allowHostTransport(policy: string): string {
  return allowSelf(allowSelf(policy, 'script-src'), 'connect-src');
}

function allowSelf(policy: string, directive: string): string {
  const directives = policy
    .split(';')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const sources = (name: string) =>
    directives
      .find((text) => nameOf(text) === name)
      ?.split(/\s+/)
      .slice(1);
  const allowed = sources(directive) ?? sources('default-src');
  if (allowed === undefined || allowed.includes("'self'") || allowed.includes('*')) return policy;
  const widened = [directive, ...allowed.filter((source) => source !== "'none'"), "'self'"].join(' ');
  return [...directives.filter((text) => nameOf(text) !== directive), widened].join('; ');
}

function nameOf(directive: string): string {
  return (directive.split(/\s+/, 1)[0] ?? '').toLowerCase();
}
