// What `temoin-relay status` says of a relay, and with which exit code: what its file says is read.

import test from 'brittle'
import { writeStatus } from '../../../cli/relay/status-file.ts'
import type { Health, RelayStatus } from '../../../relay/status/status.ts'
import { run } from '../../helpers/cli/cli.ts'
import { someCircle, someStatus } from '../../helpers/cli/relay.ts'

const CASES: [health: Health, exitCode: number, more: Partial<RelayStatus>, says: RegExp][] = [
  ['good', 0, {}, /All is well/],
  ['filling', 0, { circles: [someCircle({ share: 0.9 })] }, /Room is running out/],
  ['unlinked', 0, { linkedAtMs: null }, /No device has been linked/],
  ['damaged', 1, { scrub: { blocks: 9, damaged: 2, roundEndedAtMs: null } }, /; 2 blocks damaged/],
  ['not-relay', 1, { circles: [someCircle({ role: 'keeper' })] }, /NOT A RELAY there \(keeper\)/],
  ['full', 1, { circles: [someCircle({ room: 'none', why: 'disk' })] }, /FULL: new films/]
]

test('status says what is wrong, and fails where somebody has to do something', async (t) => {
  const storage = await t.tmp()
  for (const [health, exitCode, more, says] of CASES) {
    await writeStatus(storage, someStatus({ atMs: Date.now(), ...more }))
    const { code, last, err } = await run(t, ['relay', 'status'], { storage })
    t.alike([last!['health'], code], [health, exitCode])
    t.ok(says.test(err), err)
    t.is(/All is well/.test(err), health === 'good')
  }
})
