// Getting a film out as evidence: made, checked, and said in words what the check found.

import { useState } from 'preact/hooks'
import type { ExportState, RecordingState, VerdictState } from '../../../../../core/api/contract.ts'
import { Banner } from '../../../components/banner.tsx'
import { Button } from '../../../components/button.tsx'
import { Progress } from '../../../components/progress.tsx'
import { call, slice } from '../../../engine/engine.ts'
import { download } from '../../../engine/media.ts'
import { findingsOf, witnessesOf, type Finding } from '../../../state/verdict.ts'
import { duration, sizeOf } from '../../../words/format.ts'
import { t, type WordKey } from '../../../words/words.ts'

const exports = slice('exports')
/** Where in a package the film itself lies. */
const MEDIA = 'media/'

export function ExportPart({ film }: { film: RecordingState }) {
  const [refused, setRefused] = useState(false)
  const made = Object.values(exports.value ?? {}).filter(
    ({ recording }) => recording === film.recording
  )
  const running = made.some(({ phase }) => phase === 'writing' || phase === 'checking')
  const start = (): void => {
    setRefused(false)
    call('export.start', { recording: film.recording }).catch(() => setRefused(true))
  }
  return (
    <section class="part">
      <h2>{t('watch.export')}</h2>
      <p class="quiet">{t('watch.exportNote')}</p>
      {made.map((each) => (
        <Package key={each.export} made={each} />
      ))}
      {refused && (
        <Banner kind="danger">
          <p>{t('watch.exportFailed')}</p>
        </Banner>
      )}
      <Button disabled={running} onClick={start}>
        {t('watch.exportStart')}
      </Button>
    </section>
  )
}

function Package({ made }: { made: ExportState }) {
  const { phase, progress, verdict } = made
  if (phase === 'failed') {
    return (
      <Banner kind="danger">
        <p>{t('watch.exportFailed')}</p>
      </Banner>
    )
  }
  if (phase !== 'done') {
    const word = phase === 'writing' ? 'watch.exportWriting' : 'watch.exportChecking'
    return <Progress label={t(word)} value={progress} />
  }
  const discard = (): void => void call('export.discard', { export: made.export }).catch(() => {})
  const films = made.files.filter(({ name }) => name.startsWith(MEDIA))
  const save = (name: string): void =>
    void download(`/export/${made.export}/${name}`, name.slice(MEDIA.length)).catch(() => {})
  return (
    <div class="package">
      {verdict && <Verdict verdict={verdict} />}
      <p class="quiet">
        {t('watch.exportFiles', { count: made.files.length, size: sizeOf(totalBytes(made)) })}
      </p>
      <Zip made={made} />
      <details class="quiet">
        <summary>{t('watch.exportFolder')}</summary>
        <bdi class="path">{made.dir}</bdi>
      </details>
      <div class="actions">
        {films.map(({ name }) => (
          <Button key={name} onClick={() => save(name)}>
            <span>
              {t('watch.exportSave')} <bdi>{name.slice(MEDIA.length)}</bdi>
            </span>
          </Button>
        ))}
        <Button disabled={made.handedOver !== null} onClick={discard}>
          {t('watch.exportDiscard')}
        </Button>
      </div>
    </div>
  )
}

/** What a phone can hand on: all of it in one file. */
function Zip({ made }: { made: ExportState }) {
  const { handedOver } = made
  const name = `${made.dir.split(/[/\\]/).at(-1)}.zip`
  const save = (): void => void download(`/export/${made.export}.zip`, name).catch(() => {})
  if (handedOver !== null) return <Progress label={t('watch.exportZipping')} value={handedOver} />
  return (
    <>
      <Button kind="primary" onClick={save}>
        {t('watch.exportZip')}
      </Button>
      <p class="quiet">{t('watch.exportZipNote')}</p>
    </>
  )
}

const WORDS: Record<Finding, WordKey> = {
  changed: 'watch.finding-changed',
  author: 'watch.finding-author',
  rival: 'watch.finding-rival',
  receipt: 'watch.finding-receipt',
  unbacked: 'watch.finding-unbacked',
  parts: 'watch.finding-parts',
  noSeal: 'watch.finding-noSeal',
  early: 'watch.finding-early',
  gap: 'watch.finding-gap',
  clock: 'watch.finding-clock',
  noReceipts: 'watch.finding-noReceipts',
  tailMissing: 'watch.finding-tailMissing',
  tailAlone: 'watch.finding-tailAlone',
  annotated: 'watch.finding-annotated',
  annotation: 'watch.finding-annotation'
}

function Verdict({ verdict }: { verdict: VerdictState }) {
  const found = findingsOf(verdict)
  const held = { at: duration(verdict.seconds), count: witnessesOf(verdict) }
  return (
    <Banner kind={verdict.ok ? 'safe' : 'danger'}>
      <div class="verdict">
        <p>
          <strong>{t(verdict.ok ? 'watch.verdictOk' : 'watch.verdictBad')}</strong>
        </p>
        <p>{t('watch.verdictHeld', held)}</p>
        {found.length > 0 && (
          <ul class="findings">
            {found.map(({ finding, details }) => (
              <li key={finding}>
                {t(WORDS[finding])}
                <details>
                  <summary>{t('watch.details')}</summary>
                  <span lang="en" dir="ltr">
                    {details.join(' ')}
                  </span>
                </details>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Banner>
  )
}

function totalBytes({ files }: ExportState): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}
