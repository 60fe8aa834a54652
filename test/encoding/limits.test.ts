// One over each limit is refused, and the limit itself is not: written, and so never on a wire; where
// a decoder of ours meets more, wire.test.ts holds that it refuses.

import b4a from 'b4a'
import test from 'brittle'
import {
  MAX_ADDRESSES,
  MAX_EPOCHS,
  MAX_FRAGMENT_BYTES,
  MAX_HEADS,
  MAX_INIT_BYTES,
  MAX_INVITE_BYTES,
  MAX_JOURNAL_BLOCK_BYTES,
  MAX_MEMBERS,
  MAX_SEEN,
  MAX_NAME_BYTES,
  MAX_ROUTE,
  MAX_TEXT_BYTES,
  MAX_BLOCK_BYTES
} from '../../core/limits.ts'
import { WRAPPED_BYTES } from '../../core/encoding/recording/header.ts'
import { coded, fill } from '../helpers/encoding/codecs.ts'
import { refusalOf, refused } from '../helpers/refused.ts'

/** [codec, which sample, field, largest value, one over it] */
type Limit = [string, number, string, unknown, unknown]

const text = (length: number): string => 'é'.repeat(length / 2) + (length % 2 ? 'x' : '')
const times = (n: number, value: unknown): unknown[] => Array.from({ length: n }, () => value)
const bytes = (length: number): Uint8Array => b4a.alloc(length)

const v4 = { host: '10.0.0.1', port: 1 }
const peer = { device: fill(1), addresses: [] }
const key = fill(2)
const head = (coded('journalHead').samples as [unknown])[0]
const secret = { whole: true, bytes: fill(1) }
const seen = { journal: fill(1), length: 0 }
const wrapped = { device: fill(1), box: bytes(WRAPPED_BYTES), forRelay: false }
const receipt = (coded('receipt').samples as [unknown])[0]

const node = { index: 2 ** 40, size: 2 ** 40, hash: fill(1) }
const proofNode = { size: 2 ** 40, hash: fill(1) }
const side = (roots: number, more: number) => ({
  treeHash: null,
  roots: times(roots, node),
  more: times(more, node),
  signature: fill(1, 64)
})

