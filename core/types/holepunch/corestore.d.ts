// Typings of what the engine calls of corestore, which ships none.

declare module 'corestore' {
  import type Hypercore from 'hypercore'
  import type { InternalCore, Manifest } from 'hypercore'
  import type HypercoreStorage from 'hypercore-storage'

  export default class Corestore {
    constructor(
      storage: string | HypercoreStorage,
      opts?: { allowBackup?: boolean; wait?: boolean; readOnly?: boolean }
    )
    opened: boolean
    closing: Promise<void> | null
    storage: HypercoreStorage
    ready(): Promise<void>
    close(): Promise<void>
    suspend(): Promise<void>
    resume(): Promise<void>
    watch(fn: (core: InternalCore) => void): void
    unwatch(fn: (core: InternalCore) => void): void
    list(): AsyncIterable<Uint8Array>
    get(opts: {
      key?: Uint8Array
      discoveryKey?: Uint8Array
      manifest?: Manifest
      createIfMissing?: boolean
      active?: boolean
    }): Hypercore
  }
}
