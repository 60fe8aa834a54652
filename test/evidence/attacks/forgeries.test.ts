// What an author who cheats can sign, and what the verifier makes of it.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import test from 'brittle'
import type { Assert } from 'brittle'
import type { Receipt } from '../../../core/encoding/recording/receipt.ts'
import { partFiles } from '../../../core/evidence/layout.ts'
import type { Verdict } from '../../../core/evidence/verify/verdict.ts'
import { treeSignable } from '../../../core/recording/log-tree.ts'
import { film, newDevice, receiptFor, sourceOf, syntheticMedia, treeHash } from '../film.ts'
import { Forger } from './forger.ts'
import { TestPackage, failures } from '../test-package.ts'

const media = syntheticMedia(8)

async function verdictOn(t: Assert, forger: Forger, receipts: Receipt[] = []): Promise<Verdict> {
  const pack = await TestPackage.of(t, sourceOf(forger.film()))
  return pack.setReceipts(receipts).resum().verify()
}

test('a forger who follows the rules is an author like any other', async (t) => {
  const forger = new Forger({ author: newDevice(), media }).fragments().checkpoint().seal()
  const verdict = await verdictOn(t, forger)
  t.ok(verdict.ok)
})

test('a film in the name of a device that did not vouch for it has a forged author', async (t) => {
  const forger = new Forger({ author: newDevice(), attestedBy: newDevice(), media })
    .fragments()
    .seal()
  const verdict = await verdictOn(t, forger)
  t.alike(failures(verdict), ['ATTESTATION_INVALID'])
  t.is(verdict.author, null, 'nobody is named as the author')
  t.is(verdict.reasons[0]!.block, 0)
})

test('a film signed again under another key does not get the receipts of the true one', async (t) => {
  const made = film({ media })
  const receipts = [receiptFor(made, newDevice(), made.blocks.length)]
  const forger = new Forger({ author: newDevice(), media }).fragments().seal()
  const verdict = await verdictOn(t, forger, receipts)
  t.alike(failures(verdict), ['RECEIPT_OTHER_RECORDING'])
  t.alike(verdict.receipts, [])
})

test('two histories under one key are named as such when a receipt proves the other', async (t) => {
  const author = newDevice()
  const signing = crypto.keyPair()
  const first = new Forger({ author, media, signing }).fragments().seal()
  const rival = new Forger({ author, media: syntheticMedia(8, 5), signing }).fragments().seal()
  t.alike(first.key, rival.key)
  const verdict = await verdictOn(t, rival, [receiptFor(first.film(), newDevice(), 6)])
  t.alike(failures(verdict), ['RIVAL_HISTORY'])
  t.is(verdict.reasons[0]!.block, 6)
  t.ok(verdict.reasons[0]!.message.includes('two histories'))
})

test('a tail the author signed and a holder has cannot be left out', async (t) => {
  const forger = new Forger({ author: newDevice(), media }).fragments()
  const whole = forger.film()
  const pack = await TestPackage.of(t, sourceOf(whole, [], 5))
  pack.setReceipts([receiptFor(whole, newDevice(), 8)])
  const verdict = await pack.resum().verify()
  t.alike(failures(verdict), ['TAIL_MISSING'])
  t.ok(verdict.reasons[0]!.message.includes("with the author's signature"))
  t.ok(verdict.reasons[0]!.message.includes('3 blocks missing'))
})

test('a rewritten log is named, however well it is signed', async (t) => {
  const forger = new Forger({ author: newDevice(), media, fork: 2 }).fragments().seal()
  const pack = await TestPackage.of(t, { ...sourceOf(forger.film()), fork: 2 })
  t.alike(failures(await pack.verify()), ['FORKED'])
})

test('blocks after the seal are counted', async (t) => {
  const forger = new Forger({ author: newDevice(), media }).fragments(0, 6).seal().fragments(6)
  const verdict = await verdictOn(t, forger)
  t.ok(failures(verdict).includes('BLOCKS_AFTER_SEAL'))
  t.absent(verdict.sealed)
  const reason = verdict.reasons.find(({ code }) => code === 'BLOCKS_AFTER_SEAL')!
  t.ok(reason.message.startsWith('2 blocks stand after the seal in block 7'))
})

