// `temoin take`: takes over the recordings that a panic on another device has left in its folder `kept`.

import { withDevice } from '../../open-device.ts'
import { countText, keyText } from '../../output/units.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const take: Verb = {
  path: 'take',
  summary: 'Take over the recordings that a panic on another device has kept',
  args: [['<dir>', 'The folder "kept" of that device, or a copy of it']],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { args, out } = invocation
  const dir = args['dir']!
  await withDevice(invocation, { offline: true }, async (device) => {
    const taken = await device.strays.takeIn(dir)
    const recordings = taken.map(({ recording, blocks, lost }) => {
      return { recording: keyText(recording), blocks, lost }
    })
    out.event('taken', { dir, recordings })
    for (const { recording, blocks, lost } of recordings) {
      const less = lost === 0 ? '' : `; ${countText(lost, 'block')} could not be read or proven`
      out.say(`${recording}: ${countText(blocks, 'block')}${less}`)
    }
    out.say(
      `${countText(taken.length, 'recording')} taken over: "temoin list" shows them, and "temoin export <recording> <dir>" takes out what this device can read`
    )
  })
}
