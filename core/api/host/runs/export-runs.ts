// Evidence packages made for the screens: written into a folder of their own, then verified as a stranger
// would, then given out file by file.
// Must never: give out a file by a path; only what was written has a name here.

import z32 from 'z32'
import type { Device } from '../../../device.ts'
import { packageParts } from '../../../device/facts/package-parts.ts'
import { isoDay } from '../../../evidence/text/printable.ts'
import { directoryFiles } from '../../../evidence/verify/directory-files.ts'
import { verifyPackage } from '../../../evidence/verify/verify-package.ts'
import { writePackage } from '../../../evidence/write/write-package.ts'
import { TemoinError } from '../../../errors.ts'
import { bytesOf } from '../../media/file-bytes.ts'
import { zipBytes, zipOf } from '../../media/zip.ts'
import type { ZipEntry } from '../../media/zip.ts'
import { fs, exists, makeDirectories, path, removeTree } from '../../../runtime/fs.ts'
import type { ExportState } from '../../contract.ts'
import { failureOf } from '../failure.ts'
import type { StateStore } from '../state-store.ts'
import type { FilmGroup } from '../views/recording-views.ts'

/** Packages at once in the state. */
const MAX_EXPORTS = 32
/** Progress is told in steps of this. */
const STEP = 0.02

export interface ExportRunsOptions {
  device: Device
  store: StateStore
  /** Where packages go, each in a folder of its own. */
  dir: string
}

export class ExportRuns {
  readonly #options: ExportRunsOptions
  readonly #states = new Map<string, ExportState>()
  /** How far everybody is who takes a package now, by its id. */
  readonly #takers = new Map<string, Map<object, number>>()
  #count = 0

  constructor(options: ExportRunsOptions) {
    this.#options = options
  }

  /** Begins; how it goes is in the state. */
  async start(group: FilmGroup): Promise<string> {
    const running = [...this.#states.values()].filter(({ phase }) => phase === 'writing')
    if (running.length > 0 || this.#states.size >= MAX_EXPORTS) throw busy()
    const id = String(++this.#count)
    const recording = z32.encode(group.parts[0]!.key)
    const dir = await this.#freeDir(group)
    this.#set({
      ...{ export: id, recording, dir, phase: 'writing', progress: 0 },
      ...{ seconds: null, files: [], handedOver: null, verdict: null, failure: null }
    })
    void this.#run(id, group)
    return id
  }

  async discard(id: string): Promise<void> {
    const state = this.#states.get(id)
    if (state === undefined) return
    const isRead = state.phase === 'checking' || state.handedOver !== null
    if (state.phase === 'writing' || isRead) throw busy()
    await removeTree(state.dir)
    this.#states.delete(id)
    this.#takers.delete(id)
    this.#options.store.put('exports', id, null)
  }

  get(id: string): ExportState | null {
    return this.#states.get(id) ?? null
  }

  /** Where a file of a package is, or null where it has none of that name. */
  fileOf(id: string, name: string): string | null {
    const state = this.#states.get(id)
    const isThere = state?.files.some((file) => file.name === name) ?? false
    return isThere ? path.join(state!.dir, ...name.split('/')) : null
  }

  /** All of a package as one zip, with one folder in it; null where there is no such package, or not yet. */
  zip(id: string): PackageZip | null {
    const state = this.#states.get(id)
    if (state?.phase !== 'done') return null
    const folder = path.basename(state.dir)
    const entries = state.files.map(({ name, bytes }) => ({
      ...{ name: `${folder}/${name}`, bytes },
      read: () => bytesOf(this.fileOf(id, name)!)
    }))
    const bytes = zipBytes(entries)
    return { name: `${folder}.zip`, bytes, pieces: this.#handOver(id, entries, bytes) }
  }

  /** Told as it goes, and told to be over when the last who took it has gone. */
  async *#handOver(id: string, entries: ZipEntry[], bytes: number): AsyncGenerator<Uint8Array> {
    const taker = {}
    const takers = this.#takers.get(id) ?? new Map<object, number>()
    this.#takers.set(id, takers)
    let given = 0
    try {
      for await (const piece of zipOf(entries, Date.now())) {
        takers.set(taker, given / bytes)
        this.#tellHandOver(id, takers)
        yield piece
        given += piece.byteLength
      }
    } finally {
      takers.delete(taker)
      this.#tellHandOver(id, takers)
    }
  }

  /** The share that the slowest has; none where nobody takes it any more. */
  #tellHandOver(id: string, takers: ReadonlyMap<object, number>): void {
    const handedOver = takers.size === 0 ? null : stepped(Math.min(...takers.values()))
    if (this.get(id)?.handedOver !== handedOver) this.#change(id, { handedOver })
  }

  async #run(id: string, group: FilmGroup): Promise<void> {
    try {
      const written = await this.#write(id, group)
      const files = await sizesOf(written.dir, written.files)
      this.#change(id, { phase: 'checking', progress: 1, seconds: written.seconds, files })
      const verdict = await verifyPackage(directoryFiles(written.dir))
      this.#change(id, { phase: 'done', verdict })
    } catch (err) {
      this.#change(id, { phase: 'failed', failure: failureOf(err) })
    }
  }

  async #write(id: string, { exchange, parts: film }: FilmGroup) {
    const parts = await packageParts(exchange, film)
    const { dir } = this.#states.get(id)!
    return writePackage({
      dir,
      parts,
      onProgress: ({ part, parts, blocks, ofBlocks }) => {
        const progress = (part - 1 + blocks / Math.max(1, ofBlocks)) / parts
        this.#change(id, { progress: stepped(progress) })
      }
    })
  }

  /** `2026-11-22-abcdefgh`, and a number where that is there already. */
  async #freeDir({ parts }: FilmGroup): Promise<string> {
    const { dir } = this.#options
    await makeDirectories(dir, 0o700)
    const { key, announced } = parts[0]!
    const name = `${isoDay(announced.startedAtMs).slice(0, 10)}-${z32.encode(key).slice(0, 8)}`
    for (let n = 1; ; n++) {
      const tried = path.join(dir, n === 1 ? name : `${name}-${n}`)
      if (!(await exists(tried))) return tried
    }
  }

  #change(id: string, some: Partial<ExportState>): void {
    const state = this.#states.get(id)
    if (state !== undefined) this.#set({ ...state, ...some })
  }

  #set(state: ExportState): void {
    this.#states.set(state.export, state)
    this.#options.store.put('exports', state.export, state)
  }
}

export interface PackageZip {
  name: string
  bytes: number
  pieces: AsyncGenerator<Uint8Array>
}

function stepped(share: number): number {
  return Math.floor(Math.min(1, share) / STEP) * STEP
}

async function sizesOf(dir: string, names: string[]): Promise<ExportState['files']> {
  const files = []
  for (const name of names) {
    const { size } = await fs.promises.stat(path.join(dir, ...name.split('/')))
    files.push({ name, bytes: Number(size) })
  }
  return files
}

function busy(): TemoinError {
  return new TemoinError(
    'BAD_STATE',
    'Another export is running, or too many are kept: wait, or discard one'
  )
}
