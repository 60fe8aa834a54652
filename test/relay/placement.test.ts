import test from 'brittle'
import { relaysFor } from '../../relay/placement.ts'

const RELAYS = ['zurich', 'oslo', 'lisbon', 'riga', 'tunis']
const CIRCLES = Array.from({ length: 1000 }, (_, i) => `circle ${i}`)

test('wherever it is asked, in whatever order the relays are named, the answer is one', (t) => {
  for (const circle of CIRCLES.slice(0, 50)) {
    t.alike(relaysFor(circle, [...RELAYS].reverse(), 2), relaysFor(circle, RELAYS, 2))
  }
  t.alike(relaysFor('circle', ['a', 'a', 'b'], 3).sort(), ['a', 'b'])
})

test('circles are spread evenly', (t) => {
  const firsts = CIRCLES.map((circle) => relaysFor(circle, RELAYS, 1)[0])
  for (const relay of RELAYS) {
    const share = firsts.filter((one) => one === relay).length / CIRCLES.length
    t.ok(share > 0.15 && share < 0.25, `${relay}: ${share}`)
  }
})

test('a relay that goes moves only what it had, and one that comes takes only its part', (t) => {
  const fewer = RELAYS.filter((relay) => relay !== 'oslo')
  for (const circle of CIRCLES) {
    const before = relaysFor(circle, RELAYS, 2)
    const after = relaysFor(circle, fewer, 2)
    const lost = before.filter((relay) => !after.includes(relay))
    if (lost.length > 1 || (lost.length === 1 && lost[0] !== 'oslo')) t.fail(`${circle}: ${lost}`)
  }
  const more = [...RELAYS, 'dakar']
  const moved = CIRCLES.filter(
    (circle) => relaysFor(circle, more, 1)[0] !== relaysFor(circle, RELAYS, 1)[0]
  )
  t.ok(moved.every((circle) => relaysFor(circle, more, 1)[0] === 'dakar'))
  t.ok(moved.length < CIRCLES.length / 4, `${moved.length} moved`)
})
