// `temoin-relay` as a process of its own, and a relay's status as it would be.

import z32 from 'z32'
import type { Assert } from 'brittle'
import { path } from '../../../core/runtime/fs.ts'
import type { RelayStatus } from '../../../relay/status/status.ts'
import { run, temoin } from './cli.ts'
import type { CliProcess } from './cli.ts'
import type { CliDevice } from './circle.ts'

/** A relay of the inviter's circle as well, by the verbs themselves; no process runs when it resolves. */
export async function createCliRelay(
  t: Assert,
  inviter: CliDevice,
  dir: string,
  name = 'relay'
): Promise<CliDevice> {
  const storage = path.join(dir, name)
  const host = temoin(t, ['invite', '--role', 'relay'], { storage: inviter.storage })
  const { url } = await host.waitFor('invite')
  const joined = await run(t, ['relay', 'join', url, '--name', name], { storage })
  if (joined.code !== 0) throw new Error(joined.err)
  await host.ended
  return { name, storage, device: joined.last!['device'] }
}

/** Running, with its status page on a port of its own choice. */
export async function startRelay(
  t: Assert,
  { storage }: CliDevice,
  args: string[] = []
): Promise<{ relaying: CliProcess; port: number }> {
  const words = ['relay', 'run', '--status-port', '0', '--keep-free', '100M', ...args]
  const relaying = temoin(t, words, { storage })
  await relaying.waitFor('ready')
  const page = await relaying.waitFor('status-page')
  return { relaying, port: page['port'] }
}

/** One circle, all well. */
export function someStatus(more: Partial<RelayStatus> = {}): RelayStatus {
  const key = z32.encode(new Uint8Array(32).fill(7))
  return {
    ...{ version: '0.1.0', device: key, startedAtMs: 1_790_000_000_000, atMs: 1_790_000_060_000 },
    ...{ usedBytes: 5e9, capacityBytes: 20e9, diskFreeBytes: 40e9, fullInDays: 41 },
    ...{ receipts: 12, lagBlocks: 0, links: 2, linkedAtMs: 1_790_000_050_000 },
    scrub: { blocks: 400, damaged: 0, roundEndedAtMs: 1_790_000_030_000 },
    circles: [someCircle()],
    ...more
  }
}

export function someCircle(
  more: Partial<RelayStatus['circles'][number]> = {}
): RelayStatus['circles'][number] {
  return {
    ...{ circle: z32.encode(new Uint8Array(32).fill(9)), role: 'relay', members: 4, online: 2 },
    ...{
      recordings: 3,
      live: 1,
      bytes: 5e9,
      journalBytes: 2e6,
      quotaBytes: null,
      room: 'open',
      why: null
    },
    ...{ share: 0.25, leavesAtMs: null, refused: 0 },
    ...more
  }
}
