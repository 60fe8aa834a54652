// What it costs, side by side with what people would use instead: `npm run bench`.
//
//   npm run bench                     every scenario, three rounds, and the tables in bench/README.md
//   npm run bench -- --quick          one short round, tables on the terminal only
//   npm run bench -- --full           longer rounds, 100 kills, ten runs of the worst link
//   npm run bench -- --only live,kill some of: live, costs, catch-up, kill, links, cut, floods, fan-out, start,
//                                     relay-live, relay-catch-up, relay-floods, page, hour, circle
//   npm run bench -- --hour           and a film of an hour, for its memory (--minutes 20 for less)
//   npm run bench -- --only circle    fifty devices for ten minutes (--minutes 3, --devices 10 for less)
//   npm run bench -- --json           one report a line on stdout
//   --kills n, --loss-runs n, --rounds n   numbers of one's own; --profile dir   processor profiles

import { parseArgs } from 'node:util'
import { orSay } from './lib/say.mjs'

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    hour: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    devices: { type: 'string' },
    json: { type: 'boolean', default: false },
    kills: { type: 'string' },
    'loss-runs': { type: 'string' },
    rounds: { type: 'string' },
    profile: { type: 'string' }
  }
})

await orSay(async () => {
  const { run } = await import('../dist/bench/run.js')
  await run({
    mode: flags.full ? 'full' : flags.quick ? 'quick' : 'default',
    only: flags.only.split(',').filter((name) => name !== ''),
    hour: flags.hour || (flags.minutes !== undefined && flags.only === ''),
    minutes: number(flags.minutes),
    devices: number(flags.devices),
    json: flags.json,
    kills: number(flags.kills),
    lossRuns: number(flags['loss-runs']),
    rounds: number(flags.rounds),
    profile: flags.profile
  })
}, 'bench')

function number(text) {
  return text === undefined ? undefined : Number(text)
}
