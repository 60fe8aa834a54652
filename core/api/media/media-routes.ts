// What is asked for by GET: media of films, files of packages. A path names what the engine knows, never
// a file.
// Must never: answer with a type that a request has chosen.

import { TemoinError } from '../../errors.ts'
import { Playback, isStart } from '../../device/playback.ts'
import type { Replica } from '../../replica/replica.ts'
import type { WebAnswer } from '../../runtime/web/web-server.ts'
import { packFrame } from '../frames.ts'
import { bytesOf } from './file-bytes.ts'
import { groupOf } from '../host/calls/recording-calls.ts'
import { failureOf } from '../host/failure.ts'
import { Given } from '../host/given.ts'
import type { Host } from '../host/host.ts'
import type { Open } from '../host/open.ts'
import { asJson, dataHeaders } from '../server/headers.ts'
import { FilmStream } from './film-stream.ts'

/** Blocks in one answer: four minutes of film. */
const MAX_BLOCKS = 1024
const MAX_SECONDS = 1e7

const MEDIA = /^\/media\/([a-z0-9]{52})\/(init|still|stream|file|\d{1,9}-\d{1,9})$/
const ZIP = /^\/export\/(\d{1,9})\.zip$/
const EXPORT = /^\/export\/(\d{1,9})\/([A-Za-z0-9._/-]{1,200})$/

/** What may be said of media that a stranger made: container kinds and codec names, nothing else. */
const MIME = /^(video|audio)\/(mp4|webm)(; ?codecs="[\w., -]{1,200}")?$/

/** Ends in the middle where the device is locked, wiped or closed meanwhile. */
export async function answerMedia(host: Host, path: string, query: string): Promise<WebAnswer> {
  const { shutter } = host
  const { mark } = shutter
  try {
    const answer = await answerOpen(host, path, query)
    return { ...answer, watch: (end) => shutter.onShut(mark, end) }
  } catch (err) {
    const failure = failureOf(err)
    return asJson(STATUS[failure.code] ?? 500, failure)
  }
}

async function answerOpen(host: Host, path: string, query: string): Promise<WebAnswer> {
  const open = host.unlocked
  const media = MEDIA.exec(path)
  if (media !== null) return answerFilm(host, media[1]!, media[2]!, query)
  const zip = ZIP.exec(path)
  if (zip !== null) return answerZip(open, zip[1]!)
  const file = EXPORT.exec(path)
  if (file !== null) return answerFile(open, file[1]!, file[2]!)
  return asJson(404, { code: 'BAD_INPUT', message: 'There is nothing here' })
}

const STATUS: Record<string, number> = {
  BAD_INPUT: 400,
  BAD_STATE: 409,
  DEVICE_LOCKED: 423,
  NOT_READABLE: 403,
  RECORDING_UNKNOWN: 404
}

async function answerFilm(
  host: Host,
  keyText: string,
  what: string,
  query: string
): Promise<WebAnswer> {
  const key = new Given({ key: keyText }).key('key')
  const { parts } = groupOf(host, key)
  const replica = host.current.device.find(key).replica
  const at = /(?:^|&)at=([\d.]{1,12}|live)(?:&|$)/.exec(query)?.[1] ?? '0'
  const atSeconds = at === 'live' ? Infinity : Math.min(Number(at) || 0, MAX_SECONDS)
  if (what === 'stream' || what === 'file') {
    return streamed(host, replica, parts, what, atSeconds)
  }
  const playback = new Playback(replica)
  try {
    await playback.open()
    return await pieceOf(playback, what, atSeconds)
  } finally {
    await playback.close()
  }
}

