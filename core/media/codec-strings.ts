// Codec configuration records to the strings players ask for (RFC 6381 and the codecs' own
// bindings). Best effort: null means the type is given without codecs, never with a wrong one.

import { hex } from './bytes.ts'

/** avcC (ISO 14496-15): the three bytes behind the version. */
export function avc(config: Uint8Array, fourcc = 'avc1'): string | null {
  if (config.byteLength < 4) return null
  return `${fourcc}.${hex(config[1]!)}${hex(config[2]!)}${hex(config[3]!)}`
}

/** hvcC (ISO 14496-15 annex E): profile, compatibility bits reversed, tier and level, constraints. */
export function hevc(config: Uint8Array, fourcc = 'hvc1'): string | null {
  if (config.byteLength < 13) return null
  const space = ['', 'A', 'B', 'C'][config[1]! >> 6]!
  const tier = config[1]! & 0x20 ? 'H' : 'L'
  const constraints = [...config.subarray(6, 12)].map((byte) => byte.toString(16))
  while (constraints.at(-1) === '0') constraints.pop()
  const profile = `${space}${config[1]! & 0x1f}.${reversedBits(config.subarray(2, 6)).toString(16)}`
  return [`${fourcc}.${profile}.${tier}${config[12]!}`, ...constraints].join('.')
}

/** vpcC (VP codec ISO media binding), behind its version and flags. */
export function vp9(config: Uint8Array): string | null {
  if (config.byteLength < 7) return null
  return `vp09.${decimal(config[4]!)}.${decimal(config[5]!)}.${decimal(config[6]! >> 4)}`
}

/** av1C (AV1 codec ISO media binding). */
export function av1(config: Uint8Array): string | null {
  if (config.byteLength < 4) return null
  const level = decimal(config[1]! & 0x1f)
  const tier = config[2]! & 0x80 ? 'H' : 'M'
  const highDepth = config[2]! & 0x40
  const depth = highDepth ? (config[2]! & 0x20 ? 12 : 10) : 8
  return `av01.${config[1]! >> 5}.${level}${tier}.${decimal(depth)}`
}

/** AudioSpecificConfig (ISO 14496-3): the object type is its first five bits, 31 an escape. */
export function aac(config: Uint8Array): string | null {
  if (config.byteLength < 2) return null
  const type = config[0]! >> 3
  return `mp4a.40.${type === 31 ? 32 + ((config[0]! & 7) << 3) + (config[1]! >> 5) : type}`
}

function decimal(value: number): string {
  return String(value).padStart(2, '0')
}

function reversedBits(bytes: Uint8Array): number {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return parseInt([...bits].reverse().join(''), 2)
}
