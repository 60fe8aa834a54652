import test from 'brittle'
import { whomToAsk } from '../../../core/exchange/journals/source-policy.ts'

interface Case {
  candidates: string[]
  asked?: Record<string, number>
  grewAtMs?: number
  rttMs?: number
  nowMs: number
  next: string | null
}

const CASES: Record<string, Case> = {
  'nobody who has it': { candidates: [], nowMs: 0, next: null },
  'the author first, who stands first': { candidates: ['author', 'ben'], nowMs: 0, next: 'author' },
  'nobody else for a while': {
    candidates: ['author', 'ben'],
    asked: { author: 1000 },
    nowMs: 2000,
    next: null
  },
  'another where nothing comes': {
    candidates: ['author', 'ben'],
    asked: { author: 1000 },
    nowMs: 2500,
    next: 'ben'
  },
  'nobody yet where the line is long': {
    candidates: ['author', 'ben'],
    asked: { author: 1000 },
    rttMs: 500,
    nowMs: 4000,
    next: null
  },
  'nobody else while entries come': {
    candidates: ['author', 'ben'],
    asked: { author: 1000 },
    grewAtMs: 4000,
    nowMs: 5000,
    next: null
  },
  'another where they come one by one': {
    candidates: ['author', 'ben'],
    asked: { author: 1000 },
    grewAtMs: 5900,
    nowMs: 6000,
    next: 'ben'
  },
  'what came before it was asked does not count': {
    candidates: ['ben', 'cleo'],
    asked: { ben: 1000 },
    grewAtMs: 500,
    nowMs: 2500,
    next: 'cleo'
  },
  'nobody again at once': {
    candidates: ['ben', 'cleo'],
    asked: { ben: 1000, cleo: 2500 },
    nowMs: 15_000,
    next: null
  },
  'whoever was asked longest ago, after a while': {
    candidates: ['ben', 'cleo'],
    asked: { ben: 2500, cleo: 1000 },
    nowMs: 16_000,
    next: 'cleo'
  },
  'where who was asked is gone, another at once': { candidates: ['ben'], nowMs: 1, next: 'ben' }
}

for (const [title, { asked = {}, grewAtMs = -Infinity, rttMs = 0, ...rest }] of Object.entries(
  CASES
)) {
  test(`whom to ask for missing entries: ${title}`, (t) => {
    const askedAtMs = new Map(Object.entries(asked))
    t.is(whomToAsk({ askedAtMs, grewAtMs, rttMs, ...rest }), rest.next)
  })
}
