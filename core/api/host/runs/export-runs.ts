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
      ...{ seconds: null, files: [], verdict: null, failure: null }
    })
    void this.#run(id, group)
    return id
  }

  async discard(id: string): Promise<void> {
    const state = this.#states.get(id)
    if (state === undefined) return
    if (state.phase === 'writing' || state.phase === 'checking') throw busy()
    await removeTree(state.dir)
    this.#states.delete(id)
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
        const stepped = Math.floor(Math.min(1, progress) / STEP) * STEP
        this.#change(id, { progress: stepped })
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
