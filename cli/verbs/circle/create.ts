// `temoin circle create`: a new circle, this device its first organiser.

import { withDevice } from '../../open-device.ts'
import { plain } from '../../output/printable.ts'
import { keyText } from '../../output/units.ts'
import { nameText } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const circleCreate: Verb = {
  path: 'circle create',
  summary: 'Make a circle, this device its first organiser',
  args: [['<name>', 'What its members shall call it']],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { args, out } = invocation
  const name = nameText('<name>', args['name']!)
  await withDevice(invocation, { offline: true }, async (device) => {
    const { circle } = await device.createCircle(name)
    out.event('circle', { circle: keyText(circle.id), name })
    out.say(`The circle "${plain(name)}" is made, and you are its organiser`)
    out.say('Invite others to it with "temoin invite"')
  })
}
