// How the app is opened in a browser without a secret that others could read: the list of processes shows
// every user what a browser was started with, so it is started with a file that its owner alone may read.
// The file leads to a page of this server, and that, by a script of ours, to the app: browsers take what a
// file leads to for a stranger's, and strangers get nothing else here.
// Must never: lead anywhere but to the app, or take anything along but a token.

import b4a from 'b4a'
import sodium from 'sodium-universal'
import type { WebAnswer } from '../../runtime/web/web-server.ts'
import { OPENING_PATH } from './guard.ts'
import { dataHeaders } from './headers.ts'

const SCRIPT =
  "const token = /^#token=[0-9a-f]{64}$/.exec(location.hash); location.replace('/' + (token ?? ''))"
const POLICY = `default-src 'none'; script-src 'sha256-${sha256(SCRIPT)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** The file. */
export function openingFile(port: number, token: string): Uint8Array {
  const url = `http://127.0.0.1:${port}${OPENING_PATH}#token=${token}`
  return b4a.from(page(`<meta http-equiv="refresh" content="0;url=${url}">`))
}

/** What it leads to. */
export function openingAnswer(): WebAnswer {
  const headers = dataHeaders('text/html; charset=utf-8')
  return {
    status: 200,
    headers: { ...headers, 'Content-Security-Policy': POLICY },
    body: page(`<script>${SCRIPT}</script>`)
  }
}

function page(inside: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Temoin</title>${inside}</html>\n`
}

function sha256(text: string): string {
  const out = b4a.alloc(32)
  sodium.crypto_hash_sha256(out, b4a.from(text))
  return b4a.toString(out, 'base64')
}
