import test from 'brittle'
import { withRemedy } from '../../../core/evidence/write/output-dir.ts'

test('a disk that fails is told with what to do about it', (t) => {
  const cases = [
    ['ENOSPC', 'STORAGE_FULL', 'make room'],
    ['EDQUOT', 'STORAGE_FULL', 'make room'],
    ['EACCES', 'STORAGE_DENIED', 'a folder that is yours'],
    ['EROFS', 'STORAGE_DENIED', 'a folder that is yours'],
    ['ENOENT', 'STORAGE_DENIED', 'a folder that is yours']
  ]
  for (const [code, expected, words] of cases) {
    const cause = Object.assign(new Error(code), { code })
    const err: any = withRemedy(cause, '/card/film')
    t.is(err.code, expected)
    t.ok(err.message.includes(words))
    t.is(err.cause, cause)
  }
  const other = new Error('something else')
  t.is(withRemedy(other, '/card/film'), other)
})
