import test from 'brittle'
import { Nicknames } from '../../../mobile/ui/state/nicknames.ts'

const FILM = 'yb'.repeat(26)
const MEMBER = 'a1'.repeat(32)

test('A key has a short name, and the same each time it is asked for', (t) => {
  const names = new Nicknames()
  const [film, member] = [names.of(FILM), names.of(MEMBER)]
  t.ok(film.length < 4 && member.length < 4)
  t.not(film, member)
  t.is(names.of(FILM), film)
  t.is(names.meant(film), FILM)
  t.is(names.meant(member), MEMBER)
})

test('What is no key stays as it is, and a name of another page means nothing', (t) => {
  const names = new Nicknames()
  for (const text of ['passphrase', 'drill', '', 'member']) {
    t.is(names.of(text), text)
    t.is(names.meant(text), text)
  }
  t.is(new Nicknames().meant(names.of(FILM)), null)
})
