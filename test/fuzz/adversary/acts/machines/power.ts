// Devices that go down, and come up again with what their disk has.
//
// A killed process leaves what it had written; a power cut leaves what the disk had confirmed. Both
// leave the state file as it was last saved. What was acknowledged before is what they are held to.

import { fs, path } from '../../../../../core/runtime/fs.ts'
import type { Actor } from '../../actor.ts'
import type { World } from '../../world.ts'
import type { Act } from '../act.ts'

export const kill: Act = ({ world, a, random }) => fall(world, a, false, random.int(3) > 0)

export const power: Act = ({ world, a, random }) => fall(world, a, true, random.int(3) > 0)

/** As an app that is closed and opened again. */
export const restart: Act = async ({ world, a }) => {
  if (a.station === null) return false
  world.takeNote()
  await world.down(a)
  await world.up(a)
  return true
}

export const up: Act = async ({ world, a }) => {
  if (a.station !== null) return false
  await world.up(a)
  return true
}

async function fall(world: World, actor: Actor, dark: boolean, again: boolean): Promise<boolean> {
  if (actor.station === null) return false
  const { dir } = actor
  const left = await world.t.tmp()
  world.unplug(actor.index)
  world.takeNote()
  leave(dir, left, dark ? (log) => actor.confirmed(log) : null)
  const { state } = actor
  await world.down(actor)
  actor.remember(state)
  await fs.promises.rm(path.join(dir, 'store'), { recursive: true, force: true })
  actor.dir = left
  if (again) await world.up(actor)
  return true
}

/** How many bytes of a log are left; null for all of them. */
type Left = ((log: string) => number) | null

/**
 * In one go, so that the files are of one moment. The database has threads of its own: where one of them wrote
 * tables meanwhile, the copy may have the index from before and not the log, which no crash leaves, and is made
 * again.
 */
function leave(from: string, to: string, bytesOf: Left): void {
  for (;;) {
    const before = tablesIn(from)
    copyDirectory(from, to, bytesOf)
    if (before !== null && before === tablesIn(from)) return
    fs.rmSync(to, { recursive: true })
  }
}

/** What the database has, but for how long its logs are; null while that changes. */
function tablesIn(dir: string): string | null {
  const db = path.join(dir, 'store', 'db')
  const sizeOf = (name: string): number =>
    /log$/i.test(name) ? 0 : Number(fs.statSync(path.join(db, name)).size)
  try {
    return fs
      .readdirSync(db)
      .map((name) => `${String(name)} ${sizeOf(String(name))}`)
      .sort()
      .join()
  } catch (err: any) {
    if (err.code !== 'ENOENT') throw err
    return null
  }
}

/** What tells a store from its copy stays behind. */
function copyDirectory(from: string, to: string, bytesOf: Left): void {
  fs.mkdirSync(to, { recursive: true })
  for (const name of fs.readdirSync(from).map(String)) {
    if (/^(CORESTORE|lock|LOCK)$/.test(name)) continue
    const [source, target] = [path.join(from, name), path.join(to, name)]
    try {
      if (fs.statSync(source).isDirectory()) copyDirectory(source, target, bytesOf)
      else copyFile(source, target, name.endsWith('.log') ? bytesOf : null)
    } catch (err: any) {
      if (err.code !== 'ENOENT') throw err // just being replaced: so it may be gone after a crash
    }
  }
}

function copyFile(source: string, target: string, bytesOf: Left): void {
  const bytes = fs.readFileSync(source) as Uint8Array
  fs.writeFileSync(target, bytesOf === null ? bytes : bytes.subarray(0, bytesOf(source)))
}
