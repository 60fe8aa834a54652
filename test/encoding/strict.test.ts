// Rules that hold for every structure, whatever is in it.

import b4a from 'b4a'
import test from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { codecs, coded } from '../helpers/encoding/codecs.ts'
import { refusalOf, refused } from '../helpers/refused.ts'
import { root } from '../helpers/root.ts'
import { hex, plain } from '../helpers/encoding/vectors.ts'

/** Structures that may be followed by bytes or cut in them: zero padding, and blanks around a URL. */
const SLACK = ['entry', 'invite']

test('Every structure comes back as it was written', (t) => {
  for (const { name, encode, decode, samples } of codecs) {
    t.alike(
      samples.map((value) => plain(decode(encode(value)))),
      samples.map(plain),
      name
    )
  }
})

test('Every structure has one encoding', (t) => {
  for (const { name, encode, decode, samples } of codecs) {
    const once = samples.map((value) => encode(value))
    t.alike(
      once.map((bytes) => hex(encode(decode(bytes)))),
      once.map(hex),
      name
    )
  }
})

test('Every structure cut at any byte is refused', (t) => {
  for (const { name, encode, decode, samples } of codecs) {
    for (const whole of samples.map((value) => content(name, encode(value)))) {
      const taken = cuts(whole).filter((cut) => refusalOf(() => decode(cut)) === null)
      t.alike(taken.map(hex), [], name)
    }
  }
})

test('Every structure with a byte more is refused', (t) => {
  for (const { name, encode, decode, samples } of codecs) {
    const longer = b4a.concat([encode(samples[0]), b4a.from([1])])
    refused(t, () => decode(longer), name)
  }
})

test('Every versioned structure of an unknown version is refused', (t) => {
  const names = ['hello', 'receipt', 'publicHeader', 'privateHeader', 'pairAsk', 'pairGrant']
  const proofs = ['rivalProof', 'signedHead', 'stillHeld', 'provenLine']
  for (const name of [...names, 'refusal', 'deviceState', ...proofs]) {
    const { encode, decode, samples } = coded(name)
    const bytes = encode(samples[0])
    t.is(bytes[0], 1, name + ' is version 1')
    bytes[0] = 2
    refused(t, () => decode(bytes), name)
  }
})

test('Every unknown kind is refused', (t) => {
  for (const name of ['entry', 'outline', 'disclosedWords', 'attested', 'refusal']) {
    const { encode, decode, samples } = coded(name)
    const bytes = encode(samples[0])
    bytes[name === 'refusal' ? 1 : 0] = 200
    refused(t, () => decode(bytes), name)
  }
})

test('Every structure of core/encoding is under these rules', (t) => {
  const folder = path.join(root, 'core/encoding')
  const files = filesBelow(folder).filter((file) => !file.endsWith('wire.ts'))
  const made =
    /^export const (\w+)(?:: Codec<\w+>)? = (?:struct|versioned|list|checked|\{\n {2}pre)/gm
  const names = files.flatMap((file) => {
    const source = fs.readFileSync(file, 'utf8') as string
    return [...source.matchAll(made)].map((match) => match[1]!)
  })
  t.alike(
    codecs
      .map(({ name }) => name)
      .filter((name) => !SLACK.includes(name))
      .sort(),
    names.sort()
  )
})

/** The bytes that matter: an entry less its padding. */
function content(name: string, bytes: Uint8Array): Uint8Array {
  return name === 'entry' ? bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1) : bytes
}

function cuts(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.byteLength }, (_, length) => bytes.subarray(0, length))
}

function filesBelow(folder: string): string[] {
  return fs.readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, String(name))
    return fs.statSync(file).isDirectory() ? filesBelow(file) : [file]
  })
}
