// Typings of what the engine calls of hypercore-storage, which ships none.

declare module 'hypercore-storage' {
  import type { TreeNode } from 'hypercore-crypto'

  interface CoreInfo {
    core: CorePointer
    discoveryKey: Uint8Array
    head: { fork: number; length: number; rootHash: Uint8Array; signature: Uint8Array } | null
    hints: { contiguousLength: number } | null
  }

  /** Where in the database a core is, and where what it holds. */
  interface CorePointer {
    corePointer: number
    dataPointer: number
  }

  /** The part of the database that one core has. */
  interface CoreStorage {
    core: CorePointer
    read(): {
      getBitfieldPage(index: number): Promise<Uint8Array | null>
      getBlock(index: number): Promise<Uint8Array | null>
      getTreeNode(index: number): Promise<TreeNode | null>
      tryFlush(): void
    }
    createBitfieldStream(range: { gte: number }): AsyncIterable<{ index: number; page: Uint8Array }>
    close(): Promise<void>
  }

  /** Several questions, asked together at the flush. */
  interface Reading {
    get(key: Uint8Array): Promise<Uint8Array | null>
    tryFlush(): void
  }

  /** The database below all cores. */
  interface KeyValues {
    ready(): Promise<void>
    get(key: Uint8Array): Promise<Uint8Array | null>
    put(key: Uint8Array, value: Uint8Array): Promise<void>
    flush(): Promise<void>
    close(): Promise<void>
    read(opts: { autoDestroy: boolean }): Reading
    write(opts: { autoDestroy: boolean }): {
      tryDeleteRange(start: Uint8Array, end: Uint8Array): void
      flush(): Promise<void>
    }
    compactRange(
      start: Uint8Array | null,
      end: Uint8Array | null,
      opts: Record<string, number | boolean>
    ): Promise<void>
    iterator(range: {
      gte: Uint8Array
      lt: Uint8Array
      limit?: number
      values?: boolean
    }): AsyncIterable<{ key: Uint8Array; value: Uint8Array }>
  }

  interface Rocks {
    path: string
    currentWalFile(): Promise<{ path: string; number: number; type: number; size: number }>
    flush(): Promise<void>
    close(): Promise<void>
  }

  /** What the database says of cores, opened or not. Only core/store touches it. */
  export default class HypercoreStorage {
    constructor(
      dir: string,
      opts?: {
        writeBufferSize?: number
        blobGarbageCollectionAgeCutOff?: number
        blockCache?: boolean
        tableCacheIndexAndFilterBlocks?: boolean
        treeCache?: { maxSize: number }
        allowBackup?: boolean
        readOnly?: boolean
      }
    )
    path: string
    db: KeyValues
    rocks: Rocks
    deviceFile: { close(): Promise<void> } | null
    hasCore(discoveryKey: Uint8Array): Promise<boolean>
    getInfos(
      discoveryKeys: Uint8Array[],
      opts?: { auth?: boolean; head?: boolean; hints?: boolean }
    ): Promise<(CoreInfo | null)[]>
    resumeCore(discoveryKey: Uint8Array): Promise<CoreStorage | null>
    deleteCore(pointer: CorePointer): Promise<void>
  }
  export type { CoreInfo, CoreStorage, KeyValues, Reading }
}

declare module 'hypercore-storage/lib/keys.js' {
  const keys: {
    store: { head(): Uint8Array; core(discoveryKey: Uint8Array): Uint8Array }
    core: {
      auth(number: number): Uint8Array
      data(number: number): Uint8Array
      block(number: number, index: number): Uint8Array
      tree(number: number, index: number): Uint8Array
    }
  }
  export default keys
}

declare module 'hypercore-storage/encoding/spec/hyperschema/index.js' {
  const schema: {
    getEncoding(name: string): import('compact-encoding').Encoder<any>
  }
  export default schema
}
