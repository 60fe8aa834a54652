// The passphrase of this device: set, changed, taken away. What each means stands above what it asks for.
// Must never: keep what was typed once it has done its work.

import { useState } from 'preact/hooks'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { Page } from '../../components/page.tsx'
import { PassphraseField } from '../../components/passphrase-field.tsx'
import { call, slice } from '../../engine/engine.ts'
import { codeOf } from '../../engine/failure.ts'
import { linkTo } from '../../shell/router.ts'
import { t } from '../../words/words.ts'
import '../circle/circle.css'
import { failureText } from '../circle/texts.ts'

type Task = 'set' | 'change' | 'remove'

const device = slice('device')
const NOTHING = { now: '', fresh: '', again: '' }
type Typed = typeof NOTHING

export function Passphrase() {
  const [done, setDone] = useState<Task | null>(null)
  const tasks: Task[] = device.value?.protected ? ['change', 'remove'] : ['set']
  return (
    <Page
      title={t('passphrase.title')}
      back={{ href: linkTo('settings'), label: t('settings.title') }}
    >
      {done !== null && (
        <Banner kind="safe">
          <p>{t(`passphrase.done-${done}`)}</p>
        </Banner>
      )}
      {tasks.map((task) => (
        <TaskForm key={task} task={task} onDone={() => setDone(task)} />
      ))}
    </Page>
  )
}

function TaskForm({ task, onDone }: { task: Task; onDone: () => void }) {
  const { busy, trouble, submit, field } = useTask(task, onDone)
  return (
    <form class="form" onSubmit={submit} aria-labelledby={`passphrase-${task}`}>
      <h2 id={`passphrase-${task}`}>{t(`passphrase.${task}-title`)}</h2>
      <p>{t(`passphrase.${task}-note`)}</p>
      {task !== 'set' && (
        <PassphraseField label={t('passphrase.now')} kind="current-password" {...field('now')} />
      )}
      {task !== 'remove' && <Fresh field={field} />}
      {trouble !== null && (
        <Banner kind="danger">
          <p>{trouble}</p>
        </Banner>
      )}
      <Button kind={task === 'remove' ? 'quiet' : 'primary'} type="submit" wide disabled={busy}>
        {t(busy ? 'passphrase.busy' : `passphrase.${task}`)}
      </Button>
    </form>
  )
}

/** Typed twice: nobody sees a slip in what is hidden. */
function Fresh({ field }: Pick<Doing, 'field'>) {
  const kind = 'new-password'
  const rule = t('passphrase.rule')
  return (
    <>
      <PassphraseField label={t('passphrase.new')} note={rule} kind={kind} {...field('fresh')} />
      <PassphraseField label={t('passphrase.again')} kind={kind} {...field('again')} />
      <p>{t('passphrase.forgotten')}</p>
    </>
  )
}

interface Doing {
  busy: boolean
  /** A sentence; null where the last try did not fail. */
  trouble: string | null
  submit: (event: Event) => void
  field: (name: keyof Typed) => { value: string; onInput: (text: string) => void }
}

/** What is typed stays where it failed, to be mended. */
function useTask(task: Task, onDone: () => void): Doing {
  const [typed, type] = useState(NOTHING)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const done = (): void => {
    type(NOTHING)
    onDone()
  }
  const submit = (event: Event): void => {
    event.preventDefault()
    if (busy) return
    const isSame = task === 'remove' || typed.fresh === typed.again
    setTrouble(isSame ? null : t('passphrase.differ'))
    if (!isSame) return
    setBusy(true)
    doIt(task, typed)
      .then(done, (err: unknown) => setTrouble(troubleOf(err)))
      .finally(() => setBusy(false))
  }
  const field = (name: keyof Typed) => ({
    value: typed[name],
    onInput: (text: string) => type((before) => ({ ...before, [name]: text }))
  })
  return { busy, trouble, submit, field }
}

function doIt(task: Task, { now, fresh }: Typed): Promise<unknown> {
  if (task === 'remove') return call('device.unprotect', { passphrase: now })
  const old = task === 'change' ? { old: now } : {}
  return call('device.protect', { passphrase: fresh, ...old })
}

function troubleOf(err: unknown): string {
  const code = codeOf(err)
  if (code === 'PASSPHRASE_WRONG') return t('passphrase.wrong')
  return code === 'BAD_INPUT' ? t('passphrase.weak') : failureText(err)
}
