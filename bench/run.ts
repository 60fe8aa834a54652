// What `npm run bench` runs: the scenarios one after another, their tables to the terminal and into
// bench/README.md. Every figure is taken beside its control, in one run.
// Must never: leave a process, a namespace or a directory behind.

import os from '#os'
import process from '#process'
import { fs, path } from '../core/runtime/fs.ts'
import { machine } from './lib/counted/machine.ts'
import { resultsOf, writeResults } from './lib/report/results-page.ts'
import { cutLinks } from './lib/lines/emulated-link.ts'
import { removeNamespaces } from './lib/lines/namespaces.ts'
import { killAll, profiling } from './lib/role.ts'
import { barTable, section } from './lib/report/table.ts'
import { catchUp } from './scenarios/catch-up.ts'
import { circle } from './scenarios/circle.ts'
import { costs } from './scenarios/costs.ts'
import { cut } from './scenarios/cut.ts'
import { floods } from './scenarios/floods.ts'
import { fanOut } from './scenarios/fan-out.ts'
import { hour } from './scenarios/hour.ts'
import { kill } from './scenarios/kill.ts'
import { links } from './scenarios/links.ts'
import { live } from './scenarios/live.ts'
import { page } from './scenarios/page.ts'
import { relayCatchUp } from './scenarios/relay/catch-up.ts'
import { relayFloods } from './scenarios/relay/floods.ts'
import { relayLive } from './scenarios/relay/live.ts'
import { start } from './scenarios/relay/start.ts'
import type { Effort, Report, Scenario } from './scenarios/scenario.ts'

export interface RunOptions {
  mode: Effort['mode']
  /** Names of scenarios; all but those on demand where empty. */
  only: string[]
  /** The long film as well. */
  hour: boolean
  /** How long what runs on demand takes, where that is not as usual. */
  minutes?: number
  /** Of the circle, where that is not as usual. */
  devices?: number
  json: boolean
  /** Overrides of the mode's numbers. */
  kills?: number
  lossRuns?: number
  rounds?: number
  /** Directory for processor profiles of the roles. */
  profile?: string
}

const EFFORTS: Record<Effort['mode'], Omit<Effort, 'mode'>> = {
  quick: {
    rounds: 1,
    roundSeconds: 6,
    costSeconds: 15,
    kills: 4,
    lineSeconds: 8,
    lossRuns: 1,
    bulkMiB: 64
  },
  default: {
    rounds: 3,
    roundSeconds: 10,
    costSeconds: 60,
    kills: 12,
    lineSeconds: 20,
    lossRuns: 1,
    bulkMiB: 256
  },
  full: {
    rounds: 5,
    roundSeconds: 20,
    costSeconds: 60,
    kills: 100,
    lineSeconds: 40,
    lossRuns: 10,
    bulkMiB: 256
  }
}

const SCENARIOS: [string, Scenario][] = [
  ['live', live],
  ['costs', costs],
  ['catch-up', catchUp],
  ['kill', kill],
  ['links', links],
  ['cut', cut],
  ['floods', floods],
  ['fan-out', fanOut],
  ['start', start],
  ['relay-live', relayLive],
  ['relay-catch-up', relayCatchUp],
  ['relay-floods', relayFloods],
  ['page', page]
]

/** Runs what was asked for. @returns the reports, in order */
export async function run(options: RunOptions): Promise<Report[]> {
  const dir = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'temoin-bench-'))
  process.once('SIGINT', () => interrupted(dir))
  process.once('SIGTERM', () => interrupted(dir))
  profiling.dir = options.profile ?? null
  try {
    const reports = await runAll(options, String(dir))
    await publish(options, reports)
    return reports
  } finally {
    endAll()
    await fs.promises.rm(String(dir), { recursive: true, force: true })
  }
}

async function runAll(options: RunOptions, dir: string): Promise<Report[]> {
  const effort = effortOf(options)
  say(`bench: ${machine()}, ${effort.mode} run`)
  const reports: Report[] = []
  for (const [name, scenario] of chosen(options)) {
    say(`bench: ${name}`)
    reports.push(...(await scenario({ effort, dir, say })))
  }
  return reports
}

function effortOf({ mode, kills, lossRuns, rounds }: RunOptions): Effort {
  const effort = { mode, ...EFFORTS[mode] }
  if (kills !== undefined) effort.kills = kills
  if (lossRuns !== undefined) effort.lossRuns = lossRuns
  if (rounds !== undefined) effort.rounds = rounds
  return effort
}

function chosen({ only, hour: long, minutes, devices }: RunOptions): [string, Scenario][] {
  const onDemand: [string, Scenario][] = [
    ['hour', hour(minutes ?? 60)],
    ['circle', circle(minutes ?? 10, devices)]
  ]
  const known = [...SCENARIOS, ...onDemand].map(([name]) => name)
  const unknown = only.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new Error(`There is no scenario ${unknown}: there are ${known.join(', ')}`)
  }
  const wanted = SCENARIOS.filter(([name]) => only.length === 0 || only.includes(name))
  const asked = onDemand.filter(([name]) => only.includes(name) || (long && name === 'hour'))
  return [...wanted, ...asked]
}

/** A quick run is for a glance: it leaves the page as it is. */
async function publish({ mode, json }: RunOptions, reports: Report[]): Promise<void> {
  const where = `Measured on ${machine()}.`
  const figures = reports.flatMap((report) => report.figures)
  const bars = `### The bars\n\n${barTable(figures, await resultsOf('bars'))}`
  const sections = new Map(reports.map((report) => [report.name, section(report, where)]))
  if (json) for (const report of reports) process.stdout.write(JSON.stringify(report) + '\n')
  else for (const text of [...sections.values(), bars]) process.stdout.write(`\n${text}\n`)
  if (mode === 'quick') return
  sections.set('bars', bars)
  await writeResults(sections)
  say('bench: the tables are in bench/README.md')
}

function say(line: string): void {
  process.stderr.write(line + '\n')
}

function endAll(): void {
  killAll()
  cutLinks()
  removeNamespaces()
}

function interrupted(dir: unknown): void {
  endAll()
  fs.rmSync(String(dir), { recursive: true, force: true })
  process.exit(130)
}
