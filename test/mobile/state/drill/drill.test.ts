import test from 'brittle'
import { fs, path } from '../../../../core/runtime/fs.ts'
import {
  copiesAfter,
  FRESH,
  mayGoOn,
  moved,
  QUESTIONS,
  STEPS
} from '../../../../mobile/ui/state/drill/drill.ts'
import type { Drill, Move } from '../../../../mobile/ui/state/drill/drill.ts'
import { root } from '../../../helpers/root.ts'
import { lacking } from '../../../helpers/ui/words.ts'

const next: Move = { kind: 'next' }
const tick: Move = { kind: 'tick' }

test('The drill goes from the street to the end, and nothing is left out', (t) => {
  const answers: Move[] = [{ kind: 'answer', answer: 'calm' }, next, next]
  const story: Move[] = [
    ...[next, { kind: 'tap' } as Move, tick, tick, tick, tick, next],
    ...answers,
    ...[{ kind: 'answer', answer: 'lawyer' } as Move, next, { kind: 'cut-off' } as Move, next]
  ]
  const steps = new Set<string>([FRESH.step])
  const end = story.reduce((drill, move) => {
    const after = moved(drill, move)
    steps.add(after.step)
    return after
  }, FRESH)
  t.is(end.step, 'end')
  t.alike([...steps], [...STEPS])
  t.alike(moved(end, { kind: 'again' }), FRESH)
})

test('Nobody goes on before others have the film, as in earnest', (t) => {
  let drill = moved(moved(FRESH, next), { kind: 'tap' })
  for (let second = 0; second < 3; second++) drill = moved(drill, tick)
  t.is(copiesAfter(drill.filmedS), 1)
  t.is(moved(drill, next), drill)
  t.is(moved(moved(drill, tick), next).step, 'stop')
})

test('A wrong answer is explained and leaves one where one is', (t) => {
  const asked: Drill = { ...FRESH, step: 'stop', filmedS: 9 }
  const wrong = moved(asked, { kind: 'answer', answer: 'run' })
  t.is(wrong.answer, 'run')
  t.absent(mayGoOn(wrong))
  t.ok(mayGoOn(moved(wrong, { kind: 'answer', answer: 'calm' })))
  t.is(moved(asked, { kind: 'answer', answer: 'lawyer' }), asked, 'of another question')
})

test('The made-up film ends where the phone is taken', (t) => {
  const taken: Drill = { ...FRESH, step: 'taken', filmedS: 9 }
  t.is(moved(taken, tick), taken)
})

test('Every step and every answer has its words in every language', (t) => {
  for (const step of STEPS) t.alike(lacking(`advice.drill.${step}.title`), [], step)
  for (const [question, answers] of Object.entries(QUESTIONS)) {
    for (const answer of answers) {
      t.alike(lacking(`advice.drill.${question}.${answer}`), [], answer)
      t.alike(lacking(`advice.drill.${question}.${answer}-why`), [], answer)
    }
  }
})

test('The drill knows no engine, and its screen takes none', (t) => {
  const folders = ['mobile/ui/state/drill', 'mobile/ui/screens/advice/drill']
  for (const folder of folders) {
    const names = fs.readdirSync(path.join(root, folder)) as string[]
    t.ok(names.length > 0, folder)
    for (const name of names) {
      const text = fs.readFileSync(path.join(root, folder, name), 'utf8') as string
      t.absent(/from '[^']*(engine|contract)/.test(text), name)
    }
  }
})
