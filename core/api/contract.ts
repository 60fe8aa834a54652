// The contract between the engine and every screen: types only. State that is replayed and then changes,
// calls with one answer each, media in and out. Keys are z32 text, times are ms since 1970 where a name
// ends in `Ms`, media time is in seconds. Codes, never sentences: screens have their own words.
// Must never: import anything of core but core/types, or rename what screens already use.
//
// How it travels (mobile/ui speaks it):
// - `/#token=…` once: the page exchanges the token (POST /session) for a cookie, which no script reads, and
//   a key, which it keeps; every request needs both, the key as the header `x-temoin-key` or in `hello`
// - WebSocket `/api`: JSON of `ClientMessage` in, `ServerMessage` out
// - WebSocket `/film/<filming>`: binary `Frame`s of `FilmFrame` in, JSON of `FilmAnswer` out
// - HTTP `/media/…`, `/export/…`: see `contract/media.ts`

export type * from './contract/calls.ts'
export type * from './contract/circle.ts'
export type * from './contract/codes.ts'
export type * from './contract/device.ts'
export type * from './contract/media.ts'
export type * from './contract/messages.ts'
export type * from './contract/recordings.ts'
export type * from './contract/state.ts'
export type { Role } from '../types/keys.ts'