async function pieceOf(playback: Playback, what: string, atSeconds: number): Promise<WebAnswer> {
  const headers = dataHeaders(mimeOf(playback))
  if (what === 'init') return { status: 200, headers, body: playback.init }
  if (what === 'still') {
    const body = [playback.init, ...(await keyFragment(playback, atSeconds))]
    return { status: 200, headers, body: joined(body) }
  }
  const [from, to] = what.split('-').map(Number) as [number, number]
  if (to - from > MAX_BLOCKS || to < from) {
    throw new TemoinError('BAD_INPUT', `Ask for at most ${MAX_BLOCKS} blocks at once`)
  }
  return { status: 200, headers, body: fragments(await mediaIn(playback, from, to)) }
}

/** Read before the answer begins: the playback is closed when it does. */
async function mediaIn(playback: Playback, from: number, to: number): Promise<Uint8Array[]> {
  const found: Uint8Array[] = []
  for (let index = from; index < to; index++) {
    const entry = await playback.entry(index)
    if (entry?.kind === 'fragment') found.push(entry.body.data)
  }
  return found
}

/** One that a picture can be made of, with all its pieces. */
async function keyFragment(playback: Playback, atSeconds: number): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = []
  let index = await playback.startAt(atSeconds)
  for (let tries = 0; tries < MAX_BLOCKS; tries++, index++) {
    const entry = await playback.entry(index)
    if (pieces.length === 0 && isStart(entry) && entry?.kind === 'fragment')
      pieces.push(entry.body.data)
    else if (pieces.length > 0) {
      if (entry?.kind !== 'fragment' || !entry.body.continued) return pieces
      pieces.push(entry.body.data)
    }
  }
  return pieces
}

async function streamed(
  host: Host,
  first: Replica,
  parts: readonly Replica[],
  what: 'stream' | 'file',
  atSeconds: number
): Promise<WebAnswer> {
  const { device, recordings: views } = host.current
  const part = parts[0]!
  await part.look()
  const probe = new Playback(part)
  let mime = 'application/octet-stream'
  try {
    await probe.open() // what is wrong with it is said by the status, not in the middle
    mime = mimeOf(probe)
  } finally {
    await probe.close()
  }
  const stream = new FilmStream({ device, views, first, atSeconds })
  const type = what === 'file' ? mime : 'application/x-temoin-frames'
  const body = what === 'file' ? mediaOf(stream) : framesOf(stream)
  return { status: 200, headers: dataHeaders(type), body: closing(body, stream) }
}

async function* framesOf(stream: FilmStream): AsyncGenerator<Uint8Array> {
  for await (const { header, body } of stream.pieces()) yield packFrame(header, body)
}

async function* mediaOf(stream: FilmStream): AsyncGenerator<Uint8Array> {
  for await (const { body } of stream.pieces()) if (body.byteLength > 0) yield body
}

/** Who has gone is not waited for: what waits for the next block hears it at once. */
function closing(
  pieces: AsyncGenerator<Uint8Array>,
  stream: FilmStream
): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => pieces.next(),
      return: () => {
        stream.close()
        return pieces.return(undefined)
      }
    })
  }
}

async function* fragments(all: Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const one of all) yield one
}

function answerZip(open: Open, id: string): WebAnswer {
  const zip = open.exports.zip(id)
  if (zip === null) return asJson(404, { code: 'BAD_INPUT', message: 'There is nothing here' })
  const headers = { ...attached('application/zip', zip.name), 'Content-Length': String(zip.bytes) }
  return { status: 200, headers, body: zip.pieces }
}

async function answerFile(open: Open, id: string, name: string): Promise<WebAnswer> {
  const file = open.exports.fileOf(id, name)
  if (file === null) return asJson(404, { code: 'BAD_INPUT', message: 'There is nothing here' })
  const base = name.split('/').at(-1)!
  return { status: 200, headers: attached('application/octet-stream', base), body: bytesOf(file) }
}

/** @param name of what this engine made: no quotes in it */
function attached(type: string, name: string): Record<string, string> {
  return { ...dataHeaders(type), 'Content-Disposition': `attachment; filename="${name}"` }
}

function mimeOf({ mime }: Playback): string {
  return MIME.test(mime) ? mime : 'application/octet-stream'
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.byteLength
  }
  return all
}
