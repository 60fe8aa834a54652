// The sessions of the app's pages, as a killed engine leaves them to the next one: of each the digest of its
// cookie, and the secret by which page and engine know each other again. Keys of sessions are not in it.

import { checked, fixed32, list, struct, uint, versioned } from '../wire.ts'

export const MAX_APP_SESSIONS = 16

export interface AppSessions {
  /** Where those pages are: another port is another origin. */
  port: number
  /** Oldest first. */
  sessions: { cookie: Uint8Array; secret: Uint8Array }[]
}

export const appSessions = versioned(
  1,
  struct<AppSessions>({
    port: checked(uint, (port) => port > 0 && port < 65_536, 'there is no such port'),
    sessions: list(struct({ cookie: fixed32, secret: fixed32 }), MAX_APP_SESSIONS)
  })
)
