import test from 'brittle'
import { plain, printableJson } from '../../../cli/output/printable.ts'

const HOSTILE: [what: string, text: string, shown: string][] = [
  ['an escape sequence', 'Am\u001b[31mina', 'Am[31mina'],
  ['a C1 control', 'Am\u009b31mina', 'Am31mina'],
  ['a line break', 'Amina\nADMIN', 'AminaADMIN'],
  ['a carriage return', 'Amina\rBo', 'AminaBo'],
  ['a right-to-left override', 'a\u202egpj.exe', 'agpj.exe'],
  ['isolates', '\u2066Amina\u2069', 'Amina'],
  ['invisible letters', 'A\u200bm\u2060i\ufeffna', 'Amina'],
  ['tag characters', 'Amina\u{e0041}\u{e0042}', 'Amina'],
  ['a lone surrogate', 'Amina\ud800', 'Amina'],
  ['a line separator', 'Amina\u2028Bo', 'AminaBo'],
  ['blanks around it', '  Amina  ', 'Amina']
]

test('what could rewrite a terminal is taken out of names', (t) => {
  for (const [what, text, shown] of HOSTILE) t.is(plain(text), shown, what)
  for (const name of ['Zoé', 'محمد', '小明', 'Ólafur 🎥']) t.is(plain(name), name)
})

test('a long name is cut between letters', (t) => {
  t.is(plain('🎥'.repeat(10), 3), '🎥🎥🎥…')
  t.is(plain('abc', 3), 'abc')
})

test('in JSON the same characters are escaped, and the value stays what it was', (t) => {
  for (const [what, text] of HOSTILE) {
    const line = printableJson({ name: text })
    t.is(JSON.parse(line).name, text, what)
    t.ok(/^[^\p{C}\p{Zl}\p{Zp}]*$/u.test(line), what)
  }
})
