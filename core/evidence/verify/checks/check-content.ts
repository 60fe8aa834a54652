// What the blocks of a part say, held against the rest: the author's attestation, checkpoints and seal
// against the media bytes, the media file and entries.txt against the log. Fed block by block.
// After the first block that is not in its place the sums cannot be followed any further; only the
// timeline goes on, so that a damaged film still has a length.

import b4a from 'b4a'
import type { RecordingKey } from '../../../types/keys.ts'
import { decodeEntry } from '../../../encoding/recording/entry.ts'
import type { Checkpoint, Entry, Gap, Seal } from '../../../encoding/recording/entry.ts'
import { privateHeader } from '../../../encoding/recording/header.ts'
import type { PrivateHeader, PublicHeader } from '../../../encoding/recording/header.ts'
import { decode } from '../../../encoding/wire.ts'
import { verifyAttestation } from '../../../identity/device-keys.ts'
import type { LogTree } from '../../../recording/log-tree.ts'
import { readPublicHeader } from '../../../recording/reader.ts'
import { RunningHash } from '../../../recording/running-hash.ts'
import { Timeline } from '../../../recording/timeline.ts'
import { ByteCheck } from '../byte-check.ts'
import { mediaFile, mediaFiles, partFiles } from '../../layout.ts'
import type { OpenedPackage } from '../opened-package.ts'
import { entryLine, headerLines } from '../../text/entry-lines.ts'
import { clock, count, excerpt, keyText } from '../../text/printable.ts'
import type { ReasonCode, Severity } from '../verdict.ts'

/** A wall clock that runs this much apart from the monotonic one between checkpoints was set. */
const CLOCK_TOLERANCE_MS = 5000

export class ContentCheck {
  headers: { open: PublicHeader; secret: PrivateHeader } | null = null
  /** True where the header's device provably vouched for this recording. */
  attested = false
  readonly timeline = new Timeline()
  readonly #opened: OpenedPackage
  readonly #part: number
  readonly #key: RecordingKey
  readonly #mediaHash = new RunningHash()
  readonly #entries: ByteCheck
  #media: ByteCheck | null = null
  #intact = true
  #checkpoint: Checkpoint | null = null
  #sealAt: number | null = null
  #index = 0

  constructor(opened: OpenedPackage, part: number, key: RecordingKey) {
    this.#opened = opened
    this.#part = part
    this.#key = key
    this.#entries = new ByteCheck(opened, partFiles(part).entries)
  }

  get seconds(): number {
    return this.timeline.secondsAt(this.timeline.length)
  }

  /** True where the last block seen is the seal. */
  get sealed(): boolean {
    return this.#sealAt !== null && this.#sealAt === this.#index
  }

