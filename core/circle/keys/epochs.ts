// The secrets of one circle as this device has them: which one it writes with, which are handed on to
// whom, and when a new one is due. `epoch-policy.ts` decides; this remembers, opens and has it said.
// Must never: hand a secret to a device that its maker shut out, or a whole one to a relay.

import b4a from 'b4a'
import type { CircleSecret } from '../../encoding/pairing/circle-secret.ts'
import type { CircleState } from '../../encoding/memory/device-state.ts'
import { hex } from '../../encoding/hex.ts'
import type { JournalEntry, Rekeyed } from '../../encoding/journal/journal-entry.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { MAX_EPOCHS } from '../../limits.ts'
import type { DeviceKey, EpochId } from '../../types/keys.ts'
import { carries, epochsIn } from './epoch-holders.ts'
import type { Epoch } from './epoch-holders.ts'
import { needsRekey, rated, turnOf } from './epoch-policy.ts'
import { fairly } from './fairly.ts'
import { KeyRing } from './key-ring.ts'
import type { RingKey } from './key-ring.ts'
import { Rekeyer } from './rekeyer.ts'
import { makeRekeyed, openRekeyed } from './rekeying.ts'
import { longestKnown } from '../remembered/known-members.ts'
import { canRead } from '../roster.ts'
import type { JournalLine, Member, Roster } from '../roster.ts'
import { epochIdOf, forRelay, relaySecretIn, tagKey } from './secrets.ts'

/** Beside the first. */
const MAX_CARRIED = MAX_EPOCHS - 1
/** Secrets that came with others, and whose own line has not been read: a few hundred bytes each. */
const MAX_UNTOLD = 4096

export interface EpochsOptions {
  state: CircleState
  keys: DeviceKeys
  roster: () => Roster
  lines: () => readonly JournalLine[]
  say: (entry: JournalEntry) => Promise<void>
  /** Persists the state; a full disk is no matter, for the journals tell it again. */
  save: () => void
  /** A secret that was not here before, or not whole: what waits for it can be read. */
  onKey: (id: EpochId) => void
  now: () => number
}

export class Epochs {
  readonly #options: EpochsOptions
  readonly #ring: KeyRing
  readonly #firstId: EpochId
  readonly #rekeyer: Rekeyer
  /** Epochs whose line was read, whoever said it. */
  readonly #told = new Set<string>()
  /** Null where a line has come since that may change them. */
  #known: Epoch[] | null = null
  /** For which members this device has re-keyed, and how often. */
  #served: { roster: Roster | null; times: number } = { roster: null, times: 0 }
  #started = false

