// Where everything lies in an evidence package, and how large it may be. Writer and verifier share
// this file, so that neither can know a name the other does not.
// Persisted: packages already handed out name their files so. A new layout is a new `FORMAT`.

import { MAX_ANNOTATIONS, MAX_MEMBERS, MAX_TEXT_BYTES } from '../limits.ts'

/** Content of `log/format.txt`: which layout this is. */
export const FORMAT = 'temoin evidence package 1\n'

export const README = 'README.txt'
export const STEPS = 'VERIFY.txt'
export const SCRIPT = 'verify.sh'
export const SUMS = 'SHA256SUMS'
export const FORMAT_FILE = 'log/format.txt'

/** Files that stand once in a package, whatever it holds. */
export const COMMON_FILES = [README, STEPS, SCRIPT, SUMS, FORMAT_FILE] as const

/** Parts of one film: five minutes each, three days on end. */
export const MAX_PARTS = 1024

/** Blocks of one part: eighteen hours at four a second; a part rotates after five minutes. */
export const MAX_BLOCKS = 262_144

/** Receipts of one part: one a second from each of 256 members over five minutes is 76,800. */
export const MAX_RECEIPTS = 131_072

/** Annotations of one part: all that 256 members can say. */
export const MAX_PART_ANNOTATIONS = MAX_MEMBERS * MAX_ANNOTATIONS

/** Files looked at in a folder before it is called no package at all. */
export const MAX_FILES = MAX_PARTS * 16

/** Largest film or log of one part: five minutes at 64 Mbit/s are 2.4 GB. A file may be a sparse trap. */
const MAX_LARGE_BYTES = 64 * 1024 ** 3

/** Largest other file: receipts.txt with all its lines has 40 MB. */
const MAX_SMALL_BYTES = 128 * 1024 ** 2

/** `annotations/part-n.txt`, where every letter is written as an escape. */
const MAX_ESCAPED_BYTES = 1024 ** 3

/** Longest encoded receipt, bytes: two keys, two signatures, a hash, five numbers at their longest. */
export const MAX_RECEIPT_BYTES = 320

/** Longest encoded annotation, bytes: a text, a hash, a key, a signature, two numbers. */
export const MAX_ANNOTATION_BYTES = MAX_TEXT_BYTES + 256

/** Names in `annotations/`: apart from the log, since nothing of it was captured. */
export interface AnnotationFiles {
  /** For programs. */
  binary: string
  /** The same, for people. */
  text: string
}

/** A part of which nobody has said anything has none. */
export function annotationFiles(part: number): AnnotationFiles {
  return { binary: `annotations/part-${part}.bin`, text: `annotations/part-${part}.txt` }
}

/** Names in `log/part-<n>/`. */
export interface PartFiles {
  /** The recording's key, as text. */
  key: string
  /** What hashes to the key: Hypercore's manifest behind its namespace. */
  manifest: string
  /** Ed25519 public key that signed the log. 32 bytes. */
  signer: string
  /** What it signed: namespace, key, tree hash, length, fork. 112 bytes. */
  head: string
  /** Its signature over `head`. 64 bytes. */
  signature: string
  /** Bytes of each block, one number a line. */
  sizes: string
  /** Every block as it travelled, one behind the other. */
  blocks: string
  /** Secret that opens the blocks. 32 bytes. */
  chainKey: string
  /** Receipts, for programs. */
  receipts: string
  /** The same, for people. */
  receiptsText: string
  /** What the log says besides the media, for people. */
  entries: string
}

/** @param part counted from 1 */
export function partFiles(part: number): PartFiles {
  const dir = `log/part-${part}/`
  return {
    key: dir + 'key.txt',
    manifest: dir + 'manifest.bin',
    signer: dir + 'signer.bin',
    head: dir + 'head.bin',
    signature: dir + 'head.sig',
    sizes: dir + 'sizes.txt',
    blocks: dir + 'blocks.bin',
    chainKey: dir + 'chain-key.bin',
    receipts: dir + 'receipts.bin',
    receiptsText: dir + 'receipts.txt',
    entries: dir + 'entries.txt'
  }
}

/** The media file of a part. Its ending follows the container alone; no hostile text gets in. */
export function mediaFile(part: number, mime: string): string {
  return `media/part-${part}.${extensionOf(mime)}`
}

/** The media files a part could have. */
export function mediaFiles(part: number): string[] {
  return ['mp4', 'webm', 'mkv'].map((extension) => `media/part-${part}.${extension}`)
}

/** More than any package has in a file of that name. */
export function maxBytesOf(name: string): number {
  if (/^annotations\/.*\.txt$/.test(name)) return MAX_ESCAPED_BYTES
  return /^media\/|\/blocks\.bin$/.test(name) ? MAX_LARGE_BYTES : MAX_SMALL_BYTES
}

function extensionOf(mime: string): string {
  if (/^(video|audio)\/webm\b/.test(mime)) return 'webm'
  if (/^(video|audio)\/x-matroska\b/.test(mime)) return 'mkv'
  return 'mp4'
}

/** The part a file belongs to, or null. */
export function partOf(name: string): number | null {
  const found = /^(?:log|media|annotations)\/part-([1-9][0-9]{0,5})[/.]/.exec(name)
  return found === null ? null : Number(found[1])
}