const table: Limit[] = [
  ['entry', 0, 'data', bytes(MAX_FRAGMENT_BYTES), bytes(MAX_FRAGMENT_BYTES + 1)],
  ['entry', 6, 'text', text(MAX_TEXT_BYTES), text(MAX_TEXT_BYTES + 1)],
  ['entry', 7, 'text', text(MAX_TEXT_BYTES), text(MAX_TEXT_BYTES + 1)],
  ['entry', 8, 'reason', text(MAX_TEXT_BYTES), text(MAX_TEXT_BYTES + 1)],
  ['circleWords', 0, 'name', text(MAX_NAME_BYTES), text(MAX_NAME_BYTES + 1)],
  ['circleWords', 0, 'deviceName', text(MAX_NAME_BYTES), text(MAX_NAME_BYTES + 1)],
  ['outline', 1, 'seen', times(MAX_SEEN, seen), times(MAX_SEEN + 1, seen)],
  ['memberWords', 0, 'name', text(MAX_NAME_BYTES), text(MAX_NAME_BYTES + 1)],
  ['disclosedWords', 3, 'name', text(MAX_NAME_BYTES), text(MAX_NAME_BYTES + 1)],
  ['reasonWords', 0, 'reason', text(MAX_TEXT_BYTES), text(MAX_TEXT_BYTES + 1)],
  ['annotation', 0, 'text', text(MAX_TEXT_BYTES), text(MAX_TEXT_BYTES + 1)],
  ['outline', 4, '', times(256, receipt), times(257, receipt)],
  ['outline', 5, 'proof', bytes(16 * 1024), bytes(16 * 1024 + 1)],
  ['grant', 0, 'wrappedKey', bytes(WRAPPED_BYTES), bytes(WRAPPED_BYTES + 1)],
  ['outline', 6, 'epoch', bytes(16), bytes(17)],
  ['outline', 6, 'without', times(MAX_MEMBERS, fill(1)), times(MAX_MEMBERS + 1, fill(1))],
  ['outline', 6, 'wrapped', times(MAX_MEMBERS, wrapped), times(MAX_MEMBERS + 1, wrapped)],
  ['outline', 6, 'carries', times(MAX_EPOCHS, fill(1, 16)), times(MAX_EPOCHS + 1, fill(1, 16))],
  ['pairGrant', 0, 'later', times(MAX_EPOCHS, secret), times(MAX_EPOCHS + 1, secret)],
  ['hello', 0, 'heads', times(MAX_HEADS, head), times(MAX_HEADS + 1, head)],
  ['hello', 0, 'peers', times(MAX_MEMBERS, peer), times(MAX_MEMBERS + 1, peer)],
  ['route', 0, 'upstreams', times(MAX_ROUTE, key), times(MAX_ROUTE + 1, key)],
  ['liveBlock', 0, 'value', bytes(MAX_BLOCK_BYTES), bytes(MAX_BLOCK_BYTES + 1)],
  ['peerAddresses', 0, 'addresses', times(MAX_ADDRESSES, v4), times(MAX_ADDRESSES + 1, v4)],
  ['pairAsk', 0, 'addresses', times(MAX_ADDRESSES, v4), times(MAX_ADDRESSES + 1, v4)],
  ['pairAsk', 0, 'name', text(MAX_NAME_BYTES), text(MAX_NAME_BYTES + 1)],
  ['pairGrant', 0, 'heads', times(MAX_HEADS, head), times(MAX_HEADS + 1, head)],
  ['invite', 0, 'addresses', times(MAX_ADDRESSES, v4), times(MAX_ADDRESSES + 1, v4)],
  ['invite', 0, 'secret', bytes(16), bytes(17)],
  ['publicHeader', 0, 'wrappedKeys', times(256, bytes(80)), times(257, bytes(80))],
  ['publicHeader', 0, 'wrappedKeys', [bytes(80)], [bytes(81)]],
  ['publicHeader', 0, 'sealed', bytes(MAX_BLOCK_BYTES), bytes(MAX_BLOCK_BYTES + 1)],
  ['privateHeader', 0, 'init', bytes(MAX_INIT_BYTES), bytes(MAX_INIT_BYTES + 1)],
  ['privateHeader', 0, 'mime', text(MAX_TEXT_BYTES), text(MAX_TEXT_BYTES + 1)],
  ['privateHeader', 0, 'beacon', bytes(MAX_TEXT_BYTES), bytes(MAX_TEXT_BYTES + 1)],
  ['address', 0, 'port', 65535, 65536],
  ['address', 0, 'port', 1, 0],
  ['provenLine', 0, 'nodes', times(96, proofNode), times(97, proofNode)],
  ['provenLine', 0, 'block', bytes(MAX_JOURNAL_BLOCK_BYTES), bytes(MAX_JOURNAL_BLOCK_BYTES + 1)],
  ['rivalProof', 0, 'ours', side(48, 96), side(49, 96)],
  ['rivalProof', 0, 'theirs', side(48, 96), side(48, 97)],
  ['receipt', 0, 'signature', fill(1, 64), fill(1, 63)],
  ['receipt', 0, 'recording', fill(1), fill(1, 31)]
]

test('A field at its limit is taken, one over it is refused', (t) => {
  for (const [name, sample, field, most, over] of table) {
    const { encode, decode } = coded(name)
    const at = encode(withField(name, sample, field, most))
    t.is(
      refusalOf(() => decode(at)),
      null,
      `${name} ${field} at its limit`
    )
    refused(t, () => encode(withField(name, sample, field, over)), `${name} ${field} over it`)
  }
})

test('A fragment at its limit still fits a block', (t) => {
  const { encode } = coded('entry')
  const whole = encode(withField('entry', 0, 'data', bytes(MAX_FRAGMENT_BYTES)))
  t.ok(whole.byteLength + 16 <= MAX_BLOCK_BYTES)
})

test('A proof of two histories fits an alarm, whatever is in it', (t) => {
  const { encode } = coded('rivalProof')
  const [sample] = coded('rivalProof').samples as [object]
  const whole = encode({ ...sample, ours: side(48, 96), theirs: side(48, 96) })
  t.ok(whole.byteLength <= 16 * 1024, `${whole.byteLength} bytes`)
})

test('An invite with every address still fits its code', (t) => {
  const long = { host: 'fe80:1111:2222:3333:4444:5555:6666:7777', port: 65535 }
  const { encode, decode } = coded('invite')
  const whole = encode(withField('invite', 0, 'addresses', times(MAX_ADDRESSES, long)))
  t.ok(((whole.byteLength - 'temoin:'.length) * 5) / 8 <= MAX_INVITE_BYTES)
  t.alike(encode(decode(whole)), whole)
})

/** Sample `index` of a codec with one field changed, in the body where it has one. */
function withField(name: string, index: number, field: string, value: unknown): unknown {
  const sample = coded(name).samples[index] as any
  if (sample.body === undefined) return { ...sample, [field]: value }
  return { ...sample, body: field === '' ? value : { ...sample.body, [field]: value } }
}