  /**
   * @param intact whether every block so far stood in its place
   * @param tree over the blocks before this one
   */
  async block(
    index: number,
    block: Uint8Array,
    plain: Uint8Array,
    intact: boolean,
    tree: LogTree
  ): Promise<void> {
    this.#index = index
    if (!intact) this.#intact = false
    try {
      if (index === 0) await this.#header(block, plain)
      else await this.#entry(index, decodeEntry(plain), tree)
    } catch (err: any) {
      if (err.code !== 'BAD_ENCODING') throw err
      this.#intact = false
      this.#fail(
        'ENTRY_UNREADABLE',
        `Block ${index} opens, but this version cannot read it: ${err.message}`
      )
    }
  }

  /** After the last block. */
  finish(intact: boolean): void {
    this.#endOfLog()
    if (!intact || !this.#intact || this.headers === null) return
    this.#endOfMedia()
    if (this.#entries.finish()) this.#opened.reasons.vouched.add(this.#entries.name)
    else if (this.#opened.has(this.#entries.name)) {
      const message = `${this.#entries.name} does not say what the signed log says`
      this.#fail('TEXT_DIFFERS', message, this.#entries.name)
    }
  }

  async #header(block: Uint8Array, plain: Uint8Array): Promise<void> {
    const open = readPublicHeader(block)
    const secret = decode(privateHeader, plain, 'recording header')
    this.headers = { open, secret }
    this.#attestation(open, secret)
    this.#mediaHash.update(secret.init)
    this.#media = new ByteCheck(this.#opened, mediaFile(this.#part, secret.mime))
    await this.#entries.next(headerLines(open, secret))
    await this.#holdMedia(secret.init)
  }

  #attestation(open: PublicHeader, secret: PrivateHeader): void {
    const { startedAtMs, previous } = open
    const { device, circle } = secret
    const claim = {
      kind: 'recording' as const,
      device,
      circle,
      core: this.#key,
      startedAtMs,
      previous
    }
    this.attested = verifyAttestation(claim, open.attestation)
    if (this.attested) return
    const message = `The device named as the author, ${keyText(device)}, did not vouch for this recording: the author is forged`
    this.#fail('ATTESTATION_INVALID', message)
  }

  async #entry(index: number, entry: Entry, tree: LogTree): Promise<void> {
    if (this.#sealAt !== null) return
    this.timeline.add(entry)
    if (entry.kind === 'seal') this.#sealAt = index
    if (entry.kind === 'gap') this.#gap(entry.body)
    if (!this.#intact) return
    await this.#entries.next(entryLine(index, this.seconds, entry))
    if (entry.kind === 'fragment') {
      this.#mediaHash.update(entry.body.data)
      await this.#holdMedia(entry.body.data)
    }
    if (entry.kind === 'checkpoint') this.#checkpointEntry(entry.body)
    if (entry.kind === 'seal') this.#seal(index, entry.body, tree)
  }

  async #holdMedia(data: Uint8Array): Promise<void> {
    const media = this.#media!
    if (media.firstDifference !== null || !this.#opened.has(media.name)) return
    await media.next(data)
    if (media.firstDifference !== null) this.#mediaDiffers(media.firstDifference)
  }

  #mediaDiffers(at: number): void {
    const message = `${this.#media!.name} is not the film in the log, from byte ${at} on`
    this.#fail('MEDIA_DIFFERS', message, this.#media!.name)
  }

  #endOfMedia(): void {
    const media = this.#media!
    const another = mediaFiles(this.#part).some((name) => this.#opened.has(name))
    if (!this.#opened.has(media.name)) {
      if (another) this.#fail('FILE_MISSING', `${media.name} is missing`, media.name)
    } else if (media.firstDifference === null) {
      if (media.finish()) this.#opened.reasons.vouched.add(media.name)
      else this.#mediaDiffers(media.offset)
    }
  }

  #checkpointEntry(body: Checkpoint): void {
    if (!this.#fits(body)) {
      const message = `The checkpoint does not fit the media before it`
      this.#fail('CHECKPOINT_MISMATCH', message)
    }
    const before = this.#checkpoint
    this.#checkpoint = body
    if (before === null) return
    const movedMs = body.wallMs - before.wallMs - (body.monotonicMs - before.monotonicMs)
    if (Math.abs(movedMs) < CLOCK_TOLERANCE_MS) return
    const message = `The recording device's clock was moved by ${movedMs / 1000} s while filming`
    this.#find('CLOCK_MOVED', message)
  }

  #seal(index: number, body: Seal, tree: LogTree): void {
    const wrong: string[] = []
    if (body.length !== index) wrong.push(`it counts ${count(body.length, 'block')} before it`)
    if (!b4a.equals(body.treeHash, tree.hash())) wrong.push('its tree hash is another')
    if (!this.#fits(body)) wrong.push('its sum over the media is another')
    if (wrong.length === 0) return
    this.#fail('SEAL_MISMATCH', `The seal does not fit the log before it: ${wrong.join(', ')}`)
  }

  #fits(sum: { sha256: Uint8Array; mediaBytes: number }): boolean {
    return (
      sum.mediaBytes === this.#mediaHash.bytes && b4a.equals(sum.sha256, this.#mediaHash.digest())
    )
  }

  #gap({ fromUs, toUs, reason }: Gap): void {
    const span = `${fromUs / 1e6} s to ${toUs / 1e6} s`
    this.#find('GAP', `The recorder itself says that ${span} were not captured: ${excerpt(reason)}`)
  }

  #endOfLog(): void {
    const { seal } = this.timeline
    if (seal === null) {
      const end = clock(this.seconds)
      const message = `No seal: the recording ends at ${end} without one; whether more was filmed cannot be told from this package`
      this.#find('NO_SEAL', message)
    } else if (!this.sealed) {
      const after = count(this.#index - this.#sealAt!, 'block')
      this.#fail('BLOCKS_AFTER_SEAL', `${after} stand after the seal in block ${this.#sealAt}`)
    } else if (!['stopped', 'rotated', 'input-ended'].includes(seal.reason)) {
      this.#find(
        'ENDED_EARLY',
        `The recording was sealed early, by its own account: ${seal.reason}`
      )
    }
  }

  #fail(code: ReasonCode, message: string, file = partFiles(this.#part).blocks): void {
    this.#say('failure', code, message, file)
  }

  #find(code: ReasonCode, message: string): void {
    this.#say('finding', code, message, partFiles(this.#part).blocks)
  }

  #say(severity: Severity, code: ReasonCode, message: string, file: string): void {
    const place = { file, part: this.#part, block: this.#index, seconds: this.seconds }
    const where = `part ${this.#part}, block ${this.#index}, at ${clock(this.seconds)}`
    const text = `${message} (${where})`
    if (severity === 'failure') this.#opened.reasons.fail(code, text, place)
    else this.#opened.reasons.find(code, text, place)
  }
}
