// What the lint holds every source to, beyond what the compiler does: promises that nobody awaits,
// and the direction of imports (scripts/layers.mjs). The form is prettier's.

import path from 'node:path'
import tseslint from 'typescript-eslint'
import { objection } from './scripts/layers.mjs'

/** Reports imports that run against the layers. */
const layers = {
  create(context) {
    const from = path
      .relative(import.meta.dirname, context.filename)
      .split(path.sep)
      .join('/')
    const check = (node) => {
      if (typeof node.source?.value !== 'string') return
      const typeOnly = node.importKind === 'type' || node.exportKind === 'type'
      const why = objection(from, node.source.value, typeOnly)
      if (why !== null) context.report({ node, message: `Wrong way: ${why}` })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check
    }
  }
}

const always = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'prefer-const': 'error',
  'no-var': 'error'
}

/** What scripts may use of Node without naming it. */
const NODE_GLOBALS = [
  ...['process', 'console', 'Buffer', 'URL', 'URLSearchParams', 'fetch', 'performance'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate'],
  ...['AbortController', 'AbortSignal', 'TextEncoder', 'TextDecoder', 'structuredClone']
]

const unused = [
  'error',
  { argsIgnorePattern: '^_', varsIgnorePattern: '^_$', caughtErrors: 'none' }
]

export default tseslint.config(
  { ignores: ['dist/', '.cache/', 'out/', '**/*.d.ts'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@typescript-eslint': tseslint.plugin, temoin: { rules: { layers } } },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname }
    },
    rules: {
      ...always,
      'temoin/layers': 'error',
      '@typescript-eslint/no-unused-vars': unused,
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error'
    }
  },
  {
    files: ['mobile/ui/**/*.ts', 'mobile/ui/**/*.tsx'],
    languageOptions: { parserOptions: { project: './mobile/ui/tsconfig.json' } }
  },
  { files: ['core/**/*.ts'], rules: { 'no-console': 'error' } },
  {
    // brittle queues its tests: `test(...)` at the top of a file is awaited by the runner.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          ignoreVoid: true,
          allowForKnownSafeCalls: [
            { from: 'package', package: 'brittle', name: ['default', 'test', 'skip', 'solo'] }
          ]
        }
      ]
    }
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly']))
    },
    rules: { ...always, 'no-undef': 'error', 'no-unused-vars': unused, 'no-unreachable': 'error' }
  }
)
