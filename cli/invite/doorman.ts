// Tells who comes to an invite, and asks whoever runs it about each where every candidate is confirmed:
// one question at a time on the terminal, `admit <device>` and `refuse <device>` from a program.

import type { CheckPhrase, Language } from '../../core/circle/pairing/check-phrase.ts'
import type { InviteHost } from '../../core/circle/pairing/invite-host.ts'
import type { PairAsk, Refusal } from '../../core/encoding/pairing/pairing.ts'
import type { DeviceKey, Role } from '../../core/types/keys.ts'
import type { Output } from '../output/output.ts'
import { plain } from '../output/printable.ts'
import { keyText } from '../output/units.ts'
import { byPrefix } from '../values.ts'
import { phraseFields, shownPhrase } from './phrase.ts'
import { StdinLines } from './stdin-lines.ts'

export interface DoormanOptions {
  out: Output
  host: InviteHost
  language: Language
  onMember: (device: DeviceKey) => void
}

type Candidate = { ask: PairAsk; phrase: CheckPhrase }

export class Doorman {
  readonly #options: DoormanOptions
  readonly #lines = new StdinLines((line) => this.#onLine(line))

  constructor(options: DoormanOptions) {
    this.#options = options
  }

  start(): void {
    const { host } = this.#options
    host.on('candidate', (candidate) => this.#onCandidate(candidate))
    host.on('left', (device) => this.#onLeft(device))
    host.on('member', (member) => this.#onMember(member))
    host.on('refused', (why, ask) => this.#onRefused(why, ask))
    if (host.confirm) this.#lines.start()
  }

  stop(): void {
    if (this.#options.host.confirm) this.#lines.stop()
  }

  #onCandidate({ ask, phrase }: Candidate): void {
    const { out, host, language } = this.#options
    const { device, name } = ask
    out.event('candidate', { device: keyText(device), name, ...phraseFields(phrase, language) })
    if (host.candidates.length === 1) this.#question()
  }

  #onLeft(device: DeviceKey): void {
    const { out } = this.#options
    out.event('candidate-left', { device: keyText(device) })
    this.#question()
  }

  #onMember({ ask, role, phrase }: Candidate & { role: Role }): void {
    const { out, host, language, onMember } = this.#options
    const { device, name } = ask
    const words = phraseFields(phrase, language)
    out.event('member', { device: keyText(device), name, role, ...words })
    const { used, uses } = host.terms
    const shown = host.confirm ? '' : `; check phrase: ${shownPhrase(phrase, language)}`
    out.say(`${plain(name)} is now a member, as ${role} (${used} of ${uses})${shown}`)
    onMember(device)
  }

  #onRefused(why: Refusal, ask: PairAsk | null): void {
    const { out } = this.#options
    const who = ask === null ? {} : { device: keyText(ask.device), name: ask.name }
    out.event('refused', { reason: why, ...who })
    out.note(`${ask === null ? 'Somebody' : plain(ask.name)} was refused: ${REFUSED[why]}`)
  }

  #question(): void {
    const { out, host, language } = this.#options
    const [next, ...others] = host.candidates
    if (next === undefined) return
    const more = others.length === 0 ? '' : `; ${others.length} more wait`
    out.say(`${plain(next.ask.name)} asks to be let in${more}`)
    out.say(`  Does that phone show: ${shownPhrase(next.phrase, language)} ?`)
    out.say('  y to let it in, n to refuse:')
  }

  #onLine(line: string): void {
    const [word, wanted] = line.split(/\s+/)
    const verdict = VERDICTS[word!.toLowerCase()]
    if (verdict === undefined) {
      if (line !== '') this.#options.out.note(USAGE)
    } else if (!this.#decide(verdict, wanted)) this.#options.out.note('Nobody like that waits')
    this.#question()
  }

  #decide(verdict: 'admit' | 'refuse', wanted: string | undefined): boolean {
    const { host, out } = this.#options
    try {
      const { candidates } = host
      const keyOf = ({ ask }: Candidate): DeviceKey => ask.device
      const chosen =
        wanted === undefined ? candidates[0] : byPrefix('A device', wanted, candidates, keyOf)
      return chosen ? host[verdict](chosen.ask.device) : false
    } catch (err) {
      out.note((err as Error).message)
      return true
    }
  }
}

const USAGE = 'Type y or n, or "admit <device>" or "refuse <device>"'

const VERDICTS: Record<string, 'admit' | 'refuse'> = {
  y: 'admit',
  yes: 'admit',
  o: 'admit',
  oui: 'admit',
  admit: 'admit',
  n: 'refuse',
  no: 'refuse',
  non: 'refuse',
  refuse: 'refuse'
}

const REFUSED: Record<Refusal, string> = {
  expired: 'the invite has expired',
  used: 'the invite is used up',
  refused: 'that device was revoked from this circle',
  full: 'the circle has no room for more',
  declined: 'you said no',
  forged: 'the request was not the one its device signed, copied or damaged on the way',
  version: 'it runs another version of Temoin',
  powerless: 'this device is no organiser of the circle any more',
  withdrawn: 'the invite is taken back',
  'on-hold':
    'this device cut somebody off alone, and lets nobody in until another member runs "temoin second" ("temoin status" says for whom); the invite can be tried again then'
}
