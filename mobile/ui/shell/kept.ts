// What this browser keeps of a person's choices: small words under short names. Must never: hold a
// name, a key, a place or anything of a film, since whoever takes the phone can read it.

const PREFIX = 'temoin.'

export type KeptName =
  'language' | 'theme' | 'quality' | 'place' | 'mode' | 'before' | 'country' | 'readable'

export const kept = {
  /** Null where nothing is kept, or nothing may be (private window). */
  read(name: KeptName): string | null {
    try {
      return localStorage.getItem(PREFIX + name)
    } catch {
      return null
    }
  },

  write(name: KeptName, value: string): void {
    try {
      localStorage.setItem(PREFIX + name, value)
    } catch {
      // Not kept: it holds until the page closes.
    }
  }
}