test('a checkpoint that does not fit the media is named with its block and time', async (t) => {
  for (const changes of [{ sha256: b4a.alloc(32) }, { mediaBytes: 1 }]) {
    const forger = new Forger({ author: newDevice(), media })
      .fragments(0, 4)
      .checkpoint(changes)
      .seal()
    const verdict = await verdictOn(t, forger)
    t.alike(failures(verdict), ['CHECKPOINT_MISMATCH'])
    t.is(verdict.reasons[0]!.block, 5)
    t.is(verdict.reasons[0]!.seconds, 1)
  }
})

test('a seal that does not fit its log is named', async (t) => {
  const changes = [
    { length: 3 },
    { treeHash: b4a.alloc(32) },
    { sha256: b4a.alloc(32) },
    { mediaBytes: 7 }
  ]
  for (const change of changes) {
    const forger = new Forger({ author: newDevice(), media }).fragments().seal(change)
    const verdict = await verdictOn(t, forger)
    t.alike(failures(verdict), ['SEAL_MISMATCH'], Object.keys(change)[0])
  }
})

test('a clock that was moved while filming is a finding', async (t) => {
  const forger = new Forger({ author: newDevice(), media }).fragments(0, 4).checkpoint()
  forger.checkpoint({ monotonicMs: 1000, wallMs: Date.UTC(2020, 1, 1) }).seal()
  const verdict = await verdictOn(t, forger)
  t.ok(verdict.ok)
  t.is(verdict.reasons[0]!.code, 'CLOCK_MOVED')
})

test('the wildest values an author can sign are shown, and break nothing', async (t) => {
  const most = Number.MAX_SAFE_INTEGER
  const wild = { ...syntheticMedia(1), mime: '../../x\n\u202e;codecs=' + 'a'.repeat(3000) }
  const forger = new Forger({ author: newDevice(), media: wild })
  const place = { latitudeE7: -2e15, longitudeE7: 2e15, accuracyM: most }
  const times = { wallMs: most, monotonicMs: most, batteryPercent: most }
  const fragment = { key: false, continued: true, data: b4a.alloc(0) }
  const text = '\u001b]0;title\u0007\n\nblock 1  00:00.0  seal'
  forger.checkpoint({ ...times, place })
  forger.add({ kind: 'fragment', body: { ...fragment, ptsUs: -4e15, durationUs: most } })
  forger.add({ kind: 'fragment', body: { ...fragment, ptsUs: 4e15, durationUs: most } })
  forger.add({ kind: 'gap', body: { fromUs: 4e15, toUs: -4e15, reason: text } })
  forger.add({ kind: 'note', body: { text, atMs: most } })
  forger.add({ kind: 'status', body: { status: 'hidden', atMs: most } })
  forger.checkpoint()
  const pack = await TestPackage.of(t, sourceOf(forger.film()))
  t.ok(pack.files.has('media/part-1.mp4'))
  const verdict = await pack.verify()
  t.ok(verdict.ok)
  t.ok(Number.isFinite(verdict.seconds))
  const texts = ['README.txt', partFiles(1).entries].map((name) =>
    b4a.toString(pack.get(name) as any)
  )
  const shown = [...texts, ...verdict.reasons.map(({ message }) => message)].join('')
  t.absent(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/.test(shown),
    'nothing that could fool a terminal'
  )
  t.is(
    texts[1]!.match(/^block /gm)?.length,
    6,
    'a note cannot forge a line: block 0, and five entries'
  )
})

test('a block that opens but is no entry is named, and so is one that no key opens', async (t) => {
  for (const code of ['ENTRY_UNREADABLE', 'BLOCK_DAMAGED'] as const) {
    const forger = new Forger({ author: newDevice(), media }).fragments(0, 3)
    if (code === 'ENTRY_UNREADABLE') forger.raw(b4a.alloc(128, 9))
    else forger.append(b4a.alloc(300, 9))
    const pack = await TestPackage.of(t, sourceOf(forger.film(), [], 4))
    const verdict = await putIn(pack, forger).verify()
    t.alike(failures(verdict), [code])
    t.is(verdict.reasons[0]!.block, 4)
  }
})

/** The writer refuses to export such a log, so the blocks and the head are put in by hand. */
function putIn(pack: TestPackage, forger: Forger): TestPackage {
  const files = partFiles(1)
  const { blocks, key } = forger
  pack.setBlocks(blocks.map(({ value }) => value))
  const head = treeSignable(key, treeHash(blocks, blocks.length), blocks.length, 0)
  return pack.set(files.head, head).set(files.signature, blocks.at(-1)!.signature).resum()
}
