import b4a from 'b4a'
import test from 'brittle'
import { MAX_HEARD } from '../../core/encoding/memory/relay-memory.ts'
import type { CircleId, DeviceKey } from '../../core/types/keys.ts'
import { unheardBy, withHeard } from '../../relay/heard.ts'
import type { Notice } from '../../relay/heard.ts'

const [circle, other] = [key(1), key(2)] as unknown as CircleId[]
const [ana, ben] = [key(3), key(4)] as unknown as DeviceKey[]

test('who has heard is told once, and known after it is gone', (t) => {
  const first = withHeard([], [noticeAt(10, ana!)])
  t.alike(first.fresh, [{ circle: circle!, saidAtMs: 10, device: ana! }])
  const second = withHeard(first.heard, [noticeAt(10, ana!, ben!)])
  t.alike(
    second.fresh.map(({ device }) => device),
    [ben]
  )
  const last = withHeard(second.heard, [noticeAt(10)])
  t.alike([last.fresh, last.heard], [[], second.heard])
  t.alike(unheardBy(last.heard, noticeAt(10), [ana!, ben!, key(5)]), [key(5)])
})

test('who has heard of a notice that was taken back has not heard of the next', (t) => {
  const { heard } = withHeard([], [noticeAt(10, ana!)])
  t.alike(unheardBy(heard, noticeAt(11), [ana!]), [ana])
  t.alike(unheardBy(heard, { circle: other!, atMs: 10 }, [ana!]), [ana], 'nor in another circle')
  t.alike(withHeard(heard, [noticeAt(11)]).heard, [])
  t.alike(withHeard(heard, []).heard, [])
})

test('no more is remembered than the file takes', (t) => {
  const many = Array.from({ length: MAX_HEARD + 1 }, (_, i) => {
    const device = b4a.alloc(32)
    device.set([i & 0xff, (i >> 8) & 0xff, i >> 16])
    return device as unknown as DeviceKey
  })
  t.is(withHeard([], [noticeAt(10, ...many)]).heard.length, MAX_HEARD)
})

function noticeAt(atMs: number, ...heardBy: DeviceKey[]): Notice {
  return { circle: circle!, atMs, heardBy }
}

function key(byte: number): DeviceKey {
  return b4a.alloc(32, byte) as unknown as DeviceKey
}
