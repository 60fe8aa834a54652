// Golden vectors: what is on disks and on wires today must be read for ever.

import test from 'brittle'
import { codecs, coded } from '../helpers/encoding/codecs.ts'
import { derivations } from '../helpers/encoding/derivations.ts'
import { hex, plain, unhex, unplain, vectors } from '../helpers/encoding/vectors.ts'

type Cases = Record<string, { hex: string; value: unknown }[]>

test('Persisted: every golden vector decodes to its value', (t) => {
  for (const [name, cases] of Object.entries(vectors<Cases>('codecs'))) {
    const { decode } = coded(name)
    t.alike(
      cases.map((each) => plain(decode(unhex(each.hex)))),
      cases.map((each) => each.value),
      name
    )
  }
})

test('Persisted: every value encodes to its golden bytes', (t) => {
  for (const [name, cases] of Object.entries(vectors<Cases>('codecs'))) {
    const { encode } = coded(name)
    t.alike(
      cases.map((each) => hex(encode(unplain(each.value)))),
      cases.map((each) => each.hex),
      name
    )
  }
})

test('Persisted: every key, tag, hash and signature derives as it always did', (t) => {
  const golden = vectors<Record<string, unknown>>('derivations')
  for (const [name, make] of Object.entries(derivations)) t.alike(plain(make()), golden[name], name)
})

test('Every codec and every derivation has a golden vector', (t) => {
  const names = (file: string): string[] => Object.keys(vectors<object>(file)).sort()
  t.alike(names('codecs'), codecs.map(({ name }) => name).sort())
  t.alike(names('derivations'), Object.keys(derivations).sort())
})
