// Ambient typings for the Holepunch packages that ship none: only what the engine calls.

declare module 'hypercore-crypto' {
  interface KeyPair {
    publicKey: Uint8Array
    secretKey: Uint8Array
  }
  interface TreeNode {
    index: number
    size: number
    hash: Uint8Array
  }
  const crypto: {
    keyPair(seed?: Uint8Array): KeyPair
    sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array
    verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean
    encrypt(message: Uint8Array, publicKey: Uint8Array): Uint8Array
    decrypt(ciphertext: Uint8Array, keyPair: KeyPair): Uint8Array | null
    encryptionKeyPair(seed?: Uint8Array): KeyPair
    data(data: Uint8Array): Uint8Array
    parent(a: TreeNode, b: TreeNode): Uint8Array
    tree(roots: TreeNode[]): Uint8Array
    hash(data: Uint8Array | Uint8Array[]): Uint8Array
    randomBytes(n: number): Uint8Array
    discoveryKey(key: Uint8Array): Uint8Array
    namespace(name: string, count: number | number[]): Uint8Array[]
  }
  export default crypto
  export type { KeyPair, TreeNode }
}

declare module 'sodium-universal' {
  const sodium: {
    crypto_generichash(out: Uint8Array, data: Uint8Array, key?: Uint8Array): void
    crypto_generichash_batch(out: Uint8Array, parts: Uint8Array[], key?: Uint8Array): void
    crypto_hash_sha256(out: Uint8Array, data: Uint8Array): void
    crypto_hash_sha256_STATEBYTES: number
    crypto_hash_sha256_init(state: Uint8Array): void
    crypto_hash_sha256_update(state: Uint8Array, data: Uint8Array): void
    crypto_hash_sha256_final(state: Uint8Array, out: Uint8Array): void
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      c: Uint8Array,
      m: Uint8Array,
      ad: Uint8Array | null,
      nsec: null,
      npub: Uint8Array,
      k: Uint8Array
    ): number
    crypto_stream_xchacha20_xor_ic(
      c: Uint8Array,
      m: Uint8Array,
      n: Uint8Array,
      ic: number,
      k: Uint8Array
    ): void
    crypto_aead_xchacha20poly1305_ietf_decrypt(
      m: Uint8Array,
      nsec: null,
      c: Uint8Array,
      ad: Uint8Array | null,
      npub: Uint8Array,
      k: Uint8Array
    ): number
    crypto_box_seal(c: Uint8Array, m: Uint8Array, pk: Uint8Array): void
    crypto_box_seal_open(m: Uint8Array, c: Uint8Array, pk: Uint8Array, sk: Uint8Array): boolean
    crypto_sign_detached(sig: Uint8Array, m: Uint8Array, sk: Uint8Array): void
    crypto_sign_verify_detached(sig: Uint8Array, m: Uint8Array, pk: Uint8Array): boolean
    crypto_pwhash_ALG_ARGON2ID13: number
    crypto_pwhash_async(
      out: Uint8Array,
      passwd: Uint8Array,
      salt: Uint8Array,
      opslimit: number,
      memlimit: number,
      alg: number
    ): Promise<void>
    randombytes_buf(buf: Uint8Array): void
    sodium_memzero(buf: Uint8Array): void
    sodium_memcmp(a: Uint8Array, b: Uint8Array): boolean
    sodium_malloc(n: number): Uint8Array
  }
  export default sodium
}

declare module 'flat-tree' {
  interface FlatIterator {
    index: number
    factor: number
    sibling(): number
    parent(): number
  }
  const flat: {
    fullRoots(index: number): number[]
    leftSpan(index: number): number
    parent(index: number): number
    sibling(index: number): number
    iterator(index: number): FlatIterator
  }
  export default flat
}

declare module 'z32' {
  const z32: { encode(buf: Uint8Array): string; decode(text: string): Uint8Array }
  export default z32
}

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
    remotePublicKey: Uint8Array
    remoteFork: number
    remoteLength: number
    remoteContiguousLength: number
    remoteOpened: boolean
    /** It has said how long its core is. */
    remoteSynced: boolean
    /** What it has said it knows of our length. */
    lengthAcked: number
    inflight: number
    sendSync(): void
    wireRequest: { send(msg: unknown): void }
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
  }

  interface ForkProof {
    fork: number
    upgrade: {
      start: number
      length: number
      nodes: TreeNode[]
      additionalNodes: TreeNode[]
      signature: Uint8Array
    }
    manifest: unknown
  }

  interface BlockProof {
    fork: number
    block: { index: number; value: Uint8Array; nodes: TreeNode[] } | null
    hash: null
    seek: null
    upgrade: {
      start: number
      length: number
      nodes: TreeNode[]
      additionalNodes: TreeNode[]
      signature: Uint8Array
    } | null
    manifest: unknown
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
      storage: { read(): { getBlock(index: number): Promise<Uint8Array | null>; tryFlush(): void } }
    }
    storage: unknown
    ready(): Promise<void>
    flushHints(): Promise<void>
    reorg(batch: unknown): Promise<boolean>
    hintsChanged: boolean
    checkConflict(proof: ForkProof, from: CorePeer): Promise<boolean>
    verify(proof: BlockProof, from?: unknown): Promise<boolean>
    _verifyBatchUpgrade(batch: unknown, manifest: unknown): unknown
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
  export type { CorePeer, InternalCore, Manifest, ForkProof, BlockProof, Replicator, Download }
}

