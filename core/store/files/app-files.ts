// What the app's server keeps beside the store while it runs: the sessions of its pages, for an engine that
// is started after this one was killed, and the page that opens the app in a browser. Both go at its end.
// Must never: be readable by another user of this machine.

import { appSessions } from '../../encoding/memory/app-sessions.ts'
import type { AppSessions } from '../../encoding/memory/app-sessions.ts'
import { decode, encode } from '../../encoding/wire.ts'
import { path, readFileIfAny, writeFileAtomic } from '../../runtime/fs.ts'
import { shredFile } from '../../runtime/shred.ts'

const SESSIONS_FILE = 'app-sessions'
const OPENING_FILE = 'app-open.html'
export const APP_FILES = [SESSIONS_FILE, OPENING_FILE]

export function saveAppSessions(dir: string, sessions: AppSessions): Promise<void> {
  return writeFileAtomic(path.join(dir, SESSIONS_FILE), encode(appSessions, sessions))
}

/** Null where there are none, or the file is not what it should be. */
export async function loadAppSessions(dir: string): Promise<AppSessions | null> {
  const raw = await readFileIfAny(path.join(dir, SESSIONS_FILE)).catch(() => null)
  if (raw === null) return null
  try {
    return decode(appSessions, raw, 'app sessions')
  } catch {
    return null
  }
}

/** @returns where it is */
export async function saveOpeningPage(dir: string, html: Uint8Array): Promise<string> {
  const file = path.join(dir, OPENING_FILE)
  await writeFileAtomic(file, html)
  return file
}

export async function removeOpeningPage(dir: string): Promise<void> {
  await shredFile(path.join(dir, OPENING_FILE)).catch(() => false) // it is of no use any more
}

export async function removeAppSessions(dir: string): Promise<void> {
  await shredFile(path.join(dir, SESSIONS_FILE)).catch(() => false) // its port is not ours any more
}
