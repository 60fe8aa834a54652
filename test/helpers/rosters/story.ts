// A history of a circle, and what shall come of it, written down as people would tell it:
//
//   circle ben:organiser cleo            whom ana, who founds it, lets in; no role is a contact
//   ana revokes ben = effective          who says what, and what becomes of it in the end
//   cleo seconds ana on ben              ana's latest word on ben that is no second itself
//   ben makes cleo:relay = void no-right, then void cut-off    what becomes of it at first, and then
//   members ana:organiser ben:organiser- cleo                  the end; or: `1 cut off`, whoever it is
//
// After a statement, in brackets and with `;` between: what its author knows when it speaks, where that
// is not everything (`knows nothing`, `knows the founding`, `knows all to ana on ben`, `knows the
// future`, or several with commas); `journal` and a name, for a journal of its own; `at` and its time;
// `box` and whose key is said to be that of who is added (a member with another's has a `*` in the end);
// at its end `times` and how often it is said, with `*` in it for the number of the time.

import type { JournalLine } from '../../../core/circle/roster.ts'
import { ROLES } from '../../../core/encoding/journal/journal-entry.ts'
import type { Role } from '../../../core/types/keys.ts'
import { History } from './histories.ts'
import type { Telling } from './histories.ts'

/** Rules in plain words, each with its story. */
export type Rules = Record<string, string>

export interface Check {
  what: string
  is: unknown
  wanted: unknown
}

const STATEMENT = /^(\w+) (\w+) ([\w: ]+?)(?: \((.+)\))?(?: = (.+))?$/

/** Further than any journal goes. */
const FUTURE_INDEX = 999_999

export class Story {
  readonly circle = new History()
  readonly #checks: Check[] = []
  readonly #fates: { line: JournalLine; what: string; wanted: string }[] = []
  readonly #founding: JournalLine[]
  readonly #end: string

  constructor(text: string) {
    const told = text
      .trim()
      .split('\n')
      .map((line) => line.trim())
    const [, members] = /^circle (.+)/.exec(told[0]!) ?? []
    for (const member of members?.split(' ') ?? []) this.circle.adds('ana', ...named(member))
    this.#founding = [...this.circle.lines]
    this.#end = told.pop()!
    for (const line of told.slice(members === undefined ? 0 : 1)) this.#tell(line)
  }

  /** All that the story says shall be, next to what is now. */
  get checks(): Check[] {
    const fates = this.#fates.map(({ line, what, wanted }) => {
      return { what, is: this.circle.fate(line), wanted }
    })
    return [...this.#checks, ...fates, this.#ending]
  }

  get #ending(): Check {
    const [, cutOff] = /^(\d+) cut off$/.exec(this.#end) ?? []
    const { members } = this.circle
    if (cutOff !== undefined) {
      const is = members.filter((member) => member.includes('-')).length
      return { what: this.#end, is, wanted: Number(cutOff) }
    }
    const [, wanted] = /^members (.+)$/.exec(this.#end) ?? []
    if (wanted === undefined) throw new Error(`No end of a story: ${this.#end}`)
    const is = members.map((member) => member.replace(':contact', ''))
    return { what: 'members', is: sorted(is), wanted: sorted(wanted.split(' ')) }
  }

  #tell(what: string): void {
    const [, by, verb, object, aside = '', fate] = STATEMENT.exec(what) ?? []
    if (by === undefined) throw new Error(`No statement: ${what}`)
    const [all, times] = /; times (\d+)/.exec(aside) ?? []
    if (times !== undefined) return this.#repeat(what.replace(all!, ''), Number(times))
    const line = this.#say(by, verb!, object!, this.#telling(aside))
    if (fate === undefined) return
    const [first, then] = fate.split(', then ')
    if (then !== undefined) {
      this.#checks.push({ what: `${what}: at first`, is: this.circle.fate(line), wanted: first })
    }
    this.#fates.push({ line, what, wanted: then ?? first! })
  }

  #repeat(what: string, times: number): void {
    for (let time = 0; time < times; time++) this.#tell(what.replace('*', String(time)))
  }

  #say(by: string, verb: string, object: string, telling: Telling): JournalLine {
    const { circle } = this
    const [name, role] = named(object)
    switch (verb) {
      case 'adds':
        return circle.adds(by, name, role, telling)
      case 'makes':
        return circle.role(by, name, role, telling)
      case 'seconds':
        return circle.seconds(by, this.#word(object), telling)
      case 'revokes':
      case 'reinstates':
      case 'owns':
        return circle[verb](by, name, telling)
      default:
        throw new Error(`Nobody ${verb} in a story: ${by} ${verb} ${object}`)
    }
  }

  #telling(aside: string): Telling {
    const telling: Telling = {}
    for (const part of aside === '' ? [] : aside.split('; ')) {
      const [, about, value] = /^(\w+) (.+)$/.exec(part) ?? []
      if (about === 'knows')
        telling.knows = value!.split(', ').flatMap((known) => this.#known(known))
      else if (about === 'journal') telling.journal = value!
      else if (about === 'box') telling.box = value!
      else if (about === 'at') telling.atMs = Number(value)
      else throw new Error(`Nothing to say aside: ${part}`)
    }
    return telling
  }

  #known(what: string): JournalLine[] {
    const { lines } = this.circle
    if (what === 'nothing') return []
    if (what === 'the founding') return this.#founding
    if (what === 'the future') return lines.map((line) => ({ ...line, index: FUTURE_INDEX }))
    const [, word] = /^all to (.+)$/.exec(what) ?? []
    return word === undefined
      ? [this.#word(what)]
      : lines.slice(0, 1 + lines.indexOf(this.#word(word)))
  }

  /** The latest line of `ana on ben`. */
  #word(what: string): JournalLine {
    const { circle } = this
    const [by, whom] = what.split(' on ')
    const found = circle.lines.findLast(({ device, entry }) => {
      const body = entry.body as { device: Uint8Array }
      const isAbout = circle.nameOf(device) === by && circle.nameOf(body.device) === whom
      return isAbout && entry.kind !== 'seconded'
    })
    if (found === undefined) throw new Error(`Nobody has said: ${what}`)
    return found
  }
}

/** `ben:keeper`, or `ben` for a contact. */
function named(text: string): [name: string, role: Role] {
  const [name, word = 'contact'] = text.split(':')
  const role = ROLES.find((each) => each === word)
  if (role === undefined) throw new Error(`No role: ${text}`)
  return [name!, role]
}

function sorted(names: string[]): string {
  return [...names].sort().join(' ')
}
