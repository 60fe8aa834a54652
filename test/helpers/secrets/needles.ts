// Looking for planted bytes in files and memory, in whatever form a program may have put them: as they
// are, as text of two bytes a letter, as hexadecimal, as base64.

import b4a from 'b4a'

/** What is looked for, by what it is called; each in all its forms. */
export class Needles {
  /** Those that may begin at two bytes, by these as a number. */
  readonly #byStart = new Map<number, { name: string; form: Uint8Array }[]>()
  readonly #starts = new Uint8Array(65_536)
  readonly longest: number

  /** @param planted texts, or bytes; at least 8 of either */
  constructor(planted: Record<string, string | Uint8Array>) {
    let longest = 0
    for (const [name, what] of Object.entries(planted)) {
      for (const form of formsOf(what)) {
        const start = form[0]! | (form[1]! << 8)
        this.#starts[start] = 1
        this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), { name, form }])
        longest = Math.max(longest, form.byteLength)
      }
    }
    this.longest = longest
  }

  /** Adds to `found` what stands anywhere in `bytes`. One pass, however many are looked for. */
  find(bytes: Uint8Array, found: Set<string>): void {
    const starts = this.#starts
    const last = bytes.byteLength - 1
    for (let i = 0; i < last; i++) {
      const start = bytes[i]! | (bytes[i + 1]! << 8)
      if (starts[start] === 1) this.#match(bytes, i, start, found)
    }
  }

  #match(bytes: Uint8Array, at: number, start: number, found: Set<string>): void {
    for (const { name, form } of this.#byStart.get(start)!) {
      if (!found.has(name) && startsWith(bytes, at, form)) found.add(name)
    }
  }
}

function startsWith(bytes: Uint8Array, at: number, form: Uint8Array): boolean {
  if (at + form.byteLength > bytes.byteLength) return false
  for (let i = 2; i < form.byteLength; i++) if (bytes[at + i] !== form[i]) return false
  return true
}

function formsOf(what: string | Uint8Array): Uint8Array[] {
  const raw = typeof what === 'string' ? b4a.from(what) : what
  const hex = b4a.toString(raw as any, 'hex')
  const texts = [hex, hex.toUpperCase(), ...base64Of(raw)]
  if (typeof what === 'string') texts.push(what)
  return [raw, ...texts.flatMap((text) => [b4a.from(text), b4a.from(text, 'utf16le')])]
}

/** At each of three places where it may stand in a longer text, less the letters that neighbours change. */
function base64Of(raw: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const text = b4a.toString(b4a.concat([b4a.alloc(before), raw]) as any, 'base64')
    const whole = Math.floor(((before + raw.byteLength) * 8) / 6)
    return text.slice(Math.ceil((before * 8) / 6), whole)
  })
}
