import test from 'brittle'
import {
  changeSentence,
  effectSentence,
  nameThen,
  voicesOf,
  WHYS
} from '../../../../mobile/ui/state/circle/change-words.ts'
import type { Change } from '../../../../mobile/ui/state/circle/change-words.ts'
import { lacking, languages, textOf } from '../../../helpers/ui/words.ts'

const KINDS = [
  'circle-created',
  'member-added',
  'member-revoked',
  'seconded',
  'reinstated',
  'role-changed',
  'own-device',
  'named'
] as const

const people = {
  self: 'me',
  nameOf: (device: string) => `<${device}>`,
  named: (name: string) => name,
  roleName: () => 'Keeper'
}

test('Every change has a sentence in every language, whoever speaks and whoever is meant', (t) => {
  for (const kind of KINDS) {
    for (const voice of voicesOf(kind)) {
      t.alike(lacking(`circle.change.${kind}.${voice}`), [], `${kind} ${voice}`)
    }
    for (const [by, about] of kind === 'named' ? ofOneself : pairs) {
      const { key } = changeSentence(change({ kind, by, about }), people)
      t.alike(lacking(`circle.${key}`), [], `${by} ${kind} ${about}`)
    }
  }
})

test('A sentence names whoever did it and whom it is about, unless that is the reader', (t) => {
  for (const kind of KINDS.filter((one) => one !== 'named')) {
    for (const language of languages) {
      const text = textOf(language, `circle.change.${kind}.others`)
      t.ok(text.includes('{{by}}'), `${language} ${kind}`)
      if (kind !== 'circle-created') t.ok(text.includes('{{about}}'), `${language} ${kind}`)
    }
  }
})

test('What the reader did, and what was done to the reader, is told as such', (t) => {
  const voice = (by: string, about: string): string =>
    changeSentence(change({ kind: 'member-revoked', by, about }), people).key
  t.is(voice('ana', 'ben'), 'change.member-revoked.others')
  t.is(voice('me', 'ben'), 'change.member-revoked.byYou')
  t.is(voice('ana', 'me'), 'change.member-revoked.aboutYou')
  t.is(voice('me', 'me'), 'change.member-revoked.ofYourself')
  t.is(voice('ana', 'ana'), 'change.member-revoked.ofItself')
})

test('A change of name says what it was and what it is, in every language', (t) => {
  for (const language of languages) {
    for (const voice of voicesOf('named')) {
      const text = textOf(language, `circle.change.named.${voice}`)
      t.ok(text.includes('{{was}}') && text.includes('{{name}}'), `${language} ${voice}`)
    }
  }
  const said = change({ kind: 'named', by: 'ana', about: 'ana', was: 'Ana', name: 'Zoe' })
  const { key, values } = changeSentence(said, people)
  t.is(key, 'change.named.ofItself')
  t.alike([values!['was'], values!['name']], ['Ana', 'Zoe'])
})

test('What somebody was let in as is told where it has another name since, and else not', (t) => {
  t.is(nameThen(change({ name: 'Ben' }), 'Zoe'), 'Ben')
  t.is(nameThen(change({ name: 'Ben' }), 'Ben'), null)
  t.is(nameThen(change({ name: '' }), 'Zoe'), null)
  t.is(nameThen(change({ kind: 'named', name: 'Ben' }), 'Zoe'), null)
})

test('What simply holds needs no second sentence', (t) => {
  t.is(effectSentence(change({}), people), null)
})

test('Every reason to count for less is said, in every language', (t) => {
  for (const why of [...WHYS, 'needs-second', 'something-newer']) {
    const said = effectSentence(change({ state: 'void', why }), people)
    t.alike(lacking(`circle.${said!.key}`), [], why)
  }
})

test('A revocation that waits for a second is in force, a role that waits is not', (t) => {
  const waiting = { state: 'effective', why: 'needs-second' } as const
  const cut = effectSentence(change({ kind: 'member-revoked', ...waiting }), people)
  t.is(cut!.key, 'effect.needs-second-in-force')
  const role = effectSentence(
    change({ kind: 'role-changed', state: 'on-hold', why: 'needs-second' }),
    people
  )
  t.is(role!.key, 'effect.needs-second')
})

const pairs = [
  ['ana', 'ben'],
  ['me', 'ben'],
  ['ana', 'me'],
  ['me', 'me'],
  ['ana', 'ana']
] as const

const ofOneself = pairs.filter(([by, about]) => by === about)

function change(some: Partial<Change>): Change {
  const usual = {
    kind: 'member-added',
    by: 'ana',
    about: 'ben',
    role: 'keeper',
    reason: '',
    name: '',
    was: ''
  } as const
  return { ...usual, state: 'effective', why: null, ...some }
}
