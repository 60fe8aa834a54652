import test from 'brittle'
import { eventually } from '../helpers/eventually.ts'
import { createApp, createPage } from '../helpers/api/app.ts'

test('two pages pair: both show one phrase, a person admits, and each sees the other', async (t) => {
  const [a, b] = [await createApp(t, { name: 'Ana' }), await createApp(t, { name: 'Ben' })]
  const [ana, ben] = [await createPage(t, a), await createPage(t, b)]
  await ana.call('circle.create', { name: 'street' })
  const { invite, url } = await ana.call('invite.open', {})
  t.is((await ben.call('join.look', { url })).role, 'contact')
  await ben.call('join.start', { url, name: 'Ben B' })
  const waits = (await eventually(() => ana.state!.invites[invite]!.candidates[0]))!
  await eventually(() => ben.state!.join?.phase === 'asked')
  t.alike(waits.phrases, ben.state!.join!.phrases)
  t.is(waits.name, 'Ben B')
  await ana.call('invite.admit', { invite, device: waits.device })
  await eventually(() => ben.state!.join?.phase === 'joined')
  const invited = await eventually(() => {
    const state = ana.state!.invites[invite]!
    return state.phase === 'spent' ? state : null
  })
  t.alike(
    invited!.admitted.map(({ name, role }) => [name, role]),
    [['Ben B', 'contact']]
  )
  const circle = ben.state!.join!.circle!
  for (const page of [ana, ben]) {
    await eventually(() => page.state!.circles[circle]!.members.filter(({ online }) => online)[1])
    t.alike(page.state!.circles[circle]!.members.map(({ name }) => name).sort(), ['Ana', 'Ben B'])
  }
  const said = await ana.call('member.revoke', { circle, device: waits.device, reason: 'lost' })
  t.ok(typeof said.needsSecond === 'boolean')
  await eventually(() => {
    const { members, history } = ana.state!.circles[circle]!
    return members[1]!.state === 'cut-off' && history.at(-1)!.reason === 'lost'
  })
})

test('a candidate that is refused is told why, and an invite taken back is over', async (t) => {
  const [a, b] = [await createApp(t), await createApp(t)]
  const [ana, ben] = [await createPage(t, a), await createPage(t, b)]
  const { invite, url } = await ana.call('invite.open', { uses: 2 })
  await ben.call('join.start', { url })
  const waits = (await eventually(() => ana.state!.invites[invite]!.candidates[0]))!
  await ana.call('invite.refuse', { invite, device: waits.device })
  await eventually(() => ben.state!.join?.phase === 'refused')
  t.is(ben.state!.join!.failure!.code, 'INVITE_REFUSED')
  await eventually(() => ana.state!.invites[invite]!.refused[0]?.reason === 'declined')
  await ana.call('invite.takeBack', { invite })
  t.is(ana.state!.invites[invite]!.phase, 'taken-back')
})

test('a join can be cancelled and gone on with', async (t) => {
  const [a, b] = [await createApp(t), await createApp(t)]
  const [ana, ben] = [await createPage(t, a), await createPage(t, b)]
  const { invite, url } = await ana.call('invite.open', { confirm: false })
  await ana.call('invite.close', { invite })
  await ben.call('join.start', { url })
  await eventually(() => ben.state!.join!.attempt > 0)
  await ben.call('join.cancel', {})
  t.is(ben.state!.join!.phase, 'pending')
  await ana.call('invite.resume', { invite })
  await ben.call('join.start', {})
  await eventually(() => ben.state!.join?.phase === 'joined')
  const names = (): string[] => Object.values(ben.state!.circles).map(({ name }) => name)
  await eventually(() => names().length === 1)
  t.alike(names(), [''], 'a circle without a name has none for who comes in either')
})

test('a device that was cut off films on, for itself alone', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const { circle } = await page.call('circle.create', { name: 'street' })
  const self = page.state!.device.device!
  await page.call('member.revoke', { circle, device: self })
  await eventually(() => page.state!.circles[circle]!.state === 'cut-off')
  const alone = await page.call('film.start', {})
  t.not(alone.circle, circle)
  t.is((await page.call('film.start', {})).circle, alone.circle, 'and again in the same')
})
