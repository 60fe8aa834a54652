// What members said of a film afterwards, in a package: checked like everything else, and never as a part
// of the film.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type { Annotation } from '../../core/encoding/journal/annotation.ts'
import { encodeAnnotations } from '../../core/evidence/annotation-list.ts'
import { annotationFiles, README } from '../../core/evidence/layout.ts'
import { annotationLine, annotationsHeading } from '../../core/evidence/text/annotation-lines.ts'
import { remark } from '../helpers/annotations.ts'
import { film, newDevice, receiptFor, sourceOf } from './film.ts'
import type { Film } from './film.ts'
import { failures, findings, TestPackage } from './test-package.ts'

const FILES = annotationFiles(1)
const ben = newDevice()
const cleo = newDevice()

test('what was said afterwards is in the verdict, apart, and leaves the film as good as it was', async (t) => {
  const { pack } = await packed(t, ({ key }) => [
    remark(cleo, key, { filmMs: 2000, tag: null, text: 'the second van' }),
    remark(ben, key)
  ])
  const verdict = await pack.verify()
  t.ok(verdict.ok)
  t.alike(findings(verdict), ['ANNOTATED_AFTERWARDS'])
  t.alike(
    verdict.annotations.map(({ part, seconds, tag, text }) => [part, seconds, tag, text]),
    [
      [1, 1.5, 'badge', 'RIO 1234567'],
      [1, 2, null, 'the second van']
    ]
  )
  t.ok(textOf(pack, FILES.text).startsWith('NOT PART OF THE FILM'))
  t.ok(textOf(pack, README).includes('2 annotations, from 2 devices: not captured'))
  const entries = textOf(pack, 'log/part-1/entries.txt')
  t.absent(entries.includes('RIO'), 'nor does the log say it')
})

test('a film of which nobody said anything has no such file', async (t) => {
  const { pack } = await packed(t, () => [])
  t.absent(pack.names.some((name) => name.startsWith('annotations/')))
  const verdict = await pack.verify()
  t.alike([verdict.ok, verdict.annotations, findings(verdict)], [true, [], []])
})

test('a writer leaves out what is forged or about another film', async (t) => {
  const made = film()
  const other = remark(ben, film().key)
  const forged = { ...remark(ben, made.key), text: 'RIO 7654321' }
  const { pack } = await packed(t, () => [other, forged, remark(cleo, made.key)], made)
  t.alike((await pack.verify()).annotations.length, 1)
})

interface Spoiled {
  what: string
  spoil: (pack: TestPackage, made: Film) => unknown
  codes: string[]
}

const SPOILED: Spoiled[] = [
  {
    what: 'a text changed after it was signed',
    spoil: (pack, { key }) => put(pack, [{ ...remark(ben, key), text: 'RIO 7654321' }]),
    codes: ['ANNOTATION_INVALID']
  },
  {
    what: 'a moment changed after it was signed',
    spoil: (pack, { key }) => put(pack, [{ ...remark(ben, key), filmMs: 1 }]),
    codes: ['ANNOTATION_INVALID']
  },
  {
    what: 'put in the mouth of another device',
    spoil: (pack, { key }) => put(pack, [{ ...remark(ben, key), device: cleo.device }]),
    codes: ['ANNOTATION_INVALID']
  },
  {
    what: 'said of another film',
    spoil: (pack) => put(pack, [remark(ben, film().key)]),
    codes: ['ANNOTATION_INVALID']
  },
  {
    what: 'another text for people than for programs',
    spoil: (pack) => pack.set(FILES.text, 'The officer said nothing\n'),
    codes: ['TEXT_DIFFERS']
  },
  {
    what: 'without the text for people',
    spoil: (pack) => pack.files.delete(FILES.text),
    codes: ['FILE_MISSING']
  },
  {
    what: 'with the text for people alone',
    spoil: (pack) => pack.files.delete(FILES.binary),
    codes: ['FILE_MISSING']
  },
  {
    what: 'a list of nothing',
    spoil: (pack) => put(pack, []),
    codes: ['FILE_DAMAGED']
  },
  {
    what: 'a list that is cut short',
    spoil: (pack) => pack.set(FILES.binary, pack.get(FILES.binary).subarray(0, -1)),
    codes: ['FILE_DAMAGED']
  },
  {
    what: 'a list that goes on',
    spoil: (pack) => pack.set(FILES.binary, b4a.concat([pack.get(FILES.binary), b4a.alloc(1)])),
    codes: ['FILE_DAMAGED']
  },
  {
    what: 'of a part that is not here',
    spoil: (pack) => pack.set(annotationFiles(2).binary, pack.get(FILES.binary)),
    codes: ['FILE_UNEXPECTED']
  }
]

for (const { what, spoil, codes } of SPOILED) {
  test(`a package does not verify with an annotation ${what}`, async (t) => {
    const { pack, made } = await packed(t, ({ key }) => [remark(ben, key)])
    spoil(pack, made)
    const verdict = await pack.resum().verify()
    t.absent(verdict.ok)
    t.alike(failures(verdict), codes)
  })
}

test('a byte of an annotation that was changed is told as damage where only that was done', async (t) => {
  const { pack } = await packed(t, ({ key }) => [remark(ben, key)])
  pack.flip(FILES.binary, 80, 1)
  t.alike(failures(await pack.verify()).includes('FILE_CHANGED'), true)
})

async function packed(
  t: Assert,
  say: (made: Film) => Annotation[],
  made = film()
): Promise<{ pack: TestPackage; made: Film }> {
  const receipts = [receiptFor(made, newDevice(), made.blocks.length)]
  const source = { ...sourceOf(made, receipts), annotations: say(made) }
  return { pack: await TestPackage.of(t, source), made }
}

/** As an attacker would, who has both files say the same. */
function put(pack: TestPackage, annotations: Annotation[]): TestPackage {
  const text = [annotationsHeading(annotations), ...annotations.map(annotationLine)].join('')
  return pack.set(FILES.binary, encodeAnnotations(annotations)).set(FILES.text, text)
}

function textOf(pack: TestPackage, name: string): string {
  return b4a.toString(pack.get(name) as any, 'utf8')
}
