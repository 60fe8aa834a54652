// Some of the pictures of screens side by side in one small file, for the README.

import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'

/**
 * @param {string} executable of Chromium, which does the drawing
 * @param {string[]} files PNG, all of one height
 * @param {string} out WebP
 * @param {number} heightPx of the whole
 */
export async function strip(executable, files, out, heightPx) {
  const browser = await chromium.launch({ executablePath: executable, args: ['--disable-gpu'] })
  const page = await browser.newPage()
  const pictures = files.map((file) => fs.readFileSync(file).toString('base64'))
  const webp = await page.evaluate(drawn, { pictures, heightPx })
  fs.mkdirSync(path.dirname(out), { recursive: true })
  fs.writeFileSync(out, Buffer.from(webp, 'base64'))
  await browser.close()
}

/* global Image, document -- runs in the page */
async function drawn({ pictures, heightPx }) {
  const gapPx = 12
  const images = await Promise.all(
    pictures.map(async (base64) => {
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      return image
    })
  )
  const widths = images.map(({ width, height }) => Math.round((width * heightPx) / height))
  const canvas = document.createElement('canvas')
  canvas.height = heightPx
  canvas.width = widths.reduce((sum, width) => sum + width, gapPx * (images.length - 1))
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'high'
  let x = 0
  for (const [i, image] of images.entries()) {
    context.drawImage(image, x, 0, widths[i], heightPx)
    x += widths[i] + gapPx
  }
  return canvas.toDataURL('image/webp', 0.86).split(',')[1]
}
