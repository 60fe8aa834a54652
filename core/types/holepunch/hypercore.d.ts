// Typings of what the engine calls of hypercore, which ships none.

declare module 'hypercore' {
  import type { KeyPair, TreeNode } from 'hypercore-crypto'
  import type Protomux from 'protomux'

  interface Manifest {
    version?: number
    quorum?: number
    signers: { publicKey: Uint8Array }[]
    prologue?: { hash: Uint8Array; length: number } | null
  }

  /** Hypercore's per-connection state for one core (lib/replicator.js, class Peer). */
  interface CorePeer {
    core: InternalCore
    stream: { remotePublicKey: Uint8Array; rawStream?: { rtt?: number } }
    protomux: Protomux
    channel: { close(): void }
    paused: boolean
    /** Its channel is closed. */
    removed: boolean
    remotePublicKey: Uint8Array
    remoteFork: number
    remoteLength: number
    remoteContiguousLength: number
    remoteOpened: boolean
    /** It has said how long its core is. */
    remoteSynced: boolean
    /** What it has said it knows of our length. */
    lengthAcked: number
    /** From the length it has, ours can be proven to it; looked up where false. */
    canUpgrade: boolean
    inflight: number
    stats: { wireData: { rx: number } }
    sendSync(): void
    wireRequest: { send(msg: unknown): void }
  }

  /** A block that is asked for, of whomever (lib/replicator.js, class BlockRequest). */
  interface BlockRequests {
    inflight: { peer: CorePeer }[]
  }

  /** Blocks that are asked for, by how many were asked (lib/hotswap-queue.js). */
  interface HotswapQueue {
    priorities: BlockRequests[][]
    pick(peer: CorePeer): Iterable<BlockRequests>
  }

  interface Replicator {
    allowFork: boolean
    pushOnly: boolean
    downloading: boolean
    peers: CorePeer[]
    attached(mux: Protomux): boolean
    attachTo(mux: Protomux): void
    detachFrom(mux: Protomux): void
    setPushOnly(pushOnly: boolean): void
    updateAll(): void
    destroyed: boolean
    onupgrade(): void
    onhave(start: number, length: number, drop: boolean): void
    _updateFork(peer: CorePeer): boolean
    _updatePeer(peer: CorePeer): boolean
    _updatePeerNonPrimary(peer: CorePeer): boolean
    _updateHotswap(peer: CorePeer): void
    hotswaps: HotswapQueue
  }

  interface Upgrade {
    start: number
    length: number
    nodes: TreeNode[]
    additionalNodes: TreeNode[]
    signature: Uint8Array
  }

  interface ForkProof {
    fork: number
    upgrade: Upgrade
    manifest: unknown
  }

  interface BlockProof {
    fork: number
    block: { index: number; value: Uint8Array; nodes: TreeNode[] } | null
    hash: null
    seek: null
    upgrade: Upgrade | null
    manifest: unknown
  }

  /** Many questions to the database that are asked as one (hypercore-storage, class CoreRX). */
  interface CoreReader {
    getBlock(index: number): Promise<Uint8Array | null>
    getBitfieldPage(index: number): Promise<Uint8Array | null>
    read: { _operations: unknown[] }
    tryFlush(): void
    destroy(): void
  }

  /** A tree that grows and is not written yet (lib/merkle-tree.js, class MerkleTreeBatch). */
  interface TreeBatch {
    fork: number
    length: number
    signature: Uint8Array | null
    hash(): Uint8Array
    append(block: Uint8Array): void
    appendRoot(node: TreeNode, iterator: unknown): void
  }

  /** The shared state behind every session (lib/core.js). Internals: only core/store touches them. */
  interface InternalCore {
    id: string
    key: Uint8Array
    discoveryKey: Uint8Array
    opened: boolean
    replicator: Replicator
    header: {
      manifest: Manifest | null
      frozen: boolean
      tree: { fork: number; length: number; rootHash: Uint8Array; signature: Uint8Array }
      hints: { contiguousLength: number }
    }
    state: {
      fork: number
      length: number
      byteLength: number
      roots: TreeNode[]
      storage: { read(): CoreReader }
      createTreeBatch(): TreeBatch
    }
    storage: unknown
    ready(): Promise<void>
    flushHints(): Promise<void>
    reorg(batch: unknown): Promise<boolean>
    hintsChanged: boolean
    checkConflict(proof: ForkProof, from: CorePeer): Promise<boolean>
    verify(proof: BlockProof, from?: unknown): Promise<boolean>
    bitfield: { getBitfield(bit: number): { bitfield: Uint32Array } | null }
    _verifyBatchUpgrade(batch: TreeBatch, manifest: unknown): unknown
  }