declare module 'hypercore/lib/merkle-tree.js' {
  import type { ForkProof } from 'hypercore'
  import type { TreeNode } from 'hypercore-crypto'
  const tree: {
    MerkleTree: {
      get(state: unknown, index: number): Promise<TreeNode | null>
      verifyFullyRemote(state: unknown, proof: unknown): unknown
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

declare module 'hypercore-storage' {
  export default class HypercoreStorage {
    constructor(
      dir: string,
      opts?: {
        writeBufferSize?: number
        treeCache?: { maxSize: number }
        allowBackup?: boolean
        readOnly?: boolean
      }
    )
    db: KeyValues
    rocks: { close(): Promise<void> }
  }

  /** The database below all cores. */
  interface KeyValues {
    ready(): Promise<void>
    get(key: Uint8Array): Promise<Uint8Array | null>
    put(key: Uint8Array, value: Uint8Array): Promise<void>
    flush(): Promise<void>
    close(): Promise<void>
    iterator(range: {
      gte: Uint8Array
      lt: Uint8Array
      limit?: number
      values?: boolean
    }): AsyncIterable<{ key: Uint8Array; value: Uint8Array }>
  }
  export type { KeyValues }
}

declare module 'hypercore-storage/lib/keys.js' {
  const keys: {
    store: { head(): Uint8Array; core(discoveryKey: Uint8Array): Uint8Array }
    core: {
      auth(number: number): Uint8Array
      data(number: number): Uint8Array
      block(number: number, index: number): Uint8Array
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

declare module 'corestore' {
  import type Hypercore from 'hypercore'
  import type { InternalCore, Manifest } from 'hypercore'

  interface Rocks {
    path: string
    currentWalFile(): Promise<{ path: string; number: number; type: number; size: number }>
    flush(): Promise<void>
    close(): Promise<void>
  }

  interface CoreInfo {
    discoveryKey: Uint8Array
    head: { fork: number; length: number; rootHash: Uint8Array; signature: Uint8Array } | null
    hints: { contiguousLength: number } | null
  }

  /** What the database says of cores, opened or not (hypercore-storage). Only core/store touches it. */
  interface CorestoreStorage {
    hasCore(discoveryKey: Uint8Array): Promise<boolean>
    getInfos(
      discoveryKeys: Uint8Array[],
      opts?: { auth?: boolean; head?: boolean; hints?: boolean }
    ): Promise<(CoreInfo | null)[]>
    resumeCore(discoveryKey: Uint8Array): Promise<{
      read(): {
        getBitfieldPage(index: number): Promise<Uint8Array | null>
        getBlock(index: number): Promise<Uint8Array | null>
        getTreeNode(index: number): Promise<import('hypercore-crypto').TreeNode | null>
        tryFlush(): void
      }
      close(): Promise<void>
    } | null>
  }

  export type { CoreInfo, CorestoreStorage }

  export default class Corestore {
    constructor(
      storage: string | import('hypercore-storage').default,
      opts?: { allowBackup?: boolean; wait?: boolean; readOnly?: boolean }
    )
    opened: boolean
    closing: Promise<void> | null
    storage: CorestoreStorage & {
      path: string
      db: import('hypercore-storage').KeyValues
      rocks: Rocks
      deviceFile: { close(): Promise<void> } | null
    }
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

declare module 'protomux' {
  import type { Encoder } from 'compact-encoding'

  interface Message<T> {
    send(value: T): boolean
  }
  interface Channel {
    opened: boolean
    closed: boolean
    userData: unknown
    messages: Message<any>[]
    open(handshake?: unknown): void
    close(): void
    cork(): void
    uncork(): void
  }
  interface ChannelOptions {
    protocol: string
    id?: Uint8Array | null
    unique?: boolean
    userData?: unknown
    handshake?: Encoder<any> | null
    messages: { encoding: any; onmessage: (value: any, channel: Channel) => unknown }[]
    onopen?: (handshake: any, channel: Channel) => unknown
    onclose?: (isRemote: boolean, channel: Channel) => unknown
    ondrain?: (channel: Channel) => unknown
    ondestroy?: (channel: Channel) => unknown
  }
  export default class Protomux {
    constructor(stream: unknown)
    static from(stream: unknown): Protomux
    stream: import('@hyperswarm/secret-stream').default
    drained: boolean
    createChannel(opts: ChannelOptions): Channel | null
    opened(opts: { protocol: string; id?: Uint8Array | null }): boolean
    /** The channel opened last under that name, opened by the other end as well or not; null where none is. */
    getLastChannel(opts: { protocol: string; id?: Uint8Array | null }): Channel | null
    /** Channels that are open, or being opened, here. */
    [Symbol.iterator](): IterableIterator<Channel>
    pair(
      opts: { protocol: string; id?: Uint8Array | null },
      notify: (id: Uint8Array | null) => unknown
    ): void
    unpair(opts: { protocol: string; id?: Uint8Array | null }): void
    /** How many times it was corked and not uncorked. */
    corked: number
    /** The stream took all that was written. */
    drained: boolean
    cork(): void
    uncork(): void
    destroy(err?: Error): void
  }
  export type { Channel, ChannelOptions, Message }
}

declare module '@hyperswarm/secret-stream' {
  export default class NoiseSecretStream {
    constructor(isInitiator: boolean, rawStream?: unknown, opts?: object)
    publicKey: Uint8Array
    remotePublicKey: Uint8Array
    handshakeHash: Uint8Array
    isInitiator: boolean
    opened: Promise<boolean>
    connected: boolean
    destroyed: boolean
    destroying: boolean
    rawStream: {
      rtt?: number
      remoteHost?: string
      remotePort?: number
      bytesTransmitted?: number
      bytesReceived?: number
      packetsReceived?: number
      inflight?: number
    }
    rawBytesRead: number
    rawBytesWritten: number
    userData: unknown
    setKeepAlive(ms: number): void
    setTimeout(ms: number): void
    destroy(err?: Error | null): void
    write(data: Uint8Array): boolean
    /** A datagram beside the stream: may be lost, and waits for nothing. */
    trySend(data: Uint8Array): void
    end(): void
    on(event: string, fn: (...args: any[]) => void): this
    once(event: string, fn: (...args: any[]) => void): this
    off(event: string, fn: (...args: any[]) => void): this
    removeListener(event: string, fn: (...args: any[]) => void): this
    setMaxListeners(n: number): void
  }
}

declare module 'hyperdht' {
  import type NoiseSecretStream from '@hyperswarm/secret-stream'
  import type { KeyPair } from 'hypercore-crypto'

  interface Address {
    host: string
    port: number
  }
  interface DHTServer {
    listen(keyPair: KeyPair): Promise<void>
    close(): Promise<void>
    address(): { publicKey: Uint8Array; host: string; port: number } | null
    on(event: 'connection', fn: (conn: NoiseSecretStream) => void): this
  }
  export default class HyperDHT {
    constructor(opts?: {
      bootstrap?: (Address | string)[]
      nodes?: Address[]
      keyPair?: KeyPair
      port?: number
      host?: string
      anyPort?: boolean
      ephemeral?: boolean
      firewalled?: boolean
      connectionKeepAlive?: number | false
    })
    static keyPair(seed?: Uint8Array): KeyPair
    static bootstrapper(port: number, host: string, opts?: object): HyperDHT
    ready(): Promise<void>
    fullyBootstrapped(): Promise<void>
    destroy(opts?: { force?: boolean }): Promise<void>
    suspend(): Promise<void>
    resume(): Promise<void>
    address(): { host: string; family: number; port: number } | null
    localAddress(): Address | null
    remoteAddress(): Address | null
    createServer(
      opts: {
        firewall?: (
          remotePublicKey: Uint8Array,
          payload: unknown,
          clientAddress?: unknown
        ) => boolean
        shareLocalAddress?: boolean
        handshakeClearWait?: number
      },
      onconnection?: (conn: NoiseSecretStream) => void
    ): DHTServer
    connect(
      publicKey: Uint8Array,
      opts?: {
        keyPair?: KeyPair
        relayAddresses?: Address[]
        localConnection?: boolean
        fastOpen?: boolean
      }
    ): NoiseSecretStream
    on(event: string, fn: (...args: any[]) => void): this
    off(event: string, fn: (...args: any[]) => void): this
  }
  export type { Address, DHTServer }
}

declare module 'hyperdht/lib/noise-wrap.js' {
  import type { KeyPair } from 'hypercore-crypto'
  export default class NoiseWrap {
    constructor(keyPair: KeyPair, remotePublicKey: Uint8Array | null)
    send(payload: object): Uint8Array
  }
}

declare module 'hyperdht/testnet.js' {
  import type HyperDHT from 'hyperdht'
  import type { Address } from 'hyperdht'
  interface Testnet {
    nodes: HyperDHT[]
    bootstrap: Address[]
    createNode(opts?: object): HyperDHT
    destroy(): Promise<void>
  }
  export default function createTestnet(size?: number, opts?: object): Promise<Testnet>
}
