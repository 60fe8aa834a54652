// The fetching side of one recording: Hypercore's own requests, switched on and off, and whom they go to.
// Must never: fetch while blocks are pushed. Where a pushed block comes between a request and its
// answer, the answer no longer fits the tree, and Hypercore takes its honest sender for a liar, for good.

import type Hypercore from 'hypercore'
import type { CorePeer, Download } from 'hypercore'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import { askForNews, stayInStep } from '../../store/hypercore/in-step.ts'
import { askAgain } from '../../store/hypercore/second-asks.ts'
import type { Link } from '../../types/link.ts'
import type { Mode } from './follow-policy.ts'
import { Turns } from './turns.ts'

export class Fetching {
  mode: Mode
  readonly #store: EvidenceStore
  readonly #turns = new Turns()
  /** By link, as they were found: everybody linked is looked up several times in a second. */
  #found = new WeakMap<Link, CorePeer>()
  #core: Hypercore | null = null
  #download: Download | null = null

  constructor(store: EvidenceStore, mode: Mode) {
    this.#store = store
    this.mode = mode
  }

  start(core: Hypercore): void {
    this.#core = core
    core.core.replicator.setPushOnly(this.mode === 'push')
    if (this.mode === 'pull') this.#download = downloadOf(core)
  }

  stop(): void {
    this.#download?.destroy()
    this.#download = null
    this.#core = null
    this.#found = new WeakMap()
  }

  attach(link: Link): void {
    if (this.#core && !this.#turns.isOut(link)) this.#store.attach(this.#core, link)
  }

  /** @param settled resolves when nothing that was pushed is still on its way to the disk */
  setMode(mode: Mode, settled: () => Promise<void>): void {
    this.mode = mode
    if (mode === 'pull') void settled().then(() => this.#fetch())
    else this.#stopFetching()
  }

  /** While blocks are fetched: nobody is waited for who waits for us, or for long who gives nothing. */
  keepOn(): void {
    if (!this.#core || this.mode !== 'pull') return
    stayInStep(this.#core.core)
    askAgain(this.#core.core)
  }

  /** Asks everybody linked how far they are. */
  ask(): void {
    if (this.#core) askForNews(this.#core.core)
  }

  /** Says on this link at once how far we are. */
  tell(link: Link): void {
    if (this.#core) this.#store.tell(this.#core, link)
  }

  /** Asks somebody else where nothing came from whoever was asked. @returns true where somebody has the turn now */
  passTurn(links: Link[]): boolean {
    return this.#core !== null && this.#turns.pass(this.#core, links, this.#store)
  }

  /** Asks these for nothing, whatever they have; anybody else may be asked. */
  spare(links: Link[]): void {
    if (this.#core) this.#store.spare(this.#core, links)
  }

  /** What the device at the other end announces: -1 where it has said nothing (yet), 0 where it has lied. */
  lengthAt(link: Link): number {
    const peer = this.#peerOn(link)
    return peer?.remoteSynced ? believed(peer) : -1
  }

  /**
   * Blocks that the device at the other end holds without a hole: it may announce more, whose hashes it
   * has and nothing else.
   */
  heldAt(link: Link): number {
    const peer = this.#peerOn(link)
    return peer === null || peer.paused ? 0 : peer.remoteContiguousLength
  }

  /** Longest length that anyone linked announces who has not lied about it. */
  get bestLength(): number {
    return Math.max(0, ...(this.#core?.peers ?? []).map(believed))
  }

  #peerOn(link: Link): CorePeer | null {
    const before = this.#found.get(link)
    if (before?.removed === false) return before
    const found = this.#core?.peers.find(({ protomux }) => protomux === link.mux)
    if (found) this.#found.set(link, found)
    return found ?? null
  }

  #stopFetching(): void {
    this.#core?.core.replicator.setPushOnly(true)
    this.#download?.destroy()
    this.#download = null
  }

  #fetch(): void {
    const core = this.#core
    if (core === null || this.mode !== 'pull') return
    const { replicator } = core.core
    replicator.setPushOnly(false)
    this.#download ??= downloadOf(core)
    askForNews(core.core) // Hypercore asks only who knows our length, and forgets to tell it where we were ahead
    replicator.updateAll()
  }
}

function believed({ paused, remoteLength }: CorePeer): number {
  return paused ? 0 : remoteLength
}

function downloadOf(core: Hypercore): Download {
  const download = core.download({ start: 0, end: -1, linear: true })
  download.done().catch(() => {})
  return download
}
