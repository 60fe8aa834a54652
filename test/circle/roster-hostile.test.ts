import test, { configure } from 'brittle'
import { rosterOf } from '../../core/circle/roster.ts'
import { HostileHistory } from '../helpers/rosters/hostile-history.ts'
import { asRelayReads, rosterText, shuffled, silentText } from '../helpers/rosters/histories.ts'
import type { History } from '../helpers/rosters/histories.ts'

// thousands of small histories, on a machine that is busy
configure({ timeout: 300_000 })

const HISTORIES = 250
/** In so many more, of the seeds from 0 down, members say what they are called as well. */
const NAMING = 50
/** In these a puppet accuses whose own addition hangs on what it says: of thousands, two. */
const DOUBTFUL_PUPPETS = [2792, 3653]

const told = new Map<number, HostileHistory>()

/** Telling one, with all its signatures, takes longer than reading it: for who only reads. */
function historyOf(seed: number): HostileHistory {
  const known = told.get(seed) ?? new HostileHistory(Math.abs(seed), seed <= 0)
  if (seed <= HISTORIES) told.set(seed, known)
  return known
}

test('whatever is said, every order of delivery yields the same roster', (t) => {
  for (let seed = 1 - NAMING; seed <= HISTORIES; seed++) {
    const { circle } = historyOf(seed)
    const wanted = rosterText(circle.roster)
    for (let order = 1; order <= 3; order++) {
      const lines = shuffled([...circle.lines, ...circle.lines], 1000 * seed + order)
      if (rosterText(rosterOf(circle.circle, lines)) !== wanted) t.fail(`history ${seed}`)
    }
  }
  t.pass()
})

test('whatever is said, a relay that reads no words has the roster that everybody has', (t) => {
  for (let seed = 1 - NAMING; seed <= HISTORIES; seed++) {
    const { circle } = historyOf(seed)
    const lines = shuffled(asRelayReads(circle.lines), seed)
    const roster = rosterOf(circle.circle, lines)
    if (silentText(roster) !== silentText(circle.roster)) t.fail(`history ${seed}`)
    if (rosterText(roster).includes('ana')) t.fail(`a name in history ${seed}`)
  }
  t.pass()
})

test('whatever is said, nothing is sealed for a member with a key that is not its own', (t) => {
  let tried = 0
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const { circle } = historyOf(seed)
    if (circle.roster.history.some(({ why }) => why === 'foreign-key')) tried++
    const wrong = circle.members.filter((member) => member.includes('*'))
    if (wrong.length > 0) t.fail(`history ${seed}: ${wrong.join()}`)
  }
  t.ok(tried > HISTORIES / 20, `${tried} histories try to`)
})

test('one hostile device, with all its puppets, has one other device cut off at most', (t) => {
  let most = 0
  for (const seed of [...Array(HISTORIES).keys(), ...DOUBTFUL_PUPPETS]) {
    const { cutOff, hostile } = historyOf(seed)
    most = Math.max(most, cutOff.length)
    if (cutOff.length > 1) t.fail(`history ${seed}: ${hostile} cut off ${cutOff.join()}`)
  }
  t.is(most, 1, 'and the histories are such that it does')
})

test('a hostile founder takes out one of those it let in at most, whatever it claims not to have read', (t) => {
  let checked = 0
  for (let seed = 1; seed <= 4 * HISTORIES; seed++) {
    const { hostile, isAccused, lost } = historyOf(seed)
    if (hostile !== 'ana' || isAccused) continue
    checked++
    if (lost.length > 1) t.fail(`history ${seed}: ${lost.join()} are members no more`)
  }
  t.ok(checked > HISTORIES / 8, `${checked} histories have a hostile founder whom nobody accused`)
})

test('a hostile device is cut off by an honest organiser and one honest second', (t) => {
  let checked = 0
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const history = new HostileHistory(seed)
    const { circle, hostile, honest } = history
    const isOut = (): boolean => circle.roster.active(circle.key(hostile)) === null
    const organisers = honest.filter((name) => {
      const member = circle.roster.active(circle.key(name))
      return member?.role === 'organiser' && !member.onHold
    })
    if (isOut() || organisers.length === 0 || history.isSidetracked) continue
    checked++
    if (!organisers.some((by) => canCutOff(circle, by, hostile, honest))) {
      t.fail(`history ${seed}: nobody of ${organisers.join()} can cut off ${hostile}`)
    }
  }
  t.ok(checked > HISTORIES / 8, `${checked} histories end with a hostile member`)
})

/** Tries it, and takes it back. */
function canCutOff(circle: History, by: string, target: string, honest: string[]): boolean {
  const length = circle.lines.length
  const isOut = (): boolean => circle.roster.active(circle.key(target)) === null
  const accusation = circle.revokes(by, target)
  let done = isOut()
  for (const second of honest) {
    if (done || second === by) continue
    circle.seconds(second, accusation)
    done = isOut()
    circle.lines.pop()
  }
  circle.lines.length = length
  return done
}
