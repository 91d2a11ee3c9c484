import { defineConfig } from 'eslint/config';
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * `npm run check` leaves out the rules that need types, which npm test has: they cost most of the time, because
 * typescript-eslint makes a program of its own for each component. svelte-check finds errors in types either way.
 */
const QUICK = process.env['TRAYDIAL_QUICK'] === '1';

const TYPED = {
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
};

/** Components and their state. Everything else is linted by oxlint (.oxlintrc.json), which cannot read components. */
export default defineConfig(
  { ignores: ['out/', 'dist/', 'node_modules/', 'coverage/', '.preview/'] },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    extends: [
      js.configs.recommended,
      ...(QUICK ? ts.configs.strict : ts.configs.strictTypeChecked),
      ...svelte.configs.recommended,
    ],
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        parser: ts.parser,
        svelteConfig,
        ...(QUICK ? {} : { project: './src/renderer/tsconfig.json' }),
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      ...(QUICK ? {} : TYPED),
      'max-lines': ['error', { max: 320, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      // There are no stores here, and the rule costs a sixth of the time.
      'svelte/require-store-reactive-access': 'off',
    },
  },
);
