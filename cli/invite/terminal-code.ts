// A QR code for a terminal, two dots in each letter. With colours it is black on white whatever the
// terminal's own are; without, light dots are drawn, as on a dark terminal.

import { withQuietZone } from './qr-code.ts'
import type { Dots } from './qr-code.ts'

/** True black and true white: the first sixteen colours are what a theme makes of them. */
const BLACK = 16
const WHITE = 231

export function terminalCode(dots: Dots, { colours }: { colours: boolean }): string {
  const framed = withQuietZone(dots, colours ? 4 : 2)
  const lines: string[] = []
  for (let y = 0; y < framed.length; y += 2) {
    const upper = framed[y]!
    const lower = framed[y + 1] ?? upper.map(() => false)
    lines.push(colours ? coloured(upper, lower) : drawn(upper, lower))
  }
  return lines.join('\n')
}

function coloured(upper: boolean[], lower: boolean[]): string {
  let line = ''
  let last = ''
  upper.forEach((dark, x) => {
    const colour = `\x1b[38;5;${dark ? BLACK : WHITE};48;5;${lower[x] ? BLACK : WHITE}m`
    line += (colour === last ? '' : colour) + '▀'
    last = colour
  })
  return line + '\x1b[0m'
}

function drawn(upper: boolean[], lower: boolean[]): string {
  return upper.map((dark, x) => (dark ? (lower[x] ? ' ' : '▄') : lower[x] ? '▀' : '█')).join('')
}
