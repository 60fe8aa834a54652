// The main story, by screens alone: three people pair, one films, another watches live, the first device
// is killed, the second has the film, gets it out, and it stands.

import test from 'brittle'
import { path } from '../../core/runtime/fs.ts'
import { options, unless } from '../helpers/browser/chromium.ts'
import { goTo, open, startEngine } from '../helpers/browser/engine.ts'
import { exportedDir } from '../helpers/browser/exported.ts'
import { comeIn, film, foundCircle } from '../helpers/browser/people.ts'
import { hold, isMoving, picture, play, pressed, setTo } from '../helpers/browser/picture.ts'
import { told } from '../helpers/browser/told.ts'
import { run } from '../helpers/cli/cli.ts'
import { eventually } from '../helpers/eventually.ts'

test(
  `Three pair, one films, is killed, and another proves the film${unless}`,
  options,
  async (t) => {
    const dir = await t.tmp()
    const [a, b, c] = await Promise.all(
      ['ana', 'ben', 'cleo'].map((name) => startEngine(t, path.join(dir, name)))
    )
    // Its engine is killed: that it is missed is no error of the page.
    const expected = [/ERR_CONNECTION_REFUSED|WebSocket/]
    const ana = await open(t, a!, { expected })
    const ben = await open(t, b!, { size: 'desktop' })
    const cleo = await open(t, c!)

    const link = await foundCircle(ana, 'Ana', 2)
    for (const [page, name] of [
      [ben, 'Ben'],
      [cleo, 'Cleo']
    ] as const) {
      const { theirs, ours } = await comeIn(ana, page, link, name)
      t.is(ours, theirs, `${name} and Ana see the same words`)
    }

    await film(ana)
    await ana.getByText('2 copies elsewhere').first().waitFor()
    await eventually(async () => Object.values((await told(ana)).filming)[0]!.copies === 2)
    t.pass('as the engine counts them')

    await goTo(ben, 'recordings')
    await ben.getByRole('link', { name: /Ana/ }).click()
    await eventually(() => isMoving(ben))
    await eventually(async () => (await pressed(ben, 'Follow live')) === 'true')
    await eventually(async () => (await picture(ben)).at > 4)

    await a!.process.kill('SIGKILL')
    await ana.getByText('The engine does not answer').first().waitFor()
    t.pass('Ana is told that nothing is handed on any more')

    const { recording } = Object.values((await told(ben)).recordings)[0]!
    await hold(ben)
    await setTo(ben, 0)
    await eventually(async () => (await picture(ben)).at < 1)
    await play(ben)
    await eventually(async () => (await picture(ben)).at > 2)
    t.pass('Ben plays it from its beginning')

    await ben.getByRole('button', { name: 'Export and check' }).click()
    await ben.getByText('Unchanged: every block is as it was signed.').waitFor()
    const made = Object.values((await told(ben)).exports)[0]!
    const others = made.verdict!.receipts.filter(({ device }) => device !== made.verdict!.author)
    t.ok(others.length > 0, 'somebody else signed for it')
    const verified = await run(t, ['verify', await exportedDir(ben)])
    t.is(verified.code, 0, verified.err)
    t.is(verified.last!['recording'], recording)
    const seconds = Number(made.verdict!.seconds.toFixed(3))
    t.is(verified.last!['seconds'], seconds, 'the screens say what the command says')
  }
)
