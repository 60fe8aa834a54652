import test from 'brittle'
import { ROOMS } from '../../../core/encoding/control.ts'
import { capacityOf, levelOf, verdictFor } from '../../../relay/quota/quota.ts'
import type { CircleUsage, QuotaFacts } from '../../../relay/quota/quota.ts'
import { seeded } from '../../helpers/random.ts'

const G = 1e9
const PLENTY = 1000 * G

interface Case {
  used?: number
  others?: number
  quota?: number | null
  circleQuota?: number | null
  reserve?: number
  free?: number | null
}

function facts({ used = 0, others = 0, circleQuota = null, ...rest }: Case): QuotaFacts {
  const { quota = null, reserve = G, free = PLENTY } = rest
  const usage = new Map<string, CircleUsage>([
    ['this', { bytes: used, quotaBytes: circleQuota }],
    ['other', { bytes: others, quotaBytes: null }]
  ])
  return {
    limits: { quotaBytes: quota, reserveBytes: reserve, keepFreeBytes: G },
    usage,
    freeBytes: free
  }
}

const TABLE: [says: string, given: Case, room: string, why: string | null][] = [
  ['no limits', { used: 500 * G }, 'open', null],
  ['nobody can tell what the disk has', { used: 500 * G, free: null }, 'open', null],
  ['well below the quota', { used: 5 * G, quota: 10 * G }, 'open', null],
  ['one byte below the reserve', { used: 9 * G - 1, quota: 10 * G }, 'open', null],
  ['at the reserve', { used: 9 * G, quota: 10 * G }, 'begun', 'quota'],
  ['one byte below the quota', { used: 10 * G - 1, quota: 10 * G }, 'begun', 'quota'],
  ['at the quota', { used: 10 * G, quota: 10 * G }, 'none', 'quota'],
  ['beyond it, since it was lowered', { used: 30 * G, quota: 10 * G }, 'none', 'quota'],
  ['others have it all', { others: 10 * G, quota: 10 * G }, 'none', 'quota'],
  [
    'the circle has its share',
    { used: 2 * G, circleQuota: 2 * G, quota: 10 * G },
    'none',
    'circle-quota'
  ],
  ['another circle has more than that', { others: 5 * G, circleQuota: 2 * G }, 'open', null],
  [
    'a small circle: a tenth is its reserve',
    { used: 0.95 * G, circleQuota: G },
    'begun',
    'circle-quota'
  ],
  ['a small circle with room', { used: 0.85 * G, circleQuota: G }, 'open', null],
  ['the disk is down to what is left alone', { used: G, free: G }, 'none', 'disk'],
  ['the disk has only the reserve', { used: G, free: 1.5 * G }, 'begun', 'disk'],
  ['the disk has more', { used: G, free: 2 * G + 1 }, 'open', null],
  ['the worst of all counts', { used: 9.5 * G, quota: 10 * G, free: 0 }, 'none', 'disk']
]

test('what is taken follows from quota, reserve and disk, whichever leaves least', (t) => {
  for (const [says, given, room, why] of TABLE) {
    const verdict = verdictFor('this', facts(given))
    t.alike([verdict.room, verdict.why], [room, why], says)
  }
})

test('a circle that is not known yet is judged by what all have', (t) => {
  t.is(verdictFor('new', facts({ used: 10 * G, quota: 10 * G })).room, 'none')
  t.is(verdictFor('new', facts({ used: 2 * G, circleQuota: G })).room, 'open')
})

test('with more held, less room or lower limits there is never more room', (t) => {
  const random = seeded(11)
  const draw = (): number => random.int(20) * G
  for (let i = 0; i < 2000; i++) {
    const given = {
      ...{ used: draw(), others: draw(), quota: draw() + 2 * G, circleQuota: draw() + G },
      free: draw()
    }
    const { room } = verdictFor('this', facts(given))
    const worse: Case[] = [
      { ...given, used: given.used + draw() },
      { ...given, others: given.others + draw() },
      { ...given, free: given.free - random.int(given.free + 1) },
      { ...given, quota: given.quota - random.int(given.quota) },
      { ...given, circleQuota: given.circleQuota - random.int(given.circleQuota) }
    ]
    for (const one of worse) {
      const after = verdictFor('this', facts(one)).room
      if (ROOMS.indexOf(after) < ROOMS.indexOf(room)) t.fail(JSON.stringify([given, one]))
    }
  }
  t.pass()
})

test('while the room is open the reserve is whole, and what is full takes nothing', (t) => {
  const random = seeded(12)
  for (let i = 0; i < 2000; i++) {
    const [used, quota] = [random.int(30) * G, (random.int(20) + 2) * G]
    const { room, share } = verdictFor('this', facts({ used, quota }))
    if (room === 'open' && quota - used <= G) t.fail(`${used} of ${quota}`)
    if ((room === 'none') !== share >= 1) t.fail(`${used} of ${quota}: ${room}, ${share}`)
  }
  t.pass()
})

test('what fits is the quota or the disk, whichever is less', (t) => {
  t.is(capacityOf(facts({ used: 2 * G, quota: 10 * G })), 10 * G)
  t.is(capacityOf(facts({ used: 2 * G, quota: 10 * G, free: 4 * G })), 5 * G)
  t.is(capacityOf(facts({ used: 2 * G, free: null })), null)
})

test('somebody is told at four fifths, and once more', (t) => {
  t.alike([0, 0.79, 0.8, 0.94, 0.95, 1, 3].map(levelOf), [0, 0, 80, 80, 95, 95, 95])
})
