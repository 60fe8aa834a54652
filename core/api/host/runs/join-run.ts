// Redeeming an invite for the screens: looked for, asked, let in or refused; one at a time.

import z32 from 'z32'
import type { Device } from '../../../device.ts'
import { decodeInvite } from '../../../encoding/pairing/invite.ts'
import type { Invite } from '../../../encoding/pairing/invite.ts'
import { TemoinError } from '../../../errors.ts'
import type { Exchange } from '../../../exchange/exchange.ts'
import type { JoinState } from '../../contract.ts'
import { failureOf } from '../failure.ts'
import type { StateStore } from '../state-store.ts'
import { phrasesOf } from './invite-runs.ts'

/** The inviter is on the line at this point: its journals are a matter of moments. */
const ROSTER_MS = 30_000
const LOOK_MS = 50

export interface JoinRunOptions {
  device: Device
  store: StateStore
  /** The circle is to be among the circles before it is said. */
  onJoined: () => void
}

export class JoinRun {
  readonly #options: JoinRunOptions
  #state: JoinState | null = null
  #cancel: (() => void) | null = null
  #running: Promise<void> = Promise.resolve()

  constructor(options: JoinRunOptions) {
    this.#options = options
    const { pendingInvite } = options.device
    if (pendingInvite !== null) this.#set({ ...fresh(pendingInvite), phase: 'pending' })
  }

  /** @throws TemoinError BAD_STATE where one is under way; INVITE_MANGLED, INVITE_FOREIGN */
  start(url: string | null, name: string | null): void {
    if (this.#cancel !== null) {
      throw new TemoinError(
        'BAD_STATE',
        'This device is joining a circle already: cancel that first'
      )
    }
    const invite = url === null ? this.#options.device.pendingInvite : decodeInvite(url)
    if (invite === null) throw new TemoinError('BAD_INPUT', 'No invite is pending on this device')
    this.#set(fresh(invite))
    this.#running = this.#join(invite, name)
  }

  async cancel(forget: boolean): Promise<void> {
    this.#cancel?.()
    await this.#running
    const { device } = this.#options
    if (forget) await device.forgetPendingInvite()
    const pending = device.pendingInvite
    this.#set(pending === null ? null : { ...fresh(pending), phase: 'pending' })
  }

  close(): void {
    this.#cancel?.()
  }

  async #join(invite: Invite, name: string | null): Promise<void> {
    const { device } = this.#options
    const cancelled = new Promise<void>((resolve) => (this.#cancel = resolve))
    let isCancelled = false
    void cancelled.then(() => (isCancelled = true))
    try {
      const exchange = await device.join(invite, {
        ...(name === null ? {} : { name }),
        cancelled,
        onAttempt: (attempt) => this.#change({ attempt }),
        onAsked: ({ phrase, confirm }) =>
          this.#change({ phase: 'asked', phrases: phrasesOf(phrase), confirm })
      })
      await isMember(exchange, device, () => isCancelled)
      this.#options.onJoined()
      this.#change({ phase: 'joined', circle: z32.encode(exchange.circle.id) })
    } catch (err) {
      if (!isCancelled) this.#change({ phase: 'refused', failure: failureOf(err) })
    } finally {
      this.#cancel = null
    }
  }

  #change(some: Partial<JoinState>): void {
    if (this.#state !== null) this.#set({ ...this.#state, ...some })
  }

  #set(state: JoinState | null): void {
    this.#state = state
    this.#options.store.set('join', state)
  }
}

/** Until the journals have come that say so. */
async function isMember(
  { circle }: Exchange,
  { key }: Device,
  isCancelled: () => boolean
): Promise<void> {
  for (let waitedMs = 0; circle.roster.active(key) === null; waitedMs += LOOK_MS) {
    if (waitedMs >= ROSTER_MS || isCancelled()) return
    await new Promise<void>((resolve) => void setTimeout(resolve, LOOK_MS))
  }
}

function fresh({ expiresAtMs }: Invite): JoinState {
  return {
    phase: 'looking',
    attempt: 0,
    expiresAtMs,
    phrases: null,
    confirm: false,
    circle: null,
    failure: null
  }
}
