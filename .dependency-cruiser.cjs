/** Which folder may import which; see docs/architecture.md. */
const ORDER = [
  'shortcut',
  'numbers',
  'settings',
  'store',
  'pbx',
  'pace',
  'calls',
  'people',
  'history',
  'dial',
  'account',
  'notify',
  'desk',
  'cli',
];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-folder-cycles', scope: 'folder', severity: 'error', from: { path: '^src' }, to: { circular: true } },
    {
      name: 'shared-knows-nobody',
      comment:
        'src/shared is read by every process: no Node, no Electron, nothing else of ours, and only packages that are plain computation.',
      severity: 'error',
      from: { path: '^src/shared' },
      to: { pathNot: ['^src/shared', '^node_modules/(libphonenumber-js|zod)/'] },
    },
    {
      name: 'window-and-preload-without-schemas',
      comment:
        'What the window and the preload script load takes types from src/shared/schema, and no schema: zod is large.',
      severity: 'error',
      from: { path: '^src/(shared|renderer|preload)/', pathNot: '^src/shared/schema/' },
      to: { path: ['^src/shared/schema/', '^node_modules/zod/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'numbers-know-shared-only',
      comment: 'src/core/numbers is pure: from a text to phone numbers, without anything else of the product.',
      severity: 'error',
      from: { path: '^src/core/numbers' },
      to: { path: '^src', pathNot: '^src/(core/numbers|shared)/' },
    },
    {
      name: 'messages-know-shared-only',
      comment: 'Sentences are made from data of src/shared. The core and the demo return codes and data, no sentences.',
      severity: 'error',
      from: { path: '^src/messages' },
      to: { path: '^(src|node_modules)', pathNot: '^src/(messages|shared)/' },
    },
    {
      name: 'core-and-demo-make-no-sentences',
      severity: 'error',
      from: { path: '^src/(core|demo|shared|preload)' },
      to: { path: '^src/messages' },
    },
    ...ORDER.map((room, index) => ({
      name: `${room}-knows-what-is-below-it`,
      comment: `The rooms of src/core in order, each of which may import only those before it: ${ORDER.join(', ')}.`,
      severity: 'error',
      from: { path: `^src/core/${room}/` },
      to: { path: ORDER.slice(index + 1).map((above) => `^src/core/${above}(/|\\.ts$)`) },
    })).filter(({ to }) => to.path.length > 0),
    {
      name: 'core-is-plain-node',
      comment: 'The product is plain TypeScript on Node; Electron stays in src/main and src/preload.',
      severity: 'error',
      from: { path: '^src/core' },
      to: { path: ['^src/(main|preload|renderer|demo)', '^node_modules/(electron|electron-store|electron-log)/'] },
    },
    {
      name: 'demo-is-a-stranger',
      comment: 'The demo PBX stands for a server of somebody else: it must not share code with the client.',
      severity: 'error',
      from: { path: '^src/demo' },
      to: { path: '^src/(core|main|preload|renderer)', pathNot: '^src/core/clock\\.ts$' },
    },
    {
      name: 'renderer-knows-shared-only',
      severity: 'error',
      from: { path: '^src/renderer' },
      to: { path: ['^src/(core|main|preload|demo)', '^node_modules/electron/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'preload-knows-shared-only',
      severity: 'error',
      from: { path: '^src/preload' },
      to: { path: '^src/(core|main|renderer|demo)' },
    },
    {
      name: 'product-does-not-know-its-tests',
      severity: 'error',
      from: { path: '^src' },
      to: { path: '^(test|bench|scripts)' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^electron($|/)'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'svelte', 'default', 'types'] },
    includeOnly: undefined,
    exclude: { path: '^out' },
  },
};