  interface HypercoreEvents {
    append: []
    close: []
    truncate: [number, number]
    download: [number, number, CorePeer, unknown]
    upload: [number, number, CorePeer]
    'peer-add': [CorePeer]
    'peer-remove': [CorePeer]
    'verification-error': [Error, unknown, unknown, CorePeer]
    'remote-contiguous-length': [number]
  }

  interface Download {
    done(): Promise<void>
    destroy(): void
  }

  export default class Hypercore {
    key: Uint8Array
    discoveryKey: Uint8Array
    id: string
    length: number
    contiguousLength: number
    byteLength: number
    fork: number
    opened: boolean
    closed: boolean
    closing: Promise<void> | null
    core: InternalCore
    peers: CorePeer[]
    ready(): Promise<void>
    close(): Promise<void>
    get(index: number, opts?: { wait?: boolean; timeout?: number }): Promise<Uint8Array | null>
    has(start: number, end?: number): Promise<boolean>
    append(
      blocks: Uint8Array | Uint8Array[],
      opts?: { keyPair?: KeyPair; signature?: Uint8Array; maxLength?: number }
    ): Promise<{ length: number; byteLength: number }>
    truncate(length: number, opts?: { fork?: number; keyPair?: KeyPair }): Promise<void>
    clear(start: number, end?: number): Promise<unknown>
    treeHash(length?: number): Promise<Uint8Array>
    manifest: Manifest
    /** How many tree nodes are missing here to verify that block. */
    missingNodes(index: number): Promise<number>
    proof(opts: {
      block?: { index: number; nodes: number }
      upgrade?: { start: number; length: number } | undefined
    }): Promise<{ block: { value?: Uint8Array } | null }>
    /** Verifies and stores what `proof` of another session made. */
    applyProof(proof: unknown, from: null): Promise<boolean>
    update(opts?: { wait?: boolean }): Promise<boolean>
    download(range: { start: number; end: number; linear?: boolean }): Download
    session(opts?: object): Hypercore
    setMaxListeners(n: number): void
    on<E extends keyof HypercoreEvents>(event: E, fn: (...args: HypercoreEvents[E]) => void): this
    once<E extends keyof HypercoreEvents>(event: E, fn: (...args: HypercoreEvents[E]) => void): this
    off<E extends keyof HypercoreEvents>(event: E, fn: (...args: HypercoreEvents[E]) => void): this
    static key(manifest: Manifest): Uint8Array
    static discoveryKey(key: Uint8Array): Uint8Array
    static createProtocolStream(isInitiator: boolean | unknown, opts?: object): any
  }
  export type {
    BlockRequests,
    HotswapQueue,
    CorePeer,
    CoreReader,
    InternalCore,
    Manifest,
    ForkProof,
    BlockProof,
    Replicator,
    TreeBatch,
    Download
  }
}

declare module 'hypercore/lib/merkle-tree.js' {
  import type { ForkProof, TreeBatch } from 'hypercore'
  import type { TreeNode } from 'hypercore-crypto'
  const tree: {
    MerkleTree: {
      get(state: unknown, index: number): Promise<TreeNode | null>
      verifyFullyRemote(state: unknown, proof: unknown): TreeBatch
      proof(
        state: unknown,
        batch: unknown,
        wanted: { block: null; hash: null; seek: null; upgrade: { start: number; length: number } }
      ): Promise<{ settle(): Promise<ForkProof> }>
    }
  }
  export default tree
}

declare module 'hypercore/lib/caps.js' {
  const caps: {
    replicate(isInitiator: boolean, key: Uint8Array, handshakeHash: Uint8Array): Uint8Array
  }
  export default caps
}

declare module 'hypercore/lib/verifier.js' {
  const verifier: { createManifest(options: object): object }
  export default verifier
}
