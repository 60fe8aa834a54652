// Opens a page in the browser of whoever runs this, where the system has a way to.
// Must never: be given a secret: every user of the machine can read what a program was started with.

import process from '#process'
import { spawn } from '#subprocess'
import { onPath } from '../programs.ts'

const OPENERS: Record<string, { program: string; before: string[] }> = {
  darwin: { program: 'open', before: [] },
  win32: { program: 'rundll32', before: ['url.dll,FileProtocolHandler'] }
}
const USUAL = { program: 'xdg-open', before: [] }

/** @returns false where there is no such way */
export async function openInBrowser(page: string): Promise<boolean> {
  const { program, before } = OPENERS[process.platform] ?? USUAL
  if (program === USUAL.program && !hasDisplay()) return false
  const file = await onPath(program)
  if (file === null) return false
  const child: any = spawn(file, [...before, page], { stdio: ['ignore', 'ignore', 'ignore'] })
  return new Promise((resolve) => {
    child.on('error', () => resolve(false))
    child.on('exit', (code: number | null) => resolve(code === 0))
    child.unref?.()
    setTimeout(() => resolve(true), PATIENCE_MS) // some stay for as long as the browser does
  })
}

/** Without one, `xdg-open` would put a browser of letters into this very terminal. */
function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY)
}

const PATIENCE_MS = 2000
