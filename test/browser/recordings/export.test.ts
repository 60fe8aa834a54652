// Getting evidence out by the screens: what they say of it is what the command line says of the folder.

import test from 'brittle'
import { spawnSync } from '#subprocess'
import { path } from '../../../core/runtime/fs.ts'
import { violations } from '../../helpers/browser/looks/axe.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { open, startEngine } from '../../helpers/browser/engine.ts'
import { exportedDir } from '../../helpers/browser/exported.ts'
import { run } from '../../helpers/cli/cli.ts'
import { filmed } from '../../helpers/cli/film.ts'
import { eventually } from '../../helpers/eventually.ts'

test(`A film is exported and checked by the screens alone${unless}`, options, async (t) => {
  const { holder, recording } = await filmed(t)
  const engine = await startEngine(t, holder.storage)
  const page = await open(t, engine, { at: `watch/${recording}` })
  await page.getByRole('button', { name: 'Export and check' }).click()
  const verdict = page.getByText('Unchanged: every block is as it was signed.')
  await eventually(() => verdict.isVisible())
  t.alike(await violations(page), [])
  const dir = await exportedDir(page)
  const verified = await run(t, ['verify', dir])
  t.is(verified.code, 0, verified.err)
  t.is(verified.last!['recording'], recording)
})

test(
  `A package is saved as one zip, which unpacks and verifies elsewhere${unless}`,
  options,
  async (t) => {
    const { dir, holder, recording } = await filmed(t)
    const engine = await startEngine(t, holder.storage)
    const page = await open(t, engine, { at: `watch/${recording}` })
    await page.getByRole('button', { name: 'Export and check' }).click()
    const save = page.getByRole('button', { name: 'Save everything as one file (zip)' })
    await eventually(() => save.isVisible())
    t.alike(await violations(page), [])
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()])
    const name = download.suggestedFilename()
    t.ok(/^\d{4}-\d\d-\d\d-\w{8}\.zip$/.test(name), name)
    const zip = path.join(dir, name)
    await download.saveAs(zip)
    const unpacked = path.join(dir, 'unpacked')
    unpack(zip, unpacked)
    const verified = await run(t, ['verify', path.join(unpacked, name.slice(0, -4))])
    t.is(verified.code, 0, verified.err)
    t.is(verified.last!['recording'], recording)
  }
)

/** By what is on every machine that runs these tests, which is not ours. */
function unpack(zip: string, folder: string): void {
  const { status, stderr } = spawnSync('python3', ['-m', 'zipfile', '-e', zip, folder], {}) as any
  if (status !== 0) throw new Error(String(stderr))
}
