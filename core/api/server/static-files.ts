// The built screens: a directory given by whoever starts the server, listed once and again when the first
// page is asked for. A request names an entry of that list, never a path.
// Must never: serve a kind of file that screens are not made of.

import { fs, namesIn, path } from '../../runtime/fs.ts'
import type { WebAnswer } from '../../runtime/web/web-server.ts'
import { pageHeaders, plainly } from './headers.ts'

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  mjs: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2'
}
const MAX_FILES = 2000
const MAX_DEPTH = 4

const NOT_BUILT =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Temoin</title><h1>The screens are not built yet</h1><p>Run <code>npm run build</code> where Temoin was installed, then load this page again. Everything else runs: <code>temoin --help</code> lists what the command line can do.</p></html>'

export class StaticFiles {
  readonly #dir: string
  #files = new Map<string, string>()

  constructor(dir: string) {
    this.#dir = dir
  }

  async answer(name: string, port: number): Promise<WebAnswer> {
    if (name === '/') return this.#index(port)
    if (this.#files.size === 0) await this.#list()
    const file = this.#files.get(name)
    if (file === undefined) return plainly(404, 'There is nothing here.')
    return this.#send(file, port)
  }

  async #index(port: number): Promise<WebAnswer> {
    await this.#list()
    const file = this.#files.get('/index.html')
    if (file !== undefined) return this.#send(file, port)
    return { status: 200, headers: pageHeaders(port, TYPES['html']!), body: NOT_BUILT }
  }

  async #send(file: string, port: number): Promise<WebAnswer> {
    const headers = pageHeaders(port, typeOf(file)!)
    const body = await fs.promises.readFile(file).catch(() => null)
    if (body === null) return plainly(404, 'There is nothing here.') // built anew meanwhile
    return { status: 200, headers, body: body as Uint8Array }
  }

  async #list(): Promise<void> {
    const found = new Map<string, string>()
    await listInto(found, this.#dir, '/', 0)
    this.#files = found
  }
}

async function listInto(
  found: Map<string, string>,
  dir: string,
  prefix: string,
  depth: number
): Promise<void> {
  for (const name of await namesIn(dir).catch(() => [])) {
    if (found.size >= MAX_FILES) return
    const file = path.join(dir, name)
    const stat = await fs.promises.stat(file).catch(() => null)
    if (stat?.isDirectory() && depth < MAX_DEPTH)
      await listInto(found, file, `${prefix}${name}/`, depth + 1)
    else if (stat?.isFile() && typeOf(name)) found.set(prefix + name, file)
  }
}

function typeOf(name: string): string | undefined {
  return TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()]
}
