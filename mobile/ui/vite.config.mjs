// How the UI is built: for a server that sends a strict Content-Security-Policy. So nothing is inlined
// (no script, no style, no data: URL), every asset has a hash in its name, and every path is relative.
// scripts/build-ui.mjs runs it; there is no development server, since the engine serves dist/ui.

import path from 'node:path'

const root = import.meta.dirname
const repository = path.join(root, '../..')

/** @type {import('vite').InlineConfig} */
export default {
  configFile: false,
  root,
  base: './',
  cacheDir: path.join(repository, '.cache/vite'),
  clearScreen: false,
  logLevel: 'warn',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  worker: { format: 'es' },
  build: {
    outDir: path.join(repository, 'dist/ui'),
    emptyOutDir: true,
    // Chromium 94 (first WebView with WebCodecs) and Safari 16.4; older ones lack the camera side anyway.
    target: ['chrome94', 'safari16.4', 'firefox115'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    sourcemap: false
  }
}
