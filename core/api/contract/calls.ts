// What screens can ask for: each call by name, what it takes, what it answers. Fails with a `Failure`.
// What a call changes is told by the state as well; a screen may ignore the answer.

import type { Role } from '../../types/keys.ts'
import type { EndReason, Handle, Key, StatusKind, TagKind } from './codes.ts'
import type { WipedState } from './device.ts'
import type { TimelineState } from './recordings.ts'

export interface Calls {
  /** Says in every circle what this device is called. BAD_INPUT where it shows nothing, BAD_STATE after 32 in one. */
  'device.name': Call<{ name: string }>
  /** Puts the seed under a passphrase, or another one. */
  'device.protect': Call<{ passphrase: string; old?: string }>
  /** Takes the passphrase away. */
  'device.unprotect': Call<{ passphrase: string }>
  /** Forgets what opens films; filming, handing on and holding go on. BAD_STATE without a passphrase. */
  'device.lock': Call<Nothing>
  'device.unlock': Call<{ passphrase: string }>
  /** Tells every circle what the phone knows of itself. */
  'device.report': Call<{ kind: 'battery-low' | 'storage-low' }>
  /** Wipes keys, then what others hold. `sure` is asked for so that no slip of a finger does it. */
  panic: Call<{ sure: 'wipe'; everything?: boolean }, WipedState>

  /** A new circle, this device its first organiser. */
  'circle.create': Call<{ name: string }, { circle: Key }>

  'invite.open': Call<InviteAsked, { invite: Handle; url: string }>
  /** Goes on with one that was closed, or that an earlier run left open. */
  'invite.resume': Call<{ invite: Handle }>
  /** Stops hosting; it can be gone on with. */
  'invite.close': Call<{ invite: Handle }>
  /** Ends it for good. */
  'invite.takeBack': Call<{ invite: Handle }>
  'invite.admit': Call<{ invite: Handle; device: Key }>
  'invite.refuse': Call<{ invite: Handle; device: Key }>

  /** What an invite says, before it is redeemed. INVITE_MANGLED, INVITE_FOREIGN */
  'join.look': Call<{ url: string }, { role: Role; expiresAtMs: number; inviter: Key }>
  /** Answers at once; how it goes is in `state.join`. Without a url: the one that is pending. */
  'join.start': Call<{ url?: string; name?: string }>
  /** Stops trying; `forget` gives the invite up as well. */
  'join.cancel': Call<{ forget?: boolean }>

  /** Each answers with what became of it: `needsSecond` where another member has to agree. */
  'member.revoke': Call<OfMember & { reason?: string }, Said>
  'member.second': Call<OfMember, Said>
  'member.reinstate': Call<OfMember & { reason?: string }, Said>
  'member.role': Call<OfMember & { role: Role }, Said>
  /** Says that this other device is the same person's. */
  'member.own': Call<OfMember, Said>

  /** With no circle: the only one; where there is none, one is made silently. Then `/film/<filming>`. */
  'film.start': Call<FilmAsked, { filming: Handle; circle: Key }>
  /** What happened to the device: written into the film at once. `atMs`: by the page's clock; else now. */
  'film.status': Call<{ filming: Handle; status: StatusKind; atMs?: number }>
  /** Where it is now; null: it is not to be said any more. Goes into each checkpoint from here on. */
  'film.place': Call<{ filming: Handle; place: PlaceAsked | null }>
  'film.battery': Call<{ filming: Handle; percent: number | null }>
  /**
   * A tag or a note in the running film, signed with it. `agoMs`: the moment it is about was so long ago, at
   * most a week: the engine was away. @default 0. A tag needs no text.
   */
  'film.note': Call<{ filming: Handle; tag?: TagKind; text: string; agoMs?: number }>
  /**
   * Ends it: answers once this device's own disk has the end. `seq`: the last frame that was sent, which
   * may still be on its way; it is waited for.
   */
  'film.stop': Call<{ filming: Handle; reason?: EndReason; seq?: number }>

  /** Opens and reads these as far as this device can: their seconds are in the state then. */
  'recording.read': Call<{ recordings: Key[] }>
  'recording.timeline': Call<{ recording: Key }, TimelineState>
  /**
   * Said of a film by this device, afterwards or while somebody else films: in its journal, signed, for all
   * members but relays; nobody can take it back. NOT_READABLE, NOT_ALLOWED, BAD_STATE where it has said
   * as much of this part as it can. Of a film of its own that still runs: `film.note`.
   */
  'recording.annotate': Call<{ recording: Key; seconds: number; tag?: TagKind; text: string }>

  /** Writes the evidence package of a film, then verifies it; how it goes is in `state.exports`. */
  'export.start': Call<{ recording: Key }, { export: Handle }>
  /**
   * `path` with a ticket behind it: for what cannot send the key, a `<video src>` or a download. Good for
   * that path, in this session.
   */
  'media.ticket': Call<{ path: string }, { path: string }>
  /** Deletes a package from this device's disk. */
  'export.discard': Call<{ export: Handle }>
}

export interface Call<Args, Answer = Nothing> {
  args: Args
  answer: Answer
}

export type CallName = keyof Calls
export type Args<N extends CallName> = Calls[N]['args']
export type Answer<N extends CallName> = Calls[N]['answer']

/** `{}` */
export type Nothing = Record<string, never>

export interface InviteAsked {
  /** The only one, where none is named; where there is none, one is made silently. */
  circle?: Key
  /** @default 'contact' */
  role?: Role
  /** How many devices may use it. @default 1 */
  uses?: number
  /** @default 2 hours; 1 s to 30 days */
  expiresInMs?: number
  /** A person looks at each candidate. @default true */
  confirm?: boolean
}

export interface OfMember {
  circle: Key
  device: Key
}

export interface Said {
  needsSecond: boolean
  /** Members whose second would count. */
  seconders: Key[]
}

export interface FilmAsked {
  circle?: Key
  /** Keep a key for this device too, so that it can play what it filmed. @default false */
  keepReadable?: boolean
  /** Media held in memory before the tap, ms: said in the film for ever. @default 0 */
  preEventMs?: number
  /** The film of this device that this one goes on from. @default the newest that was cut off */
  previous?: Key
}

export interface PlaceAsked {
  latitude: number
  longitude: number
  accuracyM: number
}
