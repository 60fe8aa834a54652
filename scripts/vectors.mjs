// Adds golden vectors for what has none yet: `npm run build && node scripts/vectors.mjs`. A vector that
// exists is never written again: bytes on somebody's disk do not change because the code did. (Before a
// structure has ever been released, delete its vector first.)

import fs from 'node:fs'
import path from 'node:path'
import { root, say } from './lib/say.mjs'

const compiled = (file) => import(new URL('../dist/' + file, import.meta.url))
const { codecs } = await compiled('test/helpers/encoding/codecs.js')
const { hex, plain } = await compiled('test/helpers/encoding/vectors.js')
const { derivations } = await compiled('test/helpers/encoding/derivations.js')

for (const { name, encode, samples } of codecs) {
  add('codecs', name, () =>
    samples.map((value) => ({ hex: hex(encode(value)), value: plain(value) }))
  )
}
for (const [name, make] of Object.entries(derivations))
  add('derivations', name, () => plain(make()))

/** Adds case `name` to test/vectors/<file>.json unless it is there. */
function add(file, name, make) {
  const target = path.join(root, 'test/vectors', file + '.json')
  const cases = fs.existsSync(target) ? JSON.parse(fs.readFileSync(target, 'utf8')) : {}
  if (cases[name] !== undefined) return
  cases[name] = make()
  fs.writeFileSync(target, JSON.stringify(cases, null, 2) + '\n')
  say(`temoin: added the vector ${name} to test/vectors/${file}.json`)
}
