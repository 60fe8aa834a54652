// An invite as the dots of a QR code: true where it is dark, without the light border around it.

import type encodeQR from 'qr'
import type { ErrorCorrection } from 'qr'

/** Light dots that a reader needs on each side (ISO/IEC 18004, 6.3.8). */
export const QUIET_DOTS = 4

export type Dots = boolean[][]

/** From the best that a damaged print can be read with to the least. */
const LEVELS: ErrorCorrection[] = ['high', 'quartile', 'medium', 'low']

/**
 * As few dots as the text needs, and the most correction those have room for: dots are what counts
 * across a hall. In capitals it needs fewer; who reads an invite takes either.
 */
export async function dotsOf(url: string): Promise<Dots> {
  const { default: encode } = await import('qr') // its tables take time: no other verb waits for them
  const text = url.toUpperCase()
  const [first, ...rest] = LEVELS.map((ecc) => bare(encode, text, ecc))
  return rest.reduce((best, next) => (next.length < best.length ? next : best), first!)
}

/** The encoder wants a border; ours is added where it is drawn. */
function bare(encode: typeof encodeQR, text: string, ecc: ErrorCorrection): Dots {
  const framed = encode(text, 'raw', { ecc, encoding: 'alphanumeric', border: 1 })
  return framed.slice(1, -1).map((row) => row.slice(1, -1))
}

/** The same dots with a light border. */
export function withQuietZone(dots: Dots, quiet = QUIET_DOTS): Dots {
  const size = dots.length + 2 * quiet
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => dots[y - quiet]?.[x - quiet] ?? false)
  )
}
