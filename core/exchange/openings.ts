// Which recordings of a circle are opened, and when: as they are told of, a few of each author at a time,
// one after the other; and whose they are, where several members say that one is theirs. At a start the
// disk is asked what it has of all that are known: whole ones rest until somebody asks for them.
// Must never: open a recording that its author did not attest.

import b4a from 'b4a'
import type { Circle } from '../circle/circle.ts'
import { hex } from '../encoding/hex.ts'
import type { Announced, Claim } from '../replica/announced.ts'
import type { Replica } from '../replica/replica.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import type { DeviceKey } from '../types/keys.ts'
import { Claims } from './claims.ts'
import type { Peer } from './members/peer.ts'
import type { Replicas } from './replicas.ts'
import { Unfinished } from './unfinished.ts'

/** Attestations looked at with each tick after a start: some milliseconds. */
const CHECKS = 64

interface Early {
  claim: Claim
  onlyHere: boolean
}

export interface OpeningsOptions {
  circle: Circle
  self: DeviceKey
  store: EvidenceStore
  replicas: Replicas
  /** Members linked and heard from. */
  peers: () => Peer[]
  /** Time that never goes back, ms. */
  steadyMs: () => number
  /** Open for the first time. */
  onOpened: (replica: Replica) => void
  /** It is about to rest, whole or not: others of its author have their turn. */
  onRest: (replica: Replica) => void
  /** It is another member's than was believed. */
  onAttributed: (replica: Replica) => void
  onError: (err: unknown) => void
}

export class Openings {
  readonly #options: OpeningsOptions
  readonly #claims: Claims
  readonly #unfinished: Unfinished
  /** Told of before the start, in order; null from then on. */
  #early: Early[] | null = []
  /** At rest since the start: they were checked before they were first opened, and are again, in time. */
  readonly #unchecked: { replica: Replica; claim: Claim }[] = []
  #opening: Promise<unknown> = Promise.resolve()

  constructor(options: OpeningsOptions) {
    const { circle, replicas, steadyMs, onRest } = options
    this.#options = options
    this.#claims = new Claims(circle.id)
    this.#unfinished = new Unfinished({
      replicaOf: (key) => replicas.get(key),
      open: (announced) => this.#inTurn(() => this.#open(announced)),
      rest: async (replica) => {
        onRest(replica)
        await replica.rest()
      },
      steadyMs
    })
  }

  /** @param onlyHere where none of its blocks is here, it stays so */
  later(claim: Claim | null, { onlyHere = false } = {}): void {
    if (claim === null) return
    if (this.#early !== null) return void this.#early.push({ claim, onlyHere })
    if (!claim.isAttested()) return
    const { announced } = claim
    if (this.isKnown(announced)) return
    if (!onlyHere) return this.#unfinished.add(announced)
    void this.#inTurn(async () => {
      if (await this.#options.store.has(announced.recording)) await this.#open(announced)
    }).catch(() => {})
  }

  /** It rests though it may not be whole, and somebody may have the rest of it. */
  wake({ announced }: Replica): void {
    this.#unfinished.add(announced)
  }

  /** True where it is open already, or being opened; then whose it is may have to be found out. */
  isKnown(announced: Announced): boolean {
    const { replicas } = this.#options
    if (!replicas.knows(announced.recording)) return false
    void replicas
      .settled(announced.recording)
      .then((replica) => replica && this.#dispute(replica, announced))
    return true
  }

  /** Its first block may be here: it may turn out to be another member's than who said so first. */
  async settle(replica: Replica): Promise<void> {
    const { replicas, onAttributed } = this.#options
    if (!(await this.#claims.settle(replica).catch(() => false))) return
    replicas.attributed(replica)
    onAttributed(replica)
  }

  /** What is told of so far is known from here on: before anybody is linked. */
  async start(): Promise<void> {
    const { store, replicas } = this.#options
    const early = this.#early!
    const held = await store.held(early.map(({ claim }) => claim.announced.recording))
    this.#early = null
    const isDisputed = disputedIn(early)
    const unfinished: Announced[] = []
    early.forEach(({ claim, onlyHere }, i) => {
      const { announced } = claim
      const length = held[i]?.length ?? 0
      const isLater = length > 0 && !isDisputed(announced) // opened before, so checked before
      if ((onlyHere && !held[i]) || !(isLater || claim.isAttested())) return
      if (this.isKnown(announced)) return
      const { replica, isDue } = this.#know(announced, length)
      if (isLater) this.#unchecked.push({ replica, claim })
      if (isDue && !onlyHere) unfinished.push(announced)
    })
    this.#unfinished.addAll(unfinished)
    await this.#opening
    await Promise.all(replicas.awake.map((replica) => replica.look()))
  }

  tick(): void {
    this.#unfinished.tick()
    for (const { replica, claim } of this.#unchecked.splice(-CHECKS)) {
      if (!claim.isAttested()) this.#options.replicas.forget(replica)
    }
  }

  /** Resolves when nothing is being opened. */
  async settled(): Promise<void> {
    await this.#opening
  }

  /** Due to be opened: what is not whole, or where what was signed for is not what is here. */
  #know(announced: Announced, length: number): { replica: Replica; isDue: boolean } {
    const { replicas, onOpened, self } = this.#options
    const replica = replicas.addResting(announced, length)
    onOpened(replica)
    const isOwn = b4a.equals(announced.author, self)
    return { replica, isDue: !replica.sealed || (!isOwn && replica.signedBy(self) !== length) }
  }

  #inTurn(open: () => Promise<void>): Promise<void> {
    const done = this.#opening.then(open)
    this.#opening = done.catch(this.#options.onError)
    return done
  }

  async #open(announced: Announced): Promise<void> {
    const { replicas, peers, onOpened } = this.#options
    const known = replicas.get(announced.recording)
    if (known === null) return onOpened(await replicas.add(announced))
    await known.wake()
    for (const { link } of peers()) known.attach(link)
    await this.#dispute(known, announced)
  }

  async #dispute(replica: Replica, announced: Announced): Promise<void> {
    if (b4a.equals(replica.announced.author, announced.author)) return this.settle(replica)
    this.#claims.add(announced)
    if (replica.core === null && replica.length > 0)
      await this.#inTurn(() => this.#wakeToSettle(replica))
    else await this.settle(replica)
  }

  /** It rests, and its first block may say whose it is. */
  async #wakeToSettle(replica: Replica): Promise<void> {
    await replica.wake()
    await this.settle(replica)
  }
}

/** Whether several say that a recording is theirs. */
function disputedIn(early: readonly Early[]): (announced: Announced) => boolean {
  const claims = new Map<string, number>()
  for (const { claim } of early) {
    const id = hex(claim.announced.recording)
    claims.set(id, (claims.get(id) ?? 0) + 1)
  }
  return ({ recording }) => claims.get(hex(recording))! > 1
}
