import test from 'brittle'
import type { Assert } from 'brittle'
import type { Receipt } from '../../../core/encoding/recording/receipt.ts'
import { Acker } from '../../../core/replica/receipts/acker.ts'
import { ReceiptBook } from '../../../core/replica/receipts/receipt-book.ts'
import { appendChecked } from '../../../core/store/hypercore/checked-append.ts'
import { eventually } from '../../helpers/eventually.ts'
import { device, film, writer } from '../../helpers/films/recorder.ts'
import { openStore } from '../../store/open-store.ts'

test('what is written is flushed and signed for at once', async (t) => {
  const { acker, write, signed } = await acking(t, () => false)
  await write()
  acker.poke()
  await eventually(() => signed.length === 1)
  await write()
  acker.poke()
  await eventually(() => signed.length === 2)
  t.alike(
    signed.map(({ length }) => length),
    [1, 2]
  )
})

test('what may wait is flushed and signed for together', async (t) => {
  const { acker, write, signed } = await acking(t, () => true)
  const goOn = holdTimers(t)
  for (let n = 0; n < 3; n++) {
    await write()
    acker.poke()
  }
  t.is(signed.length, 0)
  goOn()
  await eventually(() => signed.length > 0)
  t.alike(
    signed.map(({ length }) => length),
    [3]
  )
})

test('what waits is signed for as soon as it may not wait any more', async (t) => {
  let mayWait = true
  const { acker, write, signed } = await acking(t, () => mayWait)
  await write()
  acker.poke()
  mayWait = false
  acker.poke()
  await acker.stop()
  t.is(signed.length, 1)
})

test('nothing that waits is left unsigned at the end', async (t) => {
  const { acker, write, signed } = await acking(t, () => true)
  await write()
  acker.poke()
  await acker.stop()
  t.is(signed[0]?.length, 1)
  acker.poke()
  await acker.stop()
  t.is(signed.length, 1)
})

/** Timers that are set from now on are over when the returned function is called, and not before. */
function holdTimers(t: Assert): () => void {
  const { setTimeout } = globalThis
  const waiting: (() => void)[] = []
  const hold = (call: () => void): unknown => {
    waiting.push(call)
    return setTimeout(() => {}, 0)
  }
  const restore = (): void => void Object.assign(globalThis, { setTimeout })
  Object.assign(globalThis, { setTimeout: hold })
  t.teardown(restore)
  return () => {
    restore()
    for (const call of waiting) call()
  }
}

/** One that signs for a recording of which the test writes one block after the other. */
async function acking(t: Assert, mayWait: () => boolean) {
  const store = await openStore(t)
  const recording = writer()
  const blocks = film(recording, 8)
  const core = await store.core(recording.signer)
  const book = new ReceiptBook()
  const signed: Receipt[] = []
  const acker = new Acker({
    ...{ store, core, book, mayWait, keys: device(3), now: Date.now },
    onReceipt: (receipt) => {
      book.sign(receipt)
      signed.push(receipt)
    },
    onLoss: () => t.fail('lost'),
    onError: (err) => t.fail(String(err))
  })
  t.teardown(() => acker.stop(), { order: -1 })
  return { acker, signed, write: () => appendChecked(core, [blocks[core.length]!]) }
}
