// A picture of a QR code as SVG: sharp at any size, for a slide or a poster.

import { withQuietZone } from './qr-code.ts'
import type { Dots } from './qr-code.ts'

const PIXELS = 1200

export function svgOf(dots: Dots): string {
  const framed = withQuietZone(dots)
  const size = framed.length
  const path = framed.flatMap((row, y) => runs(row).map(([x, n]) => `M${x} ${y}h${n}v1h-${n}z`))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${PIXELS}" height="${PIXELS}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">`,
    `<rect width="${size}" height="${size}" fill="#fff"/>`,
    `<path d="${path.join('')}" fill="#000"/>`,
    '</svg>',
    ''
  ].join('\n')
}

/** Where dark dots begin in a row, and how many there are in one go. */
function runs(row: boolean[]): [start: number, length: number][] {
  const found: [number, number][] = []
  row.forEach((dark, x) => {
    const last = found.at(-1)
    if (dark && last && last[0] + last[1] === x) last[1]++
    else if (dark) found.push([x, 1])
  })
  return found
}
