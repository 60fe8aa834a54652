// Ten thousand inputs for every structure, half of them damaged real ones, half noise. A decoder
// refuses them as BAD_ENCODING, or returns what encodes to the same bytes again. It never crashes in
// another way, and never holds more than it was given.

import b4a from 'b4a'
import test from 'brittle'
import z32 from 'z32'
import { TemoinError } from '../../core/errors.ts'
import { INVITE_SCHEME } from '../../core/encoding/pairing/invite.ts'
import crypto from 'hypercore-crypto'
import { codecs, coded } from '../helpers/encoding/codecs.ts'
import type { Coded } from '../helpers/encoding/codecs.ts'
import { mutate } from '../helpers/encoding/mutate.ts'
import { seeded } from '../helpers/random.ts'
import type { Random } from '../helpers/random.ts'
import { hex } from '../helpers/encoding/vectors.ts'

const INPUTS = 10_000

for (const [seed, each] of [...codecs, inviteWithRightChecksum()].entries()) {
  test(`${each.name}: ten thousand inputs are refused, or encode to themselves`, (t) => {
    const random = seeded(1000 + seed)
    const valid = each.samples.map((value) => each.encode(value))
    const wrong: string[] = []
    let taken = 0
    for (let i = 0; i < INPUTS && wrong.length < 5; i++) {
      const input = inputFrom(valid, random)
      const outcome = tryDecode(each, input)
      if (outcome === 'taken') taken++
      else if (outcome !== 'refused') wrong.push(`input ${i}: ${outcome}: ${hex(input)}`)
    }
    t.alike(wrong, [])
    t.ok(taken < INPUTS, 'some were refused')
  })
}

test('The fuzzer is no formality: it makes inputs that decoders take', (t) => {
  const { decode, encode, samples } = coded('hello')
  const random = seeded(1)
  const valid = samples.map((value) => encode(value))
  let taken = 0
  for (let i = 0; i < INPUTS; i++) {
    if (
      tryDecode({ name: 'hello', decode, encode, samples }, inputFrom(valid, random)) === 'taken'
    ) {
      taken++
    }
  }
  t.ok(taken > 10, `${taken} taken`)
})

function inputFrom(valid: Uint8Array[], random: Random): Uint8Array {
  return random.int(2) === 0 ? random.bytes(random.int(300)) : mutate(random.pick(valid), random)
}

/** 'taken', 'refused', or what was wrong. */
function tryDecode({ name, encode, decode }: Coded, input: Uint8Array): string {
  try {
    const value = decode(input)
    if (weight(value) > 2 * input.byteLength + 16) return 'it holds more than it was given'
    const again = encode(value)
    return same(name, again, input) ? 'taken' : 'it encodes to ' + hex(again)
  } catch (err) {
    return TemoinError.is(err, 'BAD_ENCODING') ? 'refused' : String(err)
  }
}

/** The same bytes: less the zero padding of an entry, the blanks and capitals of an invite. */
function same(name: string, again: Uint8Array, input: Uint8Array): boolean {
  if (name === 'entry') {
    const [longer, shorter] = again.byteLength > input.byteLength ? [again, input] : [input, again]
    const rest = longer.subarray(shorter.byteLength)
    const start = longer.subarray(0, shorter.byteLength)
    return b4a.equals(start, shorter) && rest.every((byte) => byte === 0)
  }
  const text = (bytes: Uint8Array): string =>
    b4a
      .toString(bytes as any, 'latin1')
      .trim()
      .toLowerCase()
  return b4a.equals(again, input) || (name === 'invite' && text(again) === text(input))
}

/** Bytes, letters and items that a value holds: what it costs in memory, about. */
function weight(value: unknown): number {
  if (value instanceof Uint8Array) return value.byteLength
  if (typeof value === 'string') return value.length
  if (value === null || typeof value !== 'object') return 0
  const items = Object.values(value)
  return (
    items.reduce((sum: number, item) => sum + weight(item), 0) +
    (Array.isArray(value) ? items.length : 0)
  )
}

/** An invite's checksum keeps every damaged body out: here it is made right, so that bodies are met. */
function inviteWithRightChecksum(): Coded {
  const invite = coded('invite')
  const bodyOf = (url: Uint8Array): Uint8Array => {
    const raw = z32.decode(b4a.toString(url as any).slice(INVITE_SCHEME.length))
    return raw.subarray(0, raw.byteLength - 4)
  }
  return {
    name: 'invite body',
    samples: invite.samples,
    encode: (value) => bodyOf(invite.encode(value)),
    decode(body) {
      const sum = crypto.hash([b4a.from('temoin/invite-checksum/1'), body]).subarray(0, 4)
      return invite.decode(b4a.from(INVITE_SCHEME + z32.encode(b4a.concat([body, sum]))))
    }
  }
}