  constructor(options: EpochsOptions) {
    const { secret, later } = options.state
    this.#options = options
    this.#ring = new KeyRing([secret, ...later])
    this.#firstId = this.#ring.add(secret).id
    this.#rekeyer = new Rekeyer({
      turn: () => this.#turn(),
      times: () => this.#times,
      rekey: () => this.#rekey()
    })
  }

  /** The journals that are here have been read. */
  start(): void {
    this.#started = true
    this.#changed()
  }

  close(): Promise<void> {
    return this.#rekeyer.stop()
  }

  /** The keys of that epoch, or null where they are not here yet. */
  keyOf(id: EpochId): RingKey | null {
    return this.#ring.get(id)
  }

  /**
   * What an entry is encrypted with. A new secret is told under the first one, which every member has
   * whatever it missed, or was cheated of, since: what it holds is sealed for each of them by itself.
   */
  keyFor({ kind }: JournalEntry): RingKey {
    return kind === 'rekeyed' ? this.#first : this.current
  }

  /** What is written with now: the best epoch that this device can open, all of it if it can. */
  get current(): RingKey {
    const granted = this.#untold()
    if (granted !== null) return granted
    const best = rated(this.#options.roster(), this.#epochs)
    const keys = best.flatMap(({ epoch }) => this.#ring.get(epoch.id) ?? [])
    const whole = this.#isRelay ? undefined : keys.find(({ secret }) => secret.whole)
    return whole ?? keys[0] ?? this.#first
  }

  /** Keys the tags of recordings that begin now. */
  get tagKey(): Uint8Array {
    return tagKey(relaySecretIn(this.current.secret))
  }

  /** False on a relay; and on what was one, until another organiser has let it have the rest. */
  get isWhole(): boolean {
    return this.#first.secret.whole
  }

  /** A line that changes who has which secret, or the roster, which need not show it yet. */
  take({ entry }: JournalLine): void {
    this.#known = null
    if (entry.kind === 'rekeyed') this.#open(entry.body)
  }

  /** The roster shows all that was taken. */
  weighed(): void {
    this.#known = null
    if (this.#started) this.#changed()
  }

  /** The device was unlocked: what was sealed for it meanwhile opens now. */
  retry(): void {
    for (const { entry } of this.#options.lines()) {
      if (entry.kind === 'rekeyed') this.#open(entry.body)
    }
    if (this.#started) this.#changed()
  }

  /** What must stand right behind a revocation of this device by us; nothing where it is not ours to say. */
  behind(device: DeviceKey): JournalEntry[] {
    const { roster, keys } = this.#options
    const own = b4a.equals(device, keys.device)
    if (own || turnOf(roster(), keys.device) === -1) return []
    return [{ kind: 'rekeyed', body: this.#make(device) }]
  }

  /** The first secret, and the later ones a new member is let have, the one in use last. */
  secretsFor(device: DeviceKey): { secret: CircleSecret; later: CircleSecret[] } {
    const id = hex(device)
    const isRelay = this.#options.roster().find(device)?.role === 'relay'
    const isShut = ({ without, relays }: Epoch): boolean =>
      without.has(id) || (!isRelay && relays.has(id))
    const shut = this.#epochs.filter(isShut).map((epoch) => hex(epoch.id))
    const later = this.#options.state.later.filter(
      (secret) => !shut.includes(hex(this.#ring.add(secret).id))
    )
    const given = (secret: CircleSecret): CircleSecret => (isRelay ? forRelay(secret) : secret)
    return { secret: given(this.#first.secret), later: later.map(given) }
  }

  get #first(): RingKey {
    return this.#ring.get(this.#firstId)!
  }

  get #isRelay(): boolean {
    const { roster, keys } = this.#options
    return roster().find(keys.device)?.role === 'relay'
  }

  get #epochs(): Epoch[] {
    const { roster, lines } = this.#options
    this.#known ??= epochsIn(roster(), lines(), this.#firstId)
    return this.#known
  }

  /** The last secret we were given where its line is not here yet: newer than all that is. */
  #untold(): RingKey | null {
    const last = this.#options.state.later.at(-1)
    if (last === undefined) return null
    const key = this.#ring.add(last)
    return this.#told.has(hex(key.id)) ? null : key
  }

  #open(body: Rekeyed): void {
    const id = hex(body.epoch)
    const isNew = !this.#told.has(id)
    this.#told.add(id)
    this.#takeFrom(body)
    if (!isNew || this.#ring.get(body.epoch)?.secret.whole) return
    for (const { entry } of this.#options.lines()) {
      if (entry.kind === 'rekeyed' && carries(entry.body, body.epoch)) this.#takeFrom(entry.body)
    }
  }

  /** Of secrets that no line tells of, which anybody can make up, so many are taken and no more. */
  #takeFrom(body: Rekeyed): void {
    const { keys, onKey } = this.#options
    for (const secret of openRekeyed(body, keys)) {
      const known = this.#ring.find(secret)
      const isTold = this.#told.has(hex(epochIdOf(relaySecretIn(secret))))
      if (known === null && !isTold && this.#ring.size >= this.#told.size + MAX_UNTOLD) continue
      const key = this.#ring.add(secret)
      if (key !== known) onKey(key.id)
    }
  }

  #changed(): void {
    this.#remember()
    this.#rekeyer.check()
  }

  /** Beside the journals, which may be lost with a damaged store: the one in use stays the last. */
  #remember(): void {
    const { state, save } = this.#options
    const first = this.#first.secret
    const authors = new Map(this.#epochs.map(({ id, author }) => [hex(id), author]))
    const known = state.later.map((secret) => this.#ring.add(secret))
    const here = this.#epochs.flatMap(({ id }) => this.#ring.get(id) ?? [])
    const all = new Map([...known, ...here].map((key) => [hex(key.id), key]))
    all.delete(hex(this.#firstId))
    const last = all.get(hex(this.current.id))
    const others = [...all.values()].filter((key) => key !== last)
    const authorOf = ({ id }: RingKey): string => authors.get(hex(id)) ?? ''
    const kept = fairly(others, authorOf, MAX_CARRIED - 1)
    const later = (last === undefined ? kept : [...kept, last]).map(({ secret }) => secret)
    if (isSame(first, state.secret) && sameInOrder(later, state.later)) return
    Object.assign(state, { secret: first, later })
    save()
  }

  #turn(): number {
    const { roster, keys } = this.#options
    const now = roster()
    if (!this.#started) return -1
    if (keys.isLocked) return -1 // what it cannot open now may be there all the same
    const canOpen = ({ id }: Epoch): boolean => this.#ring.get(id)?.secret.whole ?? false
    const isDue = needsRekey(now, this.#epochs, canOpen)
    return isDue ? turnOf(now, keys.device) : -1
  }

  async #rekey(): Promise<void> {
    const now = this.#options.roster()
    const times = this.#times + 1
    await this.#options.say({ kind: 'rekeyed', body: this.#make(null) })
    this.#served = { roster: now, times }
  }

  /** How often it has re-keyed while who belongs has stayed the same: others may give it cause again and again. */
  get #times(): number {
    const { roster, times } = this.#served
    return this.#options.roster() === roster ? times : 0
  }

  /** @param leaving a member that is being revoked */
  #make(leaving: DeviceKey | null): Rekeyed {
    const { roster, state, now } = this.#options
    const isOut = ({ device, state }: Member): boolean =>
      state !== 'active' || (leaving !== null && b4a.equals(device, leaving))
    const { members } = roster()
    const known = leaving === null ? state.revoked : [leaving, ...state.revoked]
    const latest = Math.max(...this.#epochs.map(({ atMs }) => atMs))
    const staying = longestKnown(
      members.filter((member) => !isOut(member)),
      state.members
    )
    return makeRekeyed({
      members: staying.map((member) => ({ ...member, isRelay: !canRead(member.role) })),
      without: longestKnown(members.filter(isOut), known).map(({ device }) => device),
      older: this.#carried,
      atMs: Math.min(Math.max(now(), latest + 1), Number.MAX_SAFE_INTEGER)
    })
  }

  /** Whole ones: the first, which who was a relay has not, and the newest. */
  get #carried(): Uint8Array[] {
    const secrets = [this.#first.secret, ...this.#options.state.later.slice(-MAX_CARRIED)]
    return secrets.flatMap(({ whole, bytes }) => (whole ? [bytes] : []))
  }
}

function isSame(a: CircleSecret, b: CircleSecret): boolean {
  return a.whole === b.whole && b4a.equals(a.bytes, b.bytes)
}

function sameInOrder(a: CircleSecret[], b: CircleSecret[]): boolean {
  return a.length === b.length && a.every((each, i) => isSame(each, b[i]!))
}
