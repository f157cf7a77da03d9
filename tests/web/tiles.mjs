// A map over a PMTiles file (test_tiles.py makes it): asked for in parts, drawn, and nothing leaves the machine.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clean, explore, launch, open, PNG, visit } from './desk.mjs'

const KIND = process.env.ISNAD_TEST_KIND // picture: one colour everywhere; vector: water everywhere
let browser
before(async () => { browser = await launch() })
after(() => browser.close())

/** The share of the map's pixels that are near a colour. */
async function share(page, [red, green, blue]) {
  const image = PNG.sync.read(await page.locator('.map canvas').screenshot())
  let n = 0
  for (let at = 0; at < image.data.length; at += 4) if (Math.abs(image.data[at] - red) < 6 && Math.abs(image.data[at + 1] - green) < 6 && Math.abs(image.data[at + 2] - blue) < 6) n += 1
  return n / (image.data.length / 4)
}
const sea = (page) => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--sea').trim().match(/[0-9a-f]{2}/gi).map((two) => parseInt(two, 16)))

for (const theme of ['light', 'dark']) {
  test(`the tiles of the file are on the map, ${theme}`, async () => {
    const page = await open(browser, { lang: 'ar', theme })
    const parts = []
    page.on('response', (answer) => { if (answer.url().endsWith('.pmtiles')) parts.push({ status: answer.status(), range: answer.request().headers()['range'] }) })
    await explore(page, '?map=5.00/23.0000/44.0000') // land from side to side: it is not the sea of the bundled map
    assert.ok(parts.length > 0)
    for (const part of parts) assert.ok(part.status === 206 && /^bytes=\d+-\d+$/.test(part.range), JSON.stringify(part))
    const colour = KIND === 'picture' ? [230, 20, 200] : await sea(page)
    assert.ok((await share(page, colour)) > 0.6, `${await share(page, colour)} of the map`)
    if (KIND === 'picture') assert.match(await page.locator('.maplibregl-ctrl-attrib').innerText(), /Nobody's map/)
    clean(page)
    await page.context().close()
  })
}

test('the settings say that the background is a file and that nothing leaves', async () => {
  const page = await open(browser, { lang: 'en' })
  await visit(page, '/settings')
  await page.getByText('A PMTiles file on the server').waitFor()
  await page.context().close()
})
