import test from 'brittle'
import { TemoinError } from '../../core/errors.ts'
import { HttpServer, plainly } from '../../core/runtime/http.ts'
import { httpGet } from '../helpers/cli/http-get.ts'

async function serve(t: any) {
  const server = new HttpServer({
    port: 0,
    remedy: '',
    answer: ({ path, query }) => {
      if (path === '/broken') throw new Error('in the answer')
      return plainly(200, `${path} ${query}`)
    }
  })
  await server.ready()
  t.teardown(() => server.close())
  return server
}

test('a question of this machine is answered, and not kept', async (t) => {
  const { port } = await serve(t)
  const { status, headers, body } = await httpGet(port, '/a?b=c')
  t.alike([status, body], [200, '/a b=c'])
  t.is(headers['cache-control'], 'no-store')
  t.is(headers['x-content-type-options'], 'nosniff')
  const head = await httpGet(port, '/a', { method: 'HEAD' })
  t.alike([head.status, head.body], [200, ''])
})

test('a page of somebody else’s gets nothing, whatever name it leads here by', async (t) => {
  const { port } = await serve(t)
  for (const host of ['evil.example', `127.0.0.1.evil.example:${port}`]) {
    t.is((await httpGet(port, '/', { headers: { host } })).status, 421, host)
  }
  t.is((await httpGet(port, '/', { headers: { host: `localhost:${port}` } })).status, 200)
})

test('nothing can be sent here, and what goes wrong in an answer ends nothing', async (t) => {
  const { port } = await serve(t)
  t.is((await httpGet(port, '/', { method: 'POST' })).status, 405)
  t.is((await httpGet(port, '/broken')).status, 500)
  t.is((await httpGet(port, '/a')).status, 200)
})

test('a port that is taken is said in a sentence', async (t) => {
  const { port } = await serve(t)
  const second = new HttpServer({ port, answer: () => plainly(200, ''), remedy: 'take mine' })
  try {
    await second.ready()
    t.fail('it was opened')
  } catch (err) {
    t.ok(TemoinError.is(err, 'BAD_INPUT') && /taken.*: take mine$/.test((err as Error).message))
  }
})
