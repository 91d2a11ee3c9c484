/** All that the window's tests need of Node's types: core loads a package with it, and the window has no Node. */
declare module 'node:module' {
  export function createRequire(path: string | URL): (id: string) => unknown;
}
