// The alarms of one circle: says ours in our journal, once each, and tells of everybody's. What a key
// holder tried, who signed for what it has not, a film that fell silent, a phone that runs low.
// Must never: let a hostile member fill our journal, or tell as proven what was only said.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import type { JournalLine } from '../../circle/roster.ts'
import { hex } from '../../encoding/hex.ts'
import type { Alarm, AlarmKind } from '../../encoding/journal/journal-entry.ts'
import type { DeviceKey, RecordingKey } from '../../types/keys.ts'
import type { Replica } from '../../replica/replica.ts'
import { isProven, signerIn } from './alarm-proof.ts'
import { keptOf, maySay, SaidAlarms } from './alarm-policy.ts'

/** Kept to be shown: the newest, and some of everybody's. */
const MAX_KEPT = 256

export interface RaisedAlarm extends Alarm {
  /** Who says so. */
  by: DeviceKey
  /** True where the proof in it shows it, whoever says it. */
  isProven: boolean
}

export interface AlarmsOptions {
  circle: Circle
  self: DeviceKey
  replicaOf: (key: RecordingKey) => Replica | null
  now: () => number
  onAlarm: (alarm: RaisedAlarm) => void
  /** The journal could not be written. */
  onError: (err: unknown) => void
}

export interface About {
  device: DeviceKey
  recording?: RecordingKey | null
  /** Null where there is nothing to show. */
  proof?: Uint8Array | null
}

export class Alarms {
  readonly #options: AlarmsOptions
  readonly #said = new Map<string, SaidAlarms>()
  #kept: { body: Alarm; by: DeviceKey }[] = []

  constructor(options: AlarmsOptions) {
    this.#options = options
  }

  /** The newest alarms of everybody, oldest first. */
  get all(): RaisedAlarm[] {
    return this.#kept.map(({ body, by }) => this.#raised(body, by))
  }

  /**
   * Says an alarm, unless it has been said.
   * @returns false where our disk did not take it
   */
  async raise(kind: AlarmKind, { device, recording = null, proof }: About): Promise<boolean> {
    const { self, circle, now, onError } = this.#options
    const body = { alarm: kind, recording, device, proof: proof ?? b4a.alloc(0), atMs: now() }
    const said = this.#saidBy(self)
    if (!said.isDue(body)) return true
    said.note(body)
    this.#keep(body, self)
    try {
      await circle.say({ kind: 'alarm', body })
      return true
    } catch (err) {
      onError(err)
      return false
    }
  }

  /** A line of a journal. @param isNew it was not here yet when the circle was opened */
  read({ entry, device: by }: JournalLine, isNew: boolean): void {
    if (entry.kind !== 'alarm' || !maySay(by, entry.body)) return
    const said = this.#saidBy(by)
    const isOwn = b4a.equals(by, this.#options.self)
    if (isOwn && isNew) return // told when it was raised
    const isDue = said.isDue(entry.body)
    said.note(entry.body)
    if (isDue) this.#keep(entry.body, by, isNew)
  }

  #keep(body: Alarm, by: DeviceKey, isNew = true): void {
    this.#kept = keptOf([...this.#kept, { body, by }], MAX_KEPT)
    if (isNew) this.#options.onAlarm(this.#raised(body, by))
  }

  #raised(body: Alarm, by: DeviceKey): RaisedAlarm {
    const { replicaOf } = this.#options
    const replica = body.recording && replicaOf(body.recording)
    const context = {
      signer: replica?.announced.signer ?? null,
      author: replica?.announced.author ?? this.#writerOf(body),
      end: replica?.end ?? null
    }
    return { ...body, by, isProven: isProven(body, context) }
  }

  /** Of the journal that a rival history is of, as its proof says. */
  #writerOf({ recording, alarm, proof }: Alarm): DeviceKey | null {
    const signer = recording === null && alarm === 'rival-history' ? signerIn(proof) : null
    const head = signer && this.#options.circle.heads.find((one) => b4a.equals(one.signer, signer))
    return head?.device ?? null
  }

  #saidBy(device: DeviceKey): SaidAlarms {
    const id = hex(device)
    const known = this.#said.get(id) ?? new SaidAlarms()
    this.#said.set(id, known)
    return known
  }
}
