// The table of the control channel's messages: what is spoken on links today must be understood for ever.

import test from 'brittle'
import { CONTROL_MESSAGES, CONTROL_NAMES } from '../../core/encoding/control-messages.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import { codedAs } from '../helpers/encoding/codecs.ts'
import { root } from '../helpers/root.ts'

test('a message keeps its wire id for ever', (t) => {
  const first = ['hello', 'follow', 'unfollow', 'refuse', 'block', 'receipts', 'film']
  const later = ['route', 'repeated', 'journals', 'keys', 'lines', 'line']
  t.alike(CONTROL_NAMES.slice(0, 13), [...first, ...later])
})

test('every message has samples, from which the fuzzers make damaged ones', (t) => {
  for (const name of CONTROL_NAMES) {
    t.ok(codedAs(CONTROL_MESSAGES[name]).samples.length > 0, name)
  }
})

test('the protocol lists every message under its wire id', async (t) => {
  const page = String(await fs.promises.readFile(path.join(root, 'docs', 'PROTOCOL.md')))
  const rows = page.matchAll(/^\| (\d+) +\| ([a-z]+) +\|/gm)
  const listed = new Set([...rows].map(([, id, name]) => `${id} ${name}`))
  const spoken = CONTROL_NAMES.map((name, id) => `${id} ${name}`)
  t.alike(
    spoken.filter((row) => !listed.has(row)),
    []
  )
})
