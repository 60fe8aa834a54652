// What a fake camera sees: the screen of another page, held before it. Written as YUV4MPEG2, which is a line
// of text and the bare planes of each picture (Chromium reads it, no encoder is needed).

import b4a from 'b4a'
import type { Browser, Page } from 'playwright-core'
import type { Assert } from 'brittle'
import { fs } from '../../../core/runtime/fs.ts'
import { browserWith } from './chromium.ts'

const WIDTH = 640
const HEIGHT = 480
/** At ten a second. Chromium begins again at the end. */
const PICTURES = 4

/** A browser of its own whose camera films the screen of a page as it is now. */
export async function browserFilming(t: Assert, page: Page, file: string): Promise<Browser> {
  fs.writeFileSync(file, video(await luminance(page)))
  return browserWith(t, [`--use-file-for-fake-video-capture=${file}`])
}

/** The page as a camera sees it that is held upright before it: brightness of each pixel. */
async function luminance(page: Page): Promise<Uint8Array> {
  const png = (await page.screenshot()) as unknown as Uint8Array
  const blank = await page.context().newPage()
  const text: string = await blank.evaluate(
    `(async () => {
      const picture = new Image()
      picture.src = 'data:image/png;base64,${b4a.toString(b4a.from(png), 'base64')}'
      await picture.decode()
      const canvas = Object.assign(document.createElement('canvas'), { width: ${WIDTH}, height: ${HEIGHT} })
      const context = canvas.getContext('2d')
      const scale = Math.min(${WIDTH} / picture.width, ${HEIGHT} / picture.height)
      const [width, height] = [picture.width * scale, picture.height * scale]
      context.drawImage(picture, (${WIDTH} - width) / 2, (${HEIGHT} - height) / 2, width, height)
      const { data } = context.getImageData(0, 0, ${WIDTH}, ${HEIGHT})
      let grey = ''
      for (let i = 0; i < data.length; i += 4) grey += String.fromCharCode((data[i] + data[i + 1] + data[i + 2]) / 3)
      return btoa(grey)
    })()`
  )
  await blank.close()
  return b4a.from(text, 'base64')
}

/** Grey: both planes of colour are in the middle. */
function video(grey: Uint8Array): Uint8Array {
  const head = b4a.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`)
  const colours = b4a.alloc((WIDTH * HEIGHT) / 2, 128)
  const picture = b4a.concat([b4a.from('FRAME\n'), grey, colours])
  return b4a.concat([head, ...Array.from({ length: PICTURES }, () => picture)])
}
