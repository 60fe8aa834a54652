// `temoin rename`: what this device is called from now on, said in every circle it is in.

import type { Device } from '../../../core/device.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import { circleNameOf } from '../../../core/device/facts/names.ts'
import { tellMembers } from '../../facts/telling.ts'
import { withDevice } from '../../open-device.ts'
import { plain } from '../../output/printable.ts'
import { keyText, listText } from '../../output/units.ts'
import { nameText, waitMsOf } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const rename: Verb = {
  path: 'rename',
  summary: 'Change what the members of its circles call this device',
  args: [['<name>', 'Its new name; what it was called before stays in the history of each circle']],
  flags: [['--wait <seconds>', 'How long to tell the members who are online (default 5)']],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { args, flags } = invocation
  const name = nameText('<name>', args['name']!)
  const waitMs = waitMsOf(flags, 5, 600)
  await withDevice(invocation, { offline: waitMs === 0 }, async (device) => {
    const told = await device.rename(name)
    await tellMembers(invocation, device, told, waitMs)
    report(invocation, device, told)
  })
}

function report({ out }: Invocation, device: Device, told: readonly Exchange[]): void {
  const circles = told.map(({ circle }) => keyText(circle.id))
  out.event('renamed', { device: keyText(device.key), name: device.name, circles })
  const names = told.map(({ circle }) => circleNameOf(circle))
  const where = names.length === 0 ? 'the circles it joins from now on' : listText(names)
  out.say(`This device is called "${plain(device.name)}" in ${where}`)
  const others = device.circles.length - told.length
  if (others > 0)
    out.note(
      'A relay, or a device that was cut off, says no name in a circle: there it keeps the one it had'
    )
}
