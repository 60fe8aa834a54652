// What a camera or a clipboard brings, as an invite. Pure: whether it is whole the engine says.

const SCHEME = 'temoin:'

/**
 * The invite in a text, as the engine takes it; null where there is none. Codes carry it in capitals,
 * messages put words and line breaks around it.
 */
export function inviteIn(text: string): string | null {
  const found = /temoin:[a-z0-9]+/i.exec(text)
  return found === null ? null : SCHEME + found[0].slice(SCHEME.length).toLowerCase()
}

/** As a code shows it: in capitals it needs fewer dots. */
export function codeText(url: string): string {
  return url.toUpperCase()
}
