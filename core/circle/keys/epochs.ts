// The secrets of one circle as this device has them: which one it writes with, which are handed on to
// whom, and when a new one is due. `epoch-policy.ts` decides; this remembers, opens and has it said.
// Must never: hand a secret to a device that its maker shut out.

import b4a from 'b4a'
import type { CircleState } from '../../encoding/device-state.ts'
import { hex } from '../../encoding/hex.ts'
import type { JournalEntry, Rekeyed } from '../../encoding/journal-entry.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { MAX_EPOCHS } from '../../limits.ts'
import type { DeviceKey, EpochId } from '../../types/keys.ts'
import { epochsIn, firstEpoch, needsRekey, rated, turnOf } from './epoch-policy.ts'
import type { Epoch } from './epoch-policy.ts'
import { KeyRing } from './key-ring.ts'
import type { RingKey } from './key-ring.ts'
import { Rekeyer } from './rekeyer.ts'
import { makeRekeyed, openRekeyed } from './rekeying.ts'
import { longestKnown } from '../known-members.ts'
import type { JournalLine, Member, Roster } from '../roster.ts'
import { epochIdOf } from './secrets.ts'

export interface EpochsOptions {
  state: CircleState
  keys: DeviceKeys
  roster: () => Roster
  lines: () => readonly JournalLine[]
  say: (entry: JournalEntry) => Promise<void>
  /** Persists the state; a full disk is no matter, for the journals tell it again. */
  save: () => void
  /** A secret that was not here before: what waits for it can be read. */
  onKey: (id: EpochId) => void
  now: () => number
}

export class Epochs {
  readonly #options: EpochsOptions
  readonly #ring: KeyRing
  readonly #first: RingKey
  readonly #rekeyer: Rekeyer
  /** Epochs whose line was read, whoever said it. */
  readonly #told = new Set<string>()
  /** Null where a line has come since that may change them. */
  #known: Epoch[] | null = null
  /** Re-keyed for already: one need must not make one new secret after another. */
  #served: Roster | null = null
  #started = false

  constructor(options: EpochsOptions) {
    const { secret, later } = options.state
    this.#options = options
    this.#ring = new KeyRing([secret, ...later])
    this.#first = this.#ring.add(secret)
    this.#rekeyer = new Rekeyer({ turn: () => this.#turn(), rekey: () => this.#rekey() })
  }

  /** The journals that are here have been read. */
  start(): void {
    this.#started = true
    this.#changed()
  }

  close(): Promise<void> {
    return this.#rekeyer.stop()
  }

  /** The key of that epoch, or null where it is not here yet. */
  keyOf(id: EpochId): Uint8Array | null {
    return this.#ring.get(id)?.journalKey ?? null
  }

  /**
   * What an entry is encrypted with. A new secret is told under the first one, which every member has
   * whatever it missed, or was cheated of, since: what it holds is sealed for each of them by itself.
   */
  keyFor({ kind }: JournalEntry): RingKey {
    return kind === 'rekeyed' ? this.#first : this.current
  }

  /** What is written with now: the best epoch that this device can open. */
  get current(): RingKey {
    const granted = this.#untold()
    if (granted !== null) return granted
    for (const { epoch } of rated(this.#options.roster(), this.#epochs)) {
      const key = this.#ring.get(epoch.id)
      if (key !== null) return key
    }
    return this.#first
  }

  /** A line that changes who has which secret, or the roster. */
  take({ entry }: JournalLine): void {
    this.#known = null
    if (entry.kind === 'rekeyed') this.#open(entry.body)
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

  /** The later secrets a new member is let have, the one in use last. */
  laterFor(device: DeviceKey): Uint8Array[] {
    const id = hex(device)
    const shut = this.#epochs.filter(({ without }) => without.has(id)).map((epoch) => epoch.id)
    return this.#options.state.later.filter(
      (secret) => !shut.some((each) => b4a.equals(each, this.#ring.add(secret).id))
    )
  }

  get #epochs(): Epoch[] {
    const { roster, lines } = this.#options
    this.#known ??= [firstEpoch(this.#first.id), ...epochsIn(roster(), lines())]
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
    const { keys, onKey } = this.#options
    this.#told.add(hex(body.epoch))
    const opened = openRekeyed(body, keys)
    if (opened === null) return
    for (const secret of [...opened.older, opened.secret]) {
      const id = epochIdOf(secret)
      if (this.#ring.get(id) !== null) continue
      this.#ring.add(secret)
      onKey(id)
    }
  }

  #changed(): void {
    this.#remember()
    this.#rekeyer.check()
  }

  /** Beside the journals, which may be lost with a damaged store: the one in use stays the last. */
  #remember(): void {
    const { state, save } = this.#options
    const { secret: current } = this.current
    const here = this.#epochs.flatMap(({ id }) => this.#ring.get(id)?.secret ?? [])
    const fresh = here.filter((secret) => !has([this.#first.secret, ...state.later], secret))
    const others = [...state.later, ...fresh].filter((secret) => !b4a.equals(secret, current))
    const last = b4a.equals(current, this.#first.secret) ? [] : [current]
    const later = [...others, ...last].slice(-MAX_EPOCHS)
    if (sameInOrder(later, state.later)) return
    state.later = later
    save()
  }

  #turn(): number {
    const { roster, keys } = this.#options
    const now = roster()
    if (!this.#started || now === this.#served) return -1
    if (keys.isLocked) return -1 // what it cannot open now may be there all the same
    const isDue = needsRekey(now, this.#epochs, ({ id }) => this.#ring.get(id) !== null)
    return isDue ? turnOf(now, keys.device) : -1
  }

  async #rekey(): Promise<void> {
    const { roster, say } = this.#options
    const now = roster()
    await say({ kind: 'rekeyed', body: this.#make(null) })
    this.#served = now
  }

  /** @param leaving a member that is being revoked */
  #make(leaving: DeviceKey | null): Rekeyed {
    const { roster, state, now } = this.#options
    const isOut = ({ device, state }: Member): boolean =>
      state !== 'active' || (leaving !== null && b4a.equals(device, leaving))
    const { members } = roster()
    const known = leaving === null ? state.revoked : [leaving, ...state.revoked]
    const latest = Math.max(...this.#epochs.map(({ atMs }) => atMs))
    return makeRekeyed({
      members: longestKnown(
        members.filter((member) => !isOut(member)),
        state.members
      ),
      without: longestKnown(members.filter(isOut), known).map(({ device }) => device),
      older: state.later,
      atMs: Math.min(Math.max(now(), latest + 1), Number.MAX_SAFE_INTEGER)
    })
  }
}

function has(secrets: Uint8Array[], secret: Uint8Array): boolean {
  return secrets.some((each) => b4a.equals(each, secret))
}

function sameInOrder(a: Uint8Array[], b: Uint8Array[]): boolean {
  return a.length === b.length && a.every((each, i) => b4a.equals(each, b[i]!))
}
