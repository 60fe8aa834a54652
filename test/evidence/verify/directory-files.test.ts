import b4a from 'b4a'
import test from 'brittle'
import { directoryFiles } from '../../../core/evidence/verify/directory-files.ts'
import { verifyPackage } from '../../../core/evidence/verify/verify-package.ts'
import { writePackage } from '../../../core/evidence/write/write-package.ts'
import { fs, path } from '../../../core/runtime/fs.ts'
import { film, newDevice, receiptFor, sourceOf } from '../film.ts'
import { failures } from '../test-package.ts'

async function exported(t: { tmp(): Promise<string> }): Promise<string> {
  const dir = path.join(await t.tmp(), 'package')
  const made = film()
  const receipts = [receiptFor(made, newDevice(), made.blocks.length)]
  await writePackage({ dir, parts: [sourceOf(made, receipts)] })
  return dir
}

test('a package on disk verifies, and a changed byte in it is found', async (t) => {
  const dir = await exported(t)
  const verdict = await verifyPackage(directoryFiles(dir))
  t.ok(verdict.ok)
  t.alike(verdict.reasons, [])
  const film = path.join(dir, 'media/part-1.mp4')
  const bytes = fs.readFileSync(film) as Uint8Array
  bytes[4000]! ^= 1
  fs.writeFileSync(film, bytes as any)
  t.alike(failures(await verifyPackage(directoryFiles(dir))).sort(), [
    'FILE_CHANGED',
    'MEDIA_DIFFERS'
  ])
})

test('a link in a package is not followed', async (t) => {
  const dir = await exported(t)
  const film = path.join(dir, 'media/part-1.mp4')
  const moved = path.join(dir, '..', 'elsewhere.mp4')
  await fs.promises.rename(film, moved)
  await fs.promises.symlink(moved, film)
  const verdict = await verifyPackage(directoryFiles(dir))
  t.absent(verdict.ok)
  t.is(verdict.reasons.find(({ code }) => code === 'FILE_NOT_REGULAR')?.file, 'media/part-1.mp4')
  await fs.promises.symlink(path.join(dir, '..'), path.join(dir, 'up'))
  t.ok((await directoryFiles(dir).list()).includes('up'), 'a linked folder is a name, not a way in')
})

test('a folder that does not exist, or a file in its place, is the wrong input', async (t) => {
  const dir = await t.tmp()
  fs.writeFileSync(path.join(dir, 'file'), b4a.from('x') as any)
  for (const [name, words] of [
    ['nothing', 'does not exist'],
    ['file', 'is not a folder']
  ] as const) {
    const err: any = await verifyPackage(directoryFiles(path.join(dir, name))).then(
      () => null,
      (error: unknown) => error
    )
    t.is(err?.code, 'BAD_INPUT')
    t.ok(err?.message.includes(words), err?.message)
  }
})

test('an empty folder is no package', async (t) => {
  const verdict = await verifyPackage(directoryFiles(await t.tmp()))
  t.absent(verdict.ok)
  t.ok(failures(verdict).includes('NOT_A_PACKAGE'))
})
