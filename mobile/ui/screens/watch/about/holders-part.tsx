// Who has this film, up to where, and who of them is there now.

import type { HolderItem, RecordingState } from '../../../../../core/api/contract.ts'
import { List, ListItem } from '../../../components/list.tsx'
import { connection } from '../../../engine/engine.ts'
import { duration, exactTime } from '../../../words/format.ts'
import { t } from '../../../words/words.ts'
import { personOf } from '../people.ts'

export function HoldersPart({ film }: { film: RecordingState }) {
  const holders = film.holders.filter(({ length }) => length > 0)
  return (
    <section class="part">
      <h2>{t('watch.holders')}</h2>
      {holders.length === 0 && film.own && <p class="nobody">{t('recordings.nobody')}</p>}
      <List label={t('watch.holders')}>
        {!film.own && <ThisDevice film={film} />}
        {holders.map((holder) => (
          <Holder key={holder.device} film={film} holder={holder} />
        ))}
      </List>
      {holders.length === 0 && !film.own && <p class="quiet">{t('watch.onlyHere')}</p>}
    </section>
  )
}

/** It holds somebody else's film as well as the others do, and has signed for it. */
function ThisDevice({ film }: { film: RecordingState }) {
  const { phase, seconds } = film
  return (
    <ListItem note={phase === 'sealed' ? t('watch.holdsAll') : upTo(seconds)}>
      {t('recordings.you')}
    </ListItem>
  )
}

function Holder({ film, holder }: { film: RecordingState; holder: HolderItem }) {
  const { device, all, seconds, atMs, receipts, online } = holder
  return (
    <ListItem
      note={
        <>
          {all ? t('watch.holdsAll') : upTo(seconds)}
          {connection.value === 'open' && ` · ${t(online ? 'watch.online' : 'watch.offline')}`}
          {atMs !== null && ` · ${t('watch.signed', { count: receipts, at: exactTime(atMs) })}`}
        </>
      }
    >
      {personOf(film.circle, device)}
    </ListItem>
  )
}

function upTo(seconds: number | null): string {
  return seconds === null ? t('watch.holdsSome') : t('watch.holdsTo', { at: duration(seconds) })
}
