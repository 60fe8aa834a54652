import test from 'brittle'
import z32 from 'z32'
import { film, newDevice, receiptFor, sourceOf, syntheticMedia } from '../film.ts'
import { fixture } from '../../helpers/films/clip.ts'
import type { FixtureName } from '../../helpers/films/clip.ts'
import { split } from '../../helpers/films/media.ts'
import { TestPackage, failures, findings } from '../test-package.ts'

test('a sealed film with receipts verifies without a word', async (t) => {
  const made = film()
  const holders = [newDevice(), newDevice()]
  const all = made.blocks.length
  const receipts = holders.flatMap((holder) => [
    receiptFor(made, holder, 5),
    receiptFor(made, holder, all, { atMs: Date.UTC(2026, 4, 1, 15) }),
    receiptFor(made, holder, all, { atMs: Date.UTC(2026, 4, 1, 16) })
  ])
  const verdict = await (await TestPackage.of(t, sourceOf(made, receipts))).verify()
  t.alike(verdict.reasons, [])
  t.ok(verdict.ok)
  t.is(verdict.recording, z32.encode(made.key))
  t.is(verdict.author, z32.encode(made.author.device))
  t.is(verdict.length, all)
  t.is(verdict.seconds, 3)
  t.ok(verdict.sealed)
  t.is(verdict.parts[0]!.receiptCount, 6)
  const at = '2026-05-01T15:00:00.000Z'
  const devices = holders.map(({ device }) => z32.encode(device)).sort()
  const expected = devices.map((device) => ({ part: 1, device, length: all, at }))
  const said = verdict.receipts.toSorted((a, b) => (a.device < b.device ? -1 : 1))
  t.alike(said, expected, 'the most each holds, and the first time it said so')
  t.alike(JSON.parse(JSON.stringify(verdict)), verdict, 'a verdict is plain data')
})

test('a film whose phone was killed verifies, and its missing seal is named with its time', async (t) => {
  const made = film({ seal: null })
  const receipts = [receiptFor(made, newDevice(), made.blocks.length)]
  const verdict = await (await TestPackage.of(t, sourceOf(made, receipts))).verify()
  t.ok(verdict.ok)
  t.absent(verdict.sealed)
  t.is(verdict.reasons.length, 1)
  t.is(verdict.reasons[0]!.code, 'NO_SEAL')
  t.is(verdict.reasons[0]!.severity, 'finding')
  t.ok(verdict.reasons[0]!.message.includes('ends at 00:03.0 without one'))
})

test('a film nobody else held verifies, and says that only its author dates it', async (t) => {
  const made = film()
  const own = receiptFor(made, made.author, made.blocks.length)
  for (const receipts of [[], [own]]) {
    const verdict = await (await TestPackage.of(t, sourceOf(made, receipts))).verify()
    t.ok(verdict.ok)
    t.alike(findings(verdict), ['NO_RECEIPTS'])
  }
})

test('blocks that no receipt names are counted', async (t) => {
  const made = film()
  const receipts = [receiptFor(made, newDevice(), made.blocks.length - 3)]
  const verdict = await (await TestPackage.of(t, sourceOf(made, receipts))).verify()
  t.ok(verdict.ok)
  t.alike(findings(verdict), ['TAIL_WITHOUT_RECEIPT'])
  t.ok(verdict.reasons[0]!.message.includes('The last 3 blocks'))
})

test('a receipt without the author signature counts, and is named', async (t) => {
  const made = film()
  const all = made.blocks.length
  const receipts = [receiptFor(made, newDevice(), all, { authorSignature: null })]
  const verdict = await (await TestPackage.of(t, sourceOf(made, receipts))).verify()
  t.ok(verdict.ok)
  t.is(verdict.receipts.length, 1)
  t.alike(findings(verdict), ['RECEIPT_UNBACKED'])
})

test('what the recorder says about itself is passed on', async (t) => {
  const gap = { fromUs: 3_000_000, toUs: 5_500_000, reason: 'camera \u001b[2J lost' }
  const made = film({ seal: 'interrupted', extra: [{ kind: 'gap', body: gap }] })
  const verdict = await (await TestPackage.of(t, sourceOf(made))).verify()
  t.ok(verdict.ok)
  t.alike(findings(verdict).sort(), ['ENDED_EARLY', 'GAP', 'NO_RECEIPTS'])
  const said = verdict.reasons.find((reason) => reason.code === 'GAP')!
  t.ok(said.message.includes('3 s to 5.5 s'))
  t.absent(said.message.includes('\u001b'), 'hostile text is made harmless')
})

test('a film in two parts is one verdict', async (t) => {
  const first = film({ seal: 'rotated' })
  const { author, circle } = first
  const second = film({ author, circle, previous: first.key, media: syntheticMedia(6, 2) })
  const holder = newDevice()
  const sources = [first, second].map((part) =>
    sourceOf(part, [receiptFor(part, holder, part.blocks.length)])
  )
  const verdict = await (await TestPackage.of(t, ...sources)).verify()
  t.ok(verdict.ok)
  t.alike(verdict.reasons, [])
  t.is(verdict.length, first.blocks.length + second.blocks.length)
  t.is(verdict.seconds, 4.5)
  t.is(verdict.parts[1]!.previous, verdict.parts[0]!.recording)
  t.alike(
    verdict.receipts.map(({ part }) => part),
    [1, 2]
  )
})

test('half of a film says that there is another half', async (t) => {
  const first = film({ seal: 'rotated' })
  const { author, circle } = first
  const second = film({ author, circle, previous: first.key })
  const one = await (await TestPackage.of(t, sourceOf(first))).verify()
  t.ok(one.ok)
  t.ok(findings(one).includes('CONTINUED_ELSEWHERE'))
  const two = await (await TestPackage.of(t, sourceOf(second))).verify()
  t.ok(two.ok)
  t.ok(findings(two).includes('PREVIOUS_ABSENT'))
})

const CLIPS: FixtureName[] = ['clip-h264-opus.mp4', 'clip-vp8-opus.webm']
for (const name of CLIPS) {
  test(`${name} comes out byte for byte and verifies`, async (t) => {
    const clip = fixture(name)
    const { inits, fragments } = split(clip)
    const { mime } = inits[0]!.description
    const made = film({ media: { mime, init: inits[0]!.data, fragments } })
    const holder = newDevice()
    const pack = await TestPackage.of(
      t,
      sourceOf(made, [receiptFor(made, holder, made.blocks.length)])
    )
    t.alike(pack.get(`media/part-1.${name.split('.')[1]}`), clip)
    const verdict = await pack.verify()
    t.ok(verdict.ok)
    t.alike(failures(verdict), [])
    t.ok(Math.abs(verdict.seconds - 6) < 0.2)
  })
}
