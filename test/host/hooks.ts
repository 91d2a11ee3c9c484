import { registerHooks } from 'node:module';
import { electron } from './electron/index.ts';

const SPECIFIERS = new Set(['electron', 'electron/main', 'electron/common']);
const ADDRESS = 'electron-stand-in:main';
const SHELF = Symbol.for('host.electron');

/** Makes `electron` resolve to the stand-in, for `import` and `require`, also in packages. */
export function redirectElectron(): void {
  Object.defineProperty(globalThis, SHELF, { value: electron });
  registerHooks({
    resolve: (specifier, context, next) =>
      SPECIFIERS.has(specifier) ? { url: ADDRESS, format: 'module', shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === ADDRESS ? { format: 'module', source: moduleSource(), shortCircuit: true } : next(url, context),
  });
}

function moduleSource(): string {
  const names = Object.keys(electron).map((name) => `export const ${name} = electron[${JSON.stringify(name)}];`);
  return [
    `const electron = globalThis[Symbol.for('host.electron')];`,
    ...names,
    'export default electron;',
    // The module for `require('electron')` in CommonJS packages.
    `export { electron as 'module.exports' };`,
  ].join('\n');
}
