import b4a from 'b4a'
import test from 'brittle'
import { Aftermath } from '../../core/circle/aftermath.ts'
import { Roster } from '../../core/circle/roster.ts'
import type { JournalLine, Member } from '../../core/circle/roster.ts'
import type { Seen } from '../../core/encoding/journal/journal-entry.ts'
import type { Receipt } from '../../core/encoding/recording/receipt.ts'
import { MAX_SEEN } from '../../core/limits.ts'
import { key, line, member } from './members.ts'

/** When ana revokes cleo, having read two entries of hers. */
const REVOKED_MS = 1000
const FILM = b4a.alloc(32, 'film')
const ana = member('ana', 'organiser')
const ben = member('ben', 'contact')
const cleo = member('cleo', 'contact', {
  revoked: { by: key('ana'), atMs: REVOKED_MS, reason: '' }
})
const ROSTER = new Roster('street', [ana, ben, cleo])
const REVOCATION = revocation(ana, [{ journal: key('cleo'), length: 2 }])

interface Case {
  rule: string
  /** Beside the revocation. */
  lines: JournalLine[]
  /** Whether cleo's film is from afterwards. */
  apart: boolean
}

const CASES: Case[] = [
  {
    rule: 'what its revoker had read of it counts',
    lines: [announced(cleo, 1)],
    apart: false
  },
  {
    rule: 'what comes behind that does not',
    lines: [announced(cleo, 2)],
    apart: true
  },
  {
    rule: 'unless a member holds blocks of it since before the revocation',
    lines: [announced(cleo, 2), receipt(ben, REVOKED_MS - 1)],
    apart: false
  },
  {
    rule: 'and not only since',
    lines: [announced(cleo, 2), receipt(ben, REVOKED_MS)],
    apart: true
  },
  {
    rule: 'the revoked device does not vouch for itself',
    lines: [announced(cleo, 2), receipt(cleo, 1), receipt(cleo, 1, 0)],
    apart: true
  },
  {
    rule: 'nor does a member for another holder',
    lines: [announced(cleo, 2), { ...receipt(cleo, 1), device: ben.device, journal: key('ben') }],
    apart: true
  },
  {
    rule: 'who says again what it said in time takes nothing back',
    lines: [announced(cleo, 1), announced(cleo, 5)],
    apart: false
  },
  {
    rule: 'a journal that its revoker had not heard of is from afterwards',
    lines: [{ ...announced(cleo, 0), journal: key('another of cleo') }],
    apart: true
  }
]

test('what a revoked device wrote counts as far as it was read, or held, in time', (t) => {
  for (const { rule, lines, apart } of CASES) {
    for (const order of [lines, [...lines].reverse()]) {
      const aftermath = new Aftermath(ROSTER, [...order, REVOCATION])
      t.is(aftermath.holdsRecording(cleo.device, FILM), apart, rule)
    }
  }
})

test('a film that is told over a link and in no journal is from afterwards, unless vouched for', (t) => {
  const told = [{ device: cleo.device, body: { recording: FILM } }]
  t.ok(new Aftermath(ROSTER, [REVOCATION], told).holdsRecording(cleo.device, FILM))
  const vouched = [REVOCATION, receipt(ben, 1)]
  t.absent(new Aftermath(ROSTER, vouched, told).holdsRecording(cleo.device, FILM))
})

test('nobody can make another’s film pass for one from afterwards', (t) => {
  const aftermath = new Aftermath(ROSTER, [REVOCATION, announced(ben, 0), announced(cleo, 9)])
  t.absent(aftermath.holdsRecording(ben.device, FILM))
  t.ok(aftermath.holdsRecording(cleo.device, FILM))
})

test('what a revoker says that does not count cuts nothing off', (t) => {
  const roster = new Roster('street', [ana, ben, { ...cleo, revoked: null }])
  t.absent(
    new Aftermath(roster, [REVOCATION, announced(cleo, 9)]).holdsRecording(cleo.device, FILM)
  )
})

test('a second revocation cannot pass off what came behind the first, unless an organiser says it', (t) => {
  const generous = [{ journal: key('cleo'), length: 99 }]
  const said = [REVOCATION, announced(cleo, 9)]
  const holds = (line: JournalLine): boolean =>
    new Aftermath(ROSTER, [...said, line]).holdsRecording(cleo.device, FILM)
  t.ok(holds(revocation(ben, generous)))
  t.ok(holds(revocation(cleo, generous)))
  t.absent(holds(revocation(ana, generous)))
})

test('a revoker that could not name all journals cuts none off that it did not name', (t) => {
  const seen = Array.from({ length: MAX_SEEN }, (_, i) => ({
    journal: b4a.alloc(32, i),
    length: 1
  }))
  const aftermath = new Aftermath(ROSTER, [revocation(ana, seen), announced(cleo, 9)])
  t.absent(aftermath.holdsRecording(cleo.device, FILM))
})

test('its receipts and alarms from afterwards are told apart as well', (t) => {
  const aftermath = new Aftermath(ROSTER, [REVOCATION])
  t.alike(
    [receipt(cleo, 1, 1), receipt(cleo, 1, 2), receipt(ben, 1, 9)].map((line) =>
      aftermath.holds(line)
    ),
    [false, true, false]
  )
})

test('a line that comes later is taken in, or asks for all to be looked at anew', (t) => {
  for (const { rule, lines, apart } of CASES) {
    const [first, ...later] = lines
    const aftermath = new Aftermath(ROSTER, [REVOCATION, first!])
    const taken = later.map((line) => aftermath.take(line))
    t.alike(
      taken,
      later.map(({ entry }) => entry.kind === 'receipts'),
      rule
    )
    if (taken.includes(false)) continue
    t.is(aftermath.holdsRecording(cleo.device, FILM), apart, rule)
    t.is(aftermath.recordings.length, apart ? 1 : 0)
  }
})

function revocation(by: Member, seen: Seen[]): JournalLine {
  const body = { device: key('cleo'), reason: '', atMs: REVOKED_MS, seen }
  return line(by, 0, { kind: 'member-revoked', body })
}

function announced(by: Member, index: number): JournalLine {
  const attestation = b4a.alloc(64)
  const body = {
    recording: FILM,
    signer: key('signer'),
    startedAtMs: 1,
    previous: null,
    attestation
  }
  return line(by, index, { kind: 'recording-announced', body })
}

function receipt(by: Member, heldSinceMs: number, index = 3): JournalLine {
  const held = { recording: FILM, holder: by.device, heldSinceMs } as Receipt
  return line(by, index, { kind: 'receipts', body: [held] })
}
