import b4a from 'b4a'
import test from 'brittle'
import decodeQR from 'qr/decode.js'
import { crc32, pngOf } from '../../../cli/invite/png.ts'
import { dotsOf, withQuietZone } from '../../../cli/invite/qr-code.ts'
import type { Dots } from '../../../cli/invite/qr-code.ts'
import { svgOf } from '../../../cli/invite/svg.ts'
import { terminalCode } from '../../../cli/invite/terminal-code.ts'

const URL = 'temoin:' + 'ybndrfg8ejkmcpqxot1uwisza345h769'.repeat(4)

test('the PNG is a picture a reader reads, and large enough for a projector', async (t) => {
  const { width, height, pixels } = readPng(pngOf(await dotsOf(URL)))
  t.is(width, height)
  t.ok(width >= 1200, `${width} pixels across`)
  t.is(read(width, pixels), URL.toUpperCase())
})

test('the sum that guards the parts of a PNG is the one of ISO 3309', (t) => {
  t.is(crc32(b4a.from('123456789')), 0xcbf43926)
})

test('the SVG draws the very same dots', async (t) => {
  const dots = withQuietZone(await dotsOf(URL))
  const svg = svgOf(await dotsOf(URL))
  const drawn: Dots = dots.map((row) => row.map(() => false))
  for (const [, x, y, n] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let i = 0; i < Number(n); i++) drawn[Number(y)]![Number(x) + i] = true
  }
  t.alike(drawn, dots)
  t.ok(svg.includes(`viewBox="0 0 ${dots.length} ${dots.length}"`))
  t.ok(svg.includes('fill="#fff"'), 'its ground is white whatever is behind it')
})

test('on a terminal with colours the code is black on white whatever the terminal’s own are', async (t) => {
  const dots = await dotsOf(URL)
  const shown = terminalCode(dots, { colours: true })
  const framed = withQuietZone(dots)
  t.alike(coloursOf(shown, framed.length), framed)
  t.absent(/\x1b\[(3|4)[0-7]m/.test(shown), 'no colour that a theme changes')
})

test('without colours the code is drawn in light blocks', async (t) => {
  const dots = await dotsOf(URL)
  const framed = withQuietZone(dots, 2)
  const drawn: Dots = terminalCode(dots, { colours: false })
    .split('\n')
    .flatMap((line) => {
      const letters = [...line]
      return [letters.map((one) => !'█▀'.includes(one)), letters.map((one) => !'█▄'.includes(one))]
    })
  t.alike(drawn.slice(0, framed.length), framed)
})

test('a code has as few dots as its text needs, and the correction those have room for', async (t) => {
  t.is(
    (await dotsOf('temoin:' + 'y'.repeat(107))).length,
    33,
    '114 letters fit version 4 at the least'
  )
  t.is((await dotsOf('temoin:' + 'y'.repeat(108))).length, 37)
})

function read(width: number, pixels: boolean[]): string {
  const data = new Uint8Array(width * width * 4)
  pixels.forEach((dark, i) =>
    data.set([dark ? 0 : 255, dark ? 0 : 255, dark ? 0 : 255, 255], 4 * i)
  )
  return decodeQR({ width, height: width, data })
}

/** What the letters and colours of a terminal show: two dots in each. */
function coloursOf(shown: string, size: number): Dots {
  const dots: Dots = []
  for (const line of shown.split('\n')) {
    const [upper, lower]: [boolean[], boolean[]] = [[], []]
    for (const [, above, below, text] of line.matchAll(/\x1b\[38;5;(\d+);48;5;(\d+)m(▀+)/g)) {
      for (const _ of text!) {
        upper.push(above === '16')
        lower.push(below === '16')
      }
    }
    dots.push(upper, lower)
  }
  return dots.slice(0, size)
}

interface Picture {
  width: number
  height: number
  /** True where it is dark. */
  pixels: boolean[]
}

/** Reads what we write and nothing else: one bit a pixel, stored blocks, no filters. */
function readPng(png: Uint8Array): Picture {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks = new Map<string, Uint8Array>()
  for (let at = 8; at < png.byteLength;) {
    const length = view.getUint32(at)
    const body = png.subarray(at + 4, at + 8 + length)
    if (view.getUint32(at + 8 + length) !== crc32(body)) throw new Error('a part is damaged')
    chunks.set(b4a.toString(body.subarray(0, 4) as any), body.subarray(4))
    at += 12 + length
  }
  const header = chunks.get('IHDR')!
  const [width, height] = [be32(header, 0), be32(header, 4)]
  const rows = unstored(chunks.get('IDAT')!)
  const rowBytes = 1 + Math.ceil(width / 8)
  const pixels = Array.from({ length: width * height }, (_, i) => {
    const x = i % width
    const byte = rows[Math.floor(i / width) * rowBytes + 1 + (x >> 3)]!
    return (byte & (0x80 >> (x & 7))) === 0
  })
  return { width, height, pixels }
}

function unstored(zlib: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  for (let at = 2; ;) {
    const length = zlib[at + 1]! | (zlib[at + 2]! << 8)
    parts.push(zlib.subarray(at + 5, at + 5 + length))
    if (zlib[at] === 1) break
    at += 5 + length
  }
  return b4a.concat(parts)
}

function be32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at)
}
