// What is said of a film afterwards: a plate, a number, a unit, free text, at a moment of it. Anybody in the
// circle who can open the film may; so may who filmed it, whether a key was kept or not, and then reads it no
// more. It is sealed to those who can open the film.
// Must never: touch the film itself.

import b4a from 'b4a'
import { annotatedEntry } from '../circle/annotations.ts'
import { canRead } from '../circle/roster.ts'
import type { Annotation, AnnotationBody } from '../encoding/journal/annotation.ts'
import { TemoinError } from '../errors.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { signAnnotation } from '../identity/annotations.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { MAX_ANNOTATIONS } from '../limits.ts'
import { readPublicHeader } from '../recording/reader.ts'
import type { Replica } from '../replica/replica.ts'

export type Remark = Pick<AnnotationBody, 'tag' | 'text' | 'filmMs'>

export interface AnnotationsOptions {
  keys: DeviceKeys
  now: () => number
  /** @throws TemoinError DEVICE_LOCKED */
  mayAdd: () => void
}

export class Annotations {
  readonly #options: AnnotationsOptions

  constructor(options: AnnotationsOptions) {
    this.#options = options
  }

  /**
   * Says something of this recording: in our journal, on our disk, when it resolves.
   * @throws TemoinError BAD_INPUT, BAD_STATE, NOT_ALLOWED, NOT_READABLE, DEVICE_LOCKED
   */
  async add(exchange: Exchange, replica: Replica, said: Remark): Promise<Annotation> {
    const { keys, now, mayAdd } = this.#options
    mayAdd()
    const remark = { ...said, text: said.text.trim() }
    if (remark.tag === null && remark.text === '') throw nothing()
    this.#assertMember(exchange)
    const noteKey = await this.#noteKeyOf(replica)
    if (isBeyond(replica, remark.filmMs)) throw beyond()
    if (this.#saidBefore(exchange, replica) >= MAX_ANNOTATIONS) throw enough()
    const body = signAnnotation(keys, { recording: replica.key, ...remark, atMs: now() })
    await exchange.circle.say(annotatedEntry(noteKey, body))
    return body
  }

  #assertMember({ circle: { roster } }: Exchange): void {
    const self = roster.active(this.#options.keys.device)
    if (self === null || !canRead(self.role)) throw noMember()
  }

  /** Of a film that this device can open, worked out; of its own, what it wrote into block 0. */
  async #noteKeyOf(replica: Replica): Promise<Uint8Array> {
    const isOurs = b4a.equals(replica.announced.author, this.#options.keys.device)
    await replica.look()
    if (replica.reader !== null) return replica.reader.noteKey
    if (!isOurs) throw unreadable()
    const block0 = await (await replica.wake()).get(0, { wait: false })
    if (block0 === null) throw unreadable()
    return readPublicHeader(block0).noteKey
  }

  #saidBefore({ circle }: Exchange, { key }: Replica): number {
    const { device } = this.#options.keys
    return circle.linesAbout(key).filter((line) => b4a.equals(line.device, device)).length
  }
}

/** Where nobody here can tell how long it is, anything goes. */
function isBeyond({ seconds }: Replica, filmMs: number): boolean {
  return seconds !== null && filmMs > Math.ceil(seconds * 1000)
}

function nothing(): TemoinError {
  return new TemoinError('BAD_INPUT', 'There is nothing to note: write something, or choose a kind')
}

function beyond(): TemoinError {
  return new TemoinError('BAD_INPUT', 'The film is not that long: choose a moment within it')
}

function enough(): TemoinError {
  const why = `This device has noted ${MAX_ANNOTATIONS} things about this part of the film: that is all it can`
  return new TemoinError('BAD_STATE', why)
}

function noMember(): TemoinError {
  const why =
    'This device may note nothing in this circle: its role, or its place, does not allow it'
  return new TemoinError('NOT_ALLOWED', why)
}

function unreadable(): TemoinError {
  const why = 'This device cannot open this film: note it on a device of a member who can'
  return new TemoinError('NOT_READABLE', why)
}
