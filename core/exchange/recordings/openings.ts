// Which recordings of a circle are opened, and when: as they are told of, a few of each author at a time,
// one after the other; and whose they are, where several members say that one is theirs. At a start the
// disk is asked what it has of all that are known: whole ones rest until somebody asks for them.
// Must never: open a recording that its author did not attest.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import { hex } from '../../encoding/hex.ts'
import type { Announced, Claim } from '../../replica/announced.ts'
import type { Replica } from '../../replica/replica.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { HeldCore } from '../../store/held-cores.ts'
import type { DeviceKey } from '../../types/keys.ts'
import { Claims } from './claims.ts'
import type { Peer } from '../members/peer.ts'
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
  /** How large each is matters: this device holds within limits. */
  sizes: boolean
  /** What the disk has is known. */
  onKnown: () => void
  /** Whether one of which the disk has nothing is to be opened. */
  admits: (claim: Claim) => boolean
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

  /** True until the disk has been asked what it has. */
  get isStarting(): boolean {
    return this.#early !== null
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
  grew(replica: Replica): void {
    if (this.#claims.doubts(replica)) void this.#settle(replica)
  }

  /** What is told of so far is known from here on: before anybody is linked. */
  async start(): Promise<void> {
    const { store, replicas, sizes, admits, onKnown } = this.#options
    const early = this.#early!
    const keys = early.map(({ claim }) => claim.announced.recording)
    const held = await store.held(keys, { sizes })
    this.#early = null
    const isDisputed = disputedIn(early)
    const due = early.map((one, i) => held[i] != null && this.#knowHeld(one, held[i], isDisputed))
    onKnown()
    early.forEach(({ claim, onlyHere }, i) => {
      if (held[i] == null && !onlyHere && admits(claim)) due[i] = this.#knowTold(claim)
    })
    const unfinished = early.filter(({ onlyHere }, i) => due[i] && !onlyHere)
    this.#unfinished.addAll(unfinished.map(({ claim }) => claim.announced))
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

  /** @returns whether it is due to be opened: not whole, or what was signed for is not what is here */
  #knowHeld(
    { claim }: Early,
    here: HeldCore,
    isDisputed: (announced: Announced) => boolean
  ): boolean {
    const { self } = this.#options
    const { announced } = claim
    const isLater = here.length > 0 && !isDisputed(announced) // opened before, so checked before
    if (!(isLater || claim.isAttested()) || this.isKnown(announced)) return false
    const replica = this.#know(announced, here)
    if (isLater) this.#unchecked.push({ replica, claim })
    const isOwn = b4a.equals(announced.author, self)
    const isDue = !replica.sealed || (!isOwn && replica.signedBy(self) !== here.length)
    if (!isDue) replica.letGoOfReceipts()
    return isDue
  }

  #knowTold(claim: Claim): boolean {
    if (!claim.isAttested() || this.isKnown(claim.announced)) return false
    this.#know(claim.announced, { length: 0, takenBytes: 0 })
    return true
  }

  #know(announced: Announced, here: HeldCore): Replica {
    const { replicas, onOpened } = this.#options
    const replica = replicas.addResting(announced, here)
    onOpened(replica)
    return replica
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

  async #settle(replica: Replica): Promise<void> {
    const { replicas, onAttributed } = this.#options
    if (!(await this.#claims.settle(replica).catch(() => false))) return
    replicas.attributed(replica)
    onAttributed(replica)
  }

  async #dispute(replica: Replica, announced: Announced): Promise<void> {
    if (b4a.equals(replica.announced.author, announced.author)) return this.#settle(replica)
    this.#claims.add(announced)
    if (replica.core === null && replica.length > 0)
      await this.#inTurn(() => this.#wakeToSettle(replica))
    else await this.#settle(replica)
  }

  /** It rests, and its first block may say whose it is. */
  async #wakeToSettle(replica: Replica): Promise<void> {
    await replica.wake()
    await this.#settle(replica)
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
