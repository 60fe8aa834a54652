import test, { configure } from 'brittle'
import { parse } from '../../cli/command-line.ts'
import { failureOf } from '../../cli/exit-codes.ts'
import { Output } from '../../cli/output/output.ts'
import { Stop } from '../../cli/stop.ts'
import { verbs } from '../../cli/verbs/all.ts'
import { run } from '../helpers/cli/cli.ts'

const NOWHERE = '/nonexistent/never-made'

/** What the command says to these words, short of starting a process for it. */
async function answerTo(words: string[]) {
  const invoke = async (): Promise<unknown> => {
    const parsed = parse([...words, '--storage', NOWHERE], verbs)
    if (parsed.kind !== 'verb') return null
    const { verb, ...rest } = parsed
    return verb.run({ ...rest, out: new Output({ json: true }), stop: new Stop() })
  }
  return failureOf(await invoke().catch((err: unknown) => err))
}

// processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

const WRONG: [words: string[], says: RegExp][] = [
  [['statsu'], /knows nothing called "statsu": "temoin --help"/],
  [['circle'], /"temoin circle create" or "temoin circle show"/],
  [['circle', 'burn'], /temoin circle knows nothing called "burn"/],
  [['circle', 'create'], /temoin circle create needs <name>/],
  [['circle', 'create', ' '], /<name> takes a name of 1 to 64 bytes/],
  [['circle', 'create', 'x'.repeat(65)], /<name> takes a name of 1 to 64 bytes/],
  [['circle', 'create', 'two\nlines'], /<name> takes a name of 1 to 64 bytes on one line/],
  [['join'], /temoin join needs <url>/],
  [['revoke'], /temoin revoke needs <device>/],
  [['watch'], /temoin watch needs <recording>/],
  [['export', 'abcdefgh'], /temoin export needs <dir>/],
  [['verify'], /temoin verify needs <dir>/],
  [['take'], /temoin take needs <dir>/],
  [['status', 'now'], /temoin status knows nothing called "now"/],
  [['list', '--colour'], /temoin list has no option --colour/],
  [['list', '--storage'], /needs a value after --storage/],
  [['list', '--no-lan=1'], /takes no value with --lan/],
  [['invite', '--role', 'king'], /--role takes one of organiser, contact, keeper, relay/],
  [['invite', '--uses', '0'], /--uses takes a whole number between 1 and 256/],
  [['invite', '--expires', 'soon'], /--expires takes a time between 1s and 30d, such as 90s/],
  [['invite', '--expires', '31d'], /between 1s and 30d/],
  [['record', 'x.mp4', '--pace', 'slow'], /--pace takes one of live, fast/],
  [['record', 'x.mp4', '--media', 'mp4'], /--media takes a media type, such as video\/mp4/],
  [['record', 'x.mp4', '--first-hops', '0'], /--first-hops takes a whole number/],
  [['record', 'x.mp4', '--wait', 'long'], /--wait takes seconds between/],
  [['watch', 'abcdefgh', '--from', '-1'], /needs a value after --from/],
  [['init', '--name', '\u202egnp.exe'], /--name takes a name/]
]

test('what cannot be understood is answered by one sentence with the fix, and exit code 2', async (t) => {
  for (const [words, says] of WRONG) {
    const { exitCode, code, message } = await answerTo(words)
    t.alike([exitCode, code], [2, 'BAD_INPUT'], words.join(' ').slice(0, 60))
    t.ok(says.test(message), message)
    t.is(message.split('\n').length, 1)
  }
})

test('the sentence is on stderr, and with --json on stdout as an event', async (t) => {
  // by the parser, by the verb, and by one on whose stdout there is media, which nobody reads as lines
  for (const words of [['statsu'], ['circle', 'create', ' '], ['watch']]) {
    const { code, err, events } = await run(t, words, { storage: NOWHERE })
    const { message } = await answerTo(words)
    t.alike([code, err], [2, message + '\n'], words[0])
    if (words[0] !== 'watch') t.alike(events, [{ event: 'error', code: 'BAD_INPUT', message }])
  }
})

const WRONG_NETWORK: [words: string[], says: RegExp][] = [
  [['--no-dht', '--bootstrap', '1.2.3.4:5'], /--no-dht or --bootstrap, not both/],
  [['--bootstrap', '1.2.3.4'], /--bootstrap takes host:port/],
  [['--bootstrap', '1.2.3.4:99999'], /--bootstrap takes host:port/],
  [['--bind', 'localhost'], /--bind takes an IP address/]
]

test('network options that cannot be used are refused before anything is opened', async (t) => {
  for (const [network, says] of WRONG_NETWORK) {
    const { exitCode, message } = await answerTo(['status', ...network])
    t.is(exitCode, 2, network.join(' '))
    t.ok(says.test(message), message)
  }
})

test('an environment variable is checked like the option it stands for', async (t) => {
  const env = { TEMOIN_BOOTSTRAP: '1.2.3.4:5,nonsense' }
  const { code, err } = await run(t, ['status'], { env, network: [] })
  t.is(code, 2)
  t.ok(/TEMOIN_BOOTSTRAP takes host:port/.test(err), err)
})

test('without --json nothing is on stdout when a command fails', async (t) => {
  const { code, out, err } = await run(t, ['join', 'temoin:nonsense'], { json: false })
  t.is(code, 2)
  t.is(out, '')
  t.ok(/not a whole invite/.test(err))
})

test('help is given for every command and names its options', async (t) => {
  const all = await run(t, ['--help'], { json: false, network: [] })
  t.is(all.code, 0)
  for (const verb of ['init', 'circle', 'invite', 'join', 'record', 'hold', 'watch', 'verify']) {
    t.ok(new RegExp(`^  ${verb} `, 'm').test(all.out), verb)
  }
  const asked = await run(t, ['help', 'record'], { json: false, network: [] })
  t.ok(/temoin record \[flags\] \[file\]/.test(asked.out), asked.out + asked.err)
  const one = await run(t, ['circle', 'create', '--help'], { json: false, network: [] })
  t.ok(/temoin circle create \[flags\] <name>/.test(one.out))
  t.ok(/--storage <dir>/.test(one.out))
})

test('global options may stand before the command as well as behind it', async (t) => {
  const words = ['--storage', NOWHERE, '--json', 'status']
  const { code, last } = await run(t, words, { json: false, network: [] })
  t.is(code, 1)
  t.is(last, null)
})
