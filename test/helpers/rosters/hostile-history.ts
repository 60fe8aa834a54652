// A random history of a circle in which one device is hostile: it, and the puppets it lets in, say
// whatever can be said, of whatever time, from as many journals as they like. The others act as people
// do: they accuse none but the hostile and its puppets, and second none but one another.

import b4a from 'b4a'
import type { JournalLine } from '../../../core/circle/roster.ts'
import type { JournalEntry } from '../../../core/encoding/journal/journal-entry.ts'
import type { Role } from '../../../core/types/keys.ts'
import { History } from './histories.ts'
import type { Telling } from './histories.ts'
import { seeded } from '../random.ts'
import type { Random } from '../random.ts'

const NAMES = ['ana', 'ben', 'cleo', 'dora', 'emil', 'finn', 'gil', 'hana']
const ROLES: Role[] = ['organiser', 'organiser', 'contact', 'contact', 'keeper', 'relay']
const MAX_STEPS = 24

export class HostileHistory {
  readonly circle = new History()
  readonly hostile: string
  readonly honest: string[]
  readonly #random: Random
  /** Of what a hostile member may say. */
  readonly #kinds: number
  readonly #puppets: string[] = []
  readonly #letIn: string[]

  /** @param naming what members call themselves is said as well; else a seed tells what it always told */
  constructor(seed: number, naming = false) {
    this.#random = seeded(seed)
    this.#kinds = naming ? 9 : 8
    const { circle } = this
    const names = NAMES.slice(0, 3 + this.#random.int(6))
    for (const name of names.slice(1)) circle.adds(this.#inviter(), name, this.#random.pick(ROLES))
    this.hostile = this.#random.pick(names)
    this.honest = names.filter((name) => name !== this.hostile)
    this.#letIn = circle.roster.members
      .filter(({ addedBy }) => b4a.equals(addedBy, circle.key(this.hostile)))
      .map(({ device }) => circle.nameOf(device))
      .filter((name) => name !== this.hostile)
    const steps = 4 + this.#random.int(MAX_STEPS)
    for (let i = 0; i < steps; i++) this.#step()
  }

  get cutOff(): string[] {
    const { circle } = this
    return this.honest.filter((name) => circle.roster.find(circle.key(name))?.state === 'cut-off')
  }

  /** Honest members that the hostile one let in itself, before it was hostile, and that are members no more. */
  get lost(): string[] {
    const { circle } = this
    return this.#letIn.filter((name) => circle.roster.active(circle.key(name)) === null)
  }

  /** True where honest members accused the hostile one: what they had not read may go with it. */
  get isAccused(): boolean {
    return this.#accusations().some(({ entry }) => this.#isAboutHostile(entry))
  }

  /** True where honest members accused puppets, and so have less left for who made them up. */
  get isSidetracked(): boolean {
    return this.#accusations().some(({ entry }) => !this.#isAboutHostile(entry))
  }

  #isAboutHostile({ body }: JournalEntry): boolean {
    return this.circle.nameOf((body as { device: Uint8Array }).device) === this.hostile
  }

  /** Before anybody is hostile: anyone who may. */
  #inviter(): string {
    const { members } = this.circle.roster
    const organisers = members.filter(({ role }) => role === 'organiser')
    return this.circle.nameOf(this.#random.pick(organisers).device)
  }

  #step(): void {
    if (this.#random.int(5) === 0) this.#honestStep(this.#random.pick(this.honest))
    else this.#hostileStep(this.#random.pick([this.hostile, ...this.#puppets]))
  }

  #honestStep(by: string): void {
    const { circle } = this
    if (circle.roster.active(circle.key(by)) === null) return
    const target = this.#random.pick([this.hostile, ...this.#puppets])
    const knows = this.#random.int(3) === 0 ? this.#prefix() : circle.lines
    const accusation = this.#accusations().find((line) => !b4a.equals(line.device, circle.key(by)))
    const mayAccuse = circle.roster.find(circle.key(by))!.onHold === false
    if (accusation !== undefined && this.#random.int(2) === 0) circle.seconds(by, accusation)
    else if (mayAccuse && this.#random.int(2) === 0) circle.revokes(by, target, { knows })
    else circle.owns(by, by, { knows }) // says nothing, but what it has read
  }

  /** Accusations of the hostile that honest members made. */
  #accusations(): JournalLine[] {
    const bad = [this.hostile, ...this.#puppets]
    return this.circle.lines.filter(
      ({ device, entry }) =>
        entry.kind === 'member-revoked' &&
        bad.includes(this.circle.nameOf(entry.body.device)) &&
        this.honest.includes(this.circle.nameOf(device))
    )
  }

  #hostileStep(by: string): void {
    const { circle } = this
    const telling = this.#lie(by)
    const whom = this.#random.pick([...this.honest, ...this.honest, ...this.#puppets, this.hostile])
    switch (this.#random.int(this.#kinds)) {
      case 0:
      case 1:
        return void this.#addPuppet(by, telling)
      case 2:
      case 3:
        return void circle.revokes(by, whom, telling)
      case 4:
        return void circle.seconds(by, this.#random.pick(circle.lines), telling)
      case 5:
        return void circle.role(by, whom, this.#random.pick(ROLES), telling)
      case 6:
        return void circle.reinstates(by, whom, telling)
      case 8:
        return void circle.calls(by, this.#random.pick([...NAMES, '', 'ana ']), telling)
      default:
        return void circle.owns(by, whom, telling)
    }
  }

  #addPuppet(by: string, telling: Telling): void {
    if (this.#random.int(3) === 0) {
      const [whom, role] = [this.#random.pick(this.honest), this.#random.pick(ROLES)]
      const box = this.circle.lines.length % 2 === 0 ? by : whom
      this.circle.adds(by, whom, role, { ...telling, box })
    } else if (this.#puppets.length < 6) {
      const puppet = 'puppet' + this.#puppets.length
      this.#puppets.push(puppet)
      this.circle.adds(by, puppet, this.#random.pick(ROLES), telling)
    }
  }

  /** What it says it has read: all, some, nothing, the future; in which journal; and when. */
  #lie(by: string): Telling {
    const atMs = this.#random.int(2000)
    const journal = this.#random.int(3) === 0 ? by + this.#random.int(3) : by
    switch (this.#random.int(5)) {
      case 0:
        return { atMs, journal, knows: [] }
      case 1:
        return { atMs, journal, knows: this.#prefix() }
      case 2:
        return { atMs, journal, knows: this.circle.lines.map(future) }
      default:
        return { atMs, journal }
    }
  }

  #prefix(): JournalLine[] {
    return this.circle.lines.slice(0, this.#random.int(this.circle.lines.length + 1))
  }
}

function future(line: JournalLine): JournalLine {
  return { ...line, index: line.index + 1000 }
}
