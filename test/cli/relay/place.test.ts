import test from 'brittle'
import z32 from 'z32'
import { run } from '../../helpers/cli/cli.ts'
import { relaysFor } from '../../../relay/placement.ts'

const CIRCLE = z32.encode(new Uint8Array(32).fill(9))

test('place names the relays of a circle by its whole key, and takes no part of it', async (t) => {
  const place = (circle: string) => run(t, ['relay', 'place', circle, '--relays', 'a,b,c,d'])
  const { code, last } = await place(CIRCLE.toUpperCase())
  t.alike([code, last!['circle']], [0, CIRCLE])
  t.alike(last!['relays'], relaysFor(CIRCLE, ['a', 'b', 'c', 'd'], 2))
  for (const wrong of [CIRCLE.slice(0, 8), CIRCLE + 'y', 'our circle']) {
    const refused = await place(wrong)
    t.is(refused.code, 2)
    t.ok(/52 letters/.test(refused.last!['message']), refused.last!['message'])
  }
})
