// Runs a joined file (bundle.mjs) under Node, with what V8 remembers of compiling it (remember.mjs), which
// spares a third of the processor time of a start. A memory that is not there, is damaged, or is of another
// Node is left aside: then it is compiled. It lies beside the bundle, and is copied there by itself.

import fs from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'

/**
 * @param {URL} url
 * @param {(script: vm.Script) => void} [onCompiled] called before it runs
 * @returns {any} what it exports
 */
export function load(url, onCompiled = () => {}) {
  const filename = fileURLToPath(url)
  const code = fs.readFileSync(filename, 'utf8')
  const script = new vm.Script(`(function (exports, require, module, __filename) {${code}\n})`, {
    filename,
    cachedData: remembered(filename)
  })
  onCompiled(script)
  const module = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(filename), module, filename)
  return module.exports
}

/** @param {string} filename of a joined file. @returns {string} where its memory lies, for this very Node */
export function memoryOf(filename) {
  const { version, platform, arch } = process
  return filename.replace(/\.cjs$/, `-${version}-${platform}-${arch}.v8`)
}

function remembered(filename) {
  try {
    return fs.readFileSync(memoryOf(filename))
  } catch {
    return undefined
  }
}
