// `temoin hold`: stays online, holds everything the circles film, and says so. Never deletes.

import type { Device } from '../../../core/device.ts'
import { HoldReport } from '../../hold/report.ts'
import { circleNameOf } from '../../../core/device/facts/names.ts'
import { withDevice } from '../../open-device.ts'
import { plain } from '../../output/printable.ts'
import { keyText, listText } from '../../output/units.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const hold: Verb = {
  path: 'hold',
  summary: 'Stay online and hold everything the circle films',
  flags: [['--circle <circle>', 'Tell of this circle only; all are held']],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { out, stop, flags } = invocation
  const wanted = flags['circle'] as string | undefined
  await withDevice(invocation, {}, async (device) => {
    const only = wanted === undefined ? null : device.circle(wanted)
    if (device.circles.length === 0) device.circle()
    const report = new HoldReport({ device, out, circle: only?.circle.id ?? null })
    tellReady(invocation, device)
    report.start()
    await stop.asked()
    out.endProgress()
    out.note('Closing; what is held stays held')
    report.stop()
  })
}

function tellReady({ out }: Invocation, device: Device): void {
  const circles = device.circles.map(({ circle }) => ({
    circle: keyText(circle.id),
    name: circle.name
  }))
  out.event('ready', { device: keyText(device.key), circles })
  const names = device.circles.map(({ circle }) => circleNameOf(circle))
  out.note(`${plain(device.name)} holds what ${listText(names)} films; Ctrl-C ends it`)
}
