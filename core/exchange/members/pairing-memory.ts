// What this device remembers of pairing: the invites it gave that are still open, so that they can be
// hosted again after a restart, and the one it is trying to redeem, so that it goes on trying.
// Must never: keep an invite's secret on the disk past its expiry while this runs, or after the next start.

import b4a from 'b4a'
import ReadyResource from 'ready-resource'
import { Deadline } from '../../circle/pairing/deadline.ts'
import type { Invite } from '../../encoding/pairing/invite.ts'
import type { OpenInvite, PairingState } from '../../encoding/memory/pairing-state.ts'
import { MAX_OPEN_INVITES } from '../../limits.ts'
import { TemoinError } from '../../errors.ts'
import { wipe as zero } from '../../identity/hash.ts'

/** Where it is kept: `store/files/state-file`. */
export interface PairingFile {
  load(): Promise<PairingState | null>
  save(state: PairingState): Promise<void>
  forget(): Promise<void>
}

export class PairingMemory extends ReadyResource {
  readonly #file: PairingFile
  readonly #now: () => number
  readonly #expiry: Deadline
  #state: PairingState = { open: [], joining: null }

  constructor(file: PairingFile, now: () => number) {
    super()
    this.#file = file
    this.#now = now
    this.#expiry = new Deadline(now, () => void this.#prune().catch(() => {}))
  }

  protected override async _open(): Promise<void> {
    this.#state = (await this.#file.load()) ?? this.#state
    await this.#prune().catch(() => {}) // a full disk: tried again at the next change
  }

  protected override async _close(): Promise<void> {
    await this.wipe()
  }

  /** The key of the file and every secret in memory are wiped: nothing is remembered any more. */
  async wipe(): Promise<void> {
    this.#expiry.clear()
    const { open, joining } = this.#state
    this.#state = { open: [], joining: null }
    await this.#file.forget()
    for (const { invite } of open) zero(invite.secret)
    if (joining) zero(joining.secret)
  }

  /** Invites this device gave that have not expired, oldest first. */
  get open(): readonly OpenInvite[] {
    return this.#state.open.filter(({ invite }) => this.#isAlive(invite))
  }

  /** The invite this device is trying to redeem, or null. */
  get joining(): Invite | null {
    const { joining } = this.#state
    return joining !== null && this.#isAlive(joining) ? joining : null
  }

  /** On the disk when it resolves. @throws TemoinError BAD_STATE where too many are open */
  async remember(open: OpenInvite): Promise<void> {
    if (this.open.length >= MAX_OPEN_INVITES) throw tooMany()
    await this.#change({ open: [...this.open, open] })
  }

  /** The invite with this secret: used up, taken back or expired. */
  async forget(secret: Uint8Array): Promise<void> {
    const open = this.#state.open.filter(({ invite }) => !b4a.equals(invite.secret, secret))
    if (open.length < this.#state.open.length) await this.#change({ open })
  }

  async setJoining(joining: Invite | null): Promise<void> {
    if (joining !== null || this.#state.joining !== null) await this.#change({ joining })
  }

  async #change(change: Partial<PairingState>): Promise<void> {
    this.#state = { ...this.#state, ...change }
    this.#watch()
    await this.#file.save(this.#state)
  }

  async #prune(): Promise<void> {
    const { open, joining } = this.#state
    const alive = { open: [...this.open], joining: this.joining }
    const same = alive.open.length === open.length && alive.joining === joining
    if (same) this.#watch()
    else await this.#change(alive)
  }

  #watch(): void {
    const { open, joining } = this.#state
    const invites = open.map(({ invite }) => invite)
    const times = [...invites, ...(joining ? [joining] : [])].map(({ expiresAtMs }) => expiresAtMs)
    if (times.length > 0 && !this.closing) this.#expiry.set(Math.min(...times))
    else this.#expiry.clear()
  }

  #isAlive({ expiresAtMs }: Invite): boolean {
    return this.#now() < expiresAtMs
  }
}

function tooMany(): TemoinError {
  const sentence =
    'Too many invites are open: end one with Ctrl-C where it runs, or wait for one to expire'
  return new TemoinError('BAD_STATE', sentence)
}
