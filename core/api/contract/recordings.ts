// Films as screens see them: one that ran long is several recordings (parts), each naming the one before
// it; here they are one, named by its first part. Counts only what holders signed for.
// Must never: count what was merely sent.

import type { EndReason, Failure, Handle, Key } from './codes.ts'

export interface RecordingState {
  /** The first part that is known here. */
  recording: Key
  circle: Key
  author: Key
  /** Filmed by this device. */
  own: boolean
  /** By its author's clock: a claim. */
  startedAtMs: number
  /** Media time held here; null where this device cannot tell (yet: `recording.read`). */
  seconds: number | null
  /**
   * `live`: being filmed, as far as is known. `sealed`: its author ended it, and all of it is here.
   * `ended`: its author ended it, and some is not here. `interrupted`: no end, and nothing new comes.
   */
  phase: 'live' | 'sealed' | 'ended' | 'interrupted'
  /** Why it ended, by its author's word; null where it never said. */
  reason: EndReason | null
  /** A key here opens it; null where nobody has looked (`recording.read`). */
  readable: boolean | null
  /** Made by a device after it was cut off: kept, and no member's film. */
  afterRevocation: boolean
  /** What its author filmed next after this was cut off. */
  goesOnIn: Key | null
  /** This device's run that films it now. */
  filming: Handle | null
  /** False: seconds, holders and receipts have not been gathered yet (`recording.read`). */
  read: boolean
  parts: PartItem[]
  /** Everybody else who has some of it, or is online and could. */
  holders: HolderItem[]
  /** Signed statements of others about it, all together. */
  receipts: number
  /** What was said of it afterwards, whether it counts or not: where this changes, the timeline has. */
  annotations: number
}

export interface PartItem {
  recording: Key
  startedAtMs: number
  /** Media time of the parts before this one, as far as it is known. */
  fromSeconds: number
  /** Blocks held here without a hole. */
  length: number
  /** Blocks there are, by its author's word; null before its end. */
  end: number | null
  seconds: number | null
  reason: EndReason | null
}

export interface HolderItem {
  device: Key
  name: string
  /** Blocks signed for, over all parts. */
  length: number
  /** Media time up to there; null where this device cannot tell. */
  seconds: number | null
  /** It has signed for every block there is. */
  all: boolean
  /** Its dated statements. */
  receipts: number
  /** The newest of them, by its clock; null where it never signed. */
  atMs: number | null
  online: boolean
  /** It takes no more of this. */
  full: boolean
  /** When it may delete it: it counts until shortly before. Null where it stays. */
  leavesAtMs: number | null
}

/** A film that this device makes now, or has just made. */
export interface FilmingState {
  filming: Handle
  circle: Key
  /** Null until its first part has begun. */
  recording: Key | null
  /** `ready`: waits for its init segment. `ending`: handing on the rest. `over`: nothing more will come. */
  phase: 'ready' | 'filming' | 'ending' | 'over'
  startedAtMs: number | null
  /** Media time taken in. */
  seconds: number
  /** Media time that this device's own disk has, durably. */
  ownSeconds: number
  /** How far others have it: the longest of `holders`. 0: nobody has this yet. */
  safeSeconds: number
  /** How many others have at least all but the last 3 seconds. */
  copies: number
  holders: HolderItem[]
  parts: Key[]
  /** Why it ended; null while it runs. */
  reason: EndReason | null
  /** What went wrong with it, where something did. */
  failure: Failure | null
  /** Held in memory before the tap, by its own account. */
  preEventMs: number
}

/** Read on demand (`recording.timeline`): what stands in a film beside its pictures. */
export interface TimelineState {
  recording: Key
  seconds: number
  /** `video/mp4; codecs="…"`, of each part. */
  parts: {
    recording: Key
    mime: string
    fromSeconds: number
    seconds: number
    preEventMs: number
  }[]
  places: { seconds: number; latitude: number; longitude: number; accuracyM: number }[]
  /**
   * Claimed clocks along the film: `atMs` is what the author's said there, `steadyMs` its other one, which nobody
   * can set: in one part the two run alike, unless the first was set.
   */
  clocks: { seconds: number; atMs: number; steadyMs: number; batteryPercent: number | null }[]
  gaps: { seconds: number; lengthSeconds: number; reason: string }[]
  statuses: { seconds: number; status: string; atMs: number }[]
  /** From the film itself, and said afterwards. */
  notes: AnnotationItem[]
  /** Dated statements: who had signed for how much, when, by its own clock. */
  receipts: { device: Key; part: Key; seconds: number | null; length: number; atMs: number }[]
}

export interface AnnotationItem {
  /** Where in the film. */
  seconds: number
  /** Null for free text. */
  tag: string | null
  text: string
  by: Key
  atMs: number
  /** Part of the film's own signed log; else it was said afterwards: signed by `by`, captured by nobody. */
  inFilm: boolean
  /** Said by a device after it was cut off: no member's word, and in no package. */
  afterRevocation: boolean
}
