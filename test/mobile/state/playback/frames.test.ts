import test from 'brittle'
import { FrameReader } from '../../../../mobile/ui/state/playback/frames.ts'
import { seeded } from '../../../helpers/random.ts'

test('Frames come out whole and in order, whatever pieces they arrive in', (t) => {
  const random = seeded(7)
  const bodies = [0, 1, 70_000, 3].map((bytes) => random.bytes(bytes))
  const bytes = joined(bodies.map((body, i) => frame({ kind: 'edge', at: i }, body)))
  for (const size of [1, 7, 8, 4096, bytes.byteLength]) {
    const reader = new FrameReader()
    const found = pieces(bytes, size).flatMap((piece) => reader.push(piece))
    t.alike(
      found.map(({ header }) => (header as { at: number }).at),
      [0, 1, 2, 3],
      `by ${size}`
    )
    t.ok(found.every(({ body }, i) => same(body, bodies[i]!)))
  }
})

test('What is no stream of frames is refused before it fills the memory', async (t) => {
  const reader = new FrameReader()
  await t.exception(() => reader.push(new Uint8Array(8).fill(255)))
})

function frame(header: object, body: Uint8Array): Uint8Array {
  const text = JSON.stringify(header)
  const bytes = new Uint8Array(8 + text.length + body.byteLength)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, text.length, true)
  view.setUint32(4, body.byteLength, true)
  for (let i = 0; i < text.length; i++) bytes[8 + i] = text.charCodeAt(i)
  bytes.set(body, 8 + text.length)
  return bytes
}

function joined(parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  const count = Math.ceil(bytes.byteLength / size)
  return Array.from({ length: count }, (_, i) => bytes.slice(i * size, (i + 1) * size))
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, i) => byte === b[i])
}
