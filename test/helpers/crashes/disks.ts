// Small disks to fill up or to cut the power of: a tmpfs, or an ext4 in a file on a loop device. They
// need Linux and root; `whyNoDisks` says what is missing, for the line of a skipped test.
// Whatever happens, nothing stays mounted: a disk is taken down when its test ends, and those that a
// killed run left behind by the next one.

import process from '#process'
import os from '#os'
import type { Assert } from 'brittle'
import { fs, path } from '../../../core/runtime/fs.ts'
import { eventually } from '../eventually.ts'
import { runProgram } from '../program.ts'
import type { Ran } from '../program.ts'

const PREFIX = 'temoin-disk-'

export interface Disk {
  /** Where it is mounted. */
  dir: string
  freeBytes(): Promise<number>
}

/** Null where disks can be made here; else one clause, for the title of a skipped test. */
export async function whyNoDisks(...programs: string[]): Promise<string | null> {
  if (process.platform !== 'linux') return 'needs Linux'
  for (const program of ['mount', 'umount', ...programs]) {
    if ((await runProgram(program, ['--version'])) === null) return `needs ${program}`
  }
  await sweep()
  const dir = await newDirectory()
  const mounted = await runProgram('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir])
  await takeDown(dir)
  return mounted?.code === 0 ? null : 'needs the right to mount'
}

/** A disk in memory. */
export async function createTmpfs(t: Assert, mebibytes: number): Promise<Disk> {
  const dir = await newDirectory()
  t.teardown(() => takeDown(dir), { order: 1 })
  await must('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', dir])
  return { dir, freeBytes: () => freeBytes(dir) }
}

/**
 * An ext4 in a file, which survives what happens to the file system.
 *
 * Its mount point lies in a shared mount of its own. Any `ip netns exec` on this machine copies the table
 * of mounts, and a copy would keep the file system alive, shut down, when this one is unmounted; but a
 * shared mount takes its copies along.
 */
export class LoopDisk implements Disk {
  readonly dir: string
  readonly #image: string

  private constructor(dir: string) {
    this.dir = path.join(dir, 'mounted')
    this.#image = path.join(dir, 'image')
  }

  static async create(t: Assert, mebibytes: number): Promise<LoopDisk> {
    const dir = await newDirectory()
    const disk = new LoopDisk(dir)
    t.teardown(() => takeDown(dir), { order: 1 })
    await fs.promises.mkdir(disk.dir)
    await fs.promises.writeFile(disk.#image, '')
    await fs.promises.truncate(disk.#image, mebibytes * 2 ** 20)
    await must('mkfs.ext4', ['-q', '-F', disk.#image])
    await must('mount', ['--bind', dir, dir])
    await must('mount', ['--make-shared', dir])
    await disk.mount()
    return disk
  }

  freeBytes(): Promise<number> {
    return freeBytes(this.dir)
  }

  async mount(): Promise<void> {
    await must('mount', ['-o', 'loop', this.#image, this.dir])
    if (/\bshutdown\b/.test((await mounts()).get(this.dir) ?? '')) {
      throw new Error('The file system is still mounted elsewhere, as the cut has left it')
    }
  }

  /** Waits for the files of a process that has just been killed to be closed. */
  async unmount(): Promise<void> {
    await eventually(() => must('umount', [this.dir]).then(() => true), { everyMs: 50 })
  }
}

/** Takes all room but `leftBytes`. @returns the file that does */
export async function fill(disk: Disk, leftBytes: number): Promise<string> {
  const file = path.join(disk.dir, 'ballast')
  const handle = await fs.promises.open(file, 'w')
  const noughts = new Uint8Array(2 ** 20)
  try {
    for (let free = await disk.freeBytes(); free > leftBytes; free = await disk.freeBytes()) {
      const bytes = Math.min(noughts.byteLength, free - leftBytes)
      await handle.write(noughts as never, 0, bytes)
    }
  } catch (err: any) {
    if (err.code !== 'ENOSPC') throw err
  } finally {
    await handle.close()
  }
  return file
}

async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await fs.promises.statfs(dir)
  return Number(bavail) * Number(bsize)
}

async function newDirectory(): Promise<string> {
  const name = `${PREFIX}${process.pid}-${Math.floor(Math.random() * 2 ** 32)}`
  const dir = path.join(os.tmpdir(), name)
  await fs.promises.mkdir(dir)
  return dir
}

/** Unmounts what is mounted at or below `dir`, lazily where it is busy, and removes the rest. */
async function takeDown(dir: string): Promise<void> {
  const points = [...(await mounts()).keys()].reverse()
  for (const point of points.filter((at) => at === dir || at.startsWith(dir + '/'))) {
    const gone = await runProgram('umount', [point])
    if (gone?.code !== 0) await runProgram('umount', ['-l', point])
  }
  await fs.promises.rm(dir, { recursive: true, force: true })
}

/** What a run that was killed has left mounted. */
async function sweep(): Promise<void> {
  for (const name of (await fs.promises.readdir(os.tmpdir())).map(String)) {
    if (!name.startsWith(PREFIX)) continue
    const pid = Number(name.slice(PREFIX.length).split('-')[0])
    if (!isRunning(pid)) await takeDown(path.join(os.tmpdir(), name))
  }
}

function isRunning(pid: number): boolean {
  try {
    fs.statSync(`/proc/${pid}`)
    return true
  } catch {
    return false
  }
}

/** The mount points and their options, in the order in which they were mounted. */
async function mounts(): Promise<Map<string, string>> {
  const table = String(await fs.promises.readFile('/proc/self/mounts', 'utf8')).trim()
  return new Map(table.split('\n').map((line) => [line.split(' ')[1]!, line.split(' ')[3]!]))
}

async function must(program: string, args: string[]): Promise<Ran> {
  const ran = await runProgram(program, args)
  if (ran?.code === 0) return ran
  throw new Error(`${program} ${args.join(' ')}: ${ran === null ? 'there is none' : ran.err}`)
}
