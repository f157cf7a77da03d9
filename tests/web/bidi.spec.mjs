// Six strings whose letters and figures a careless page scrambles, as pictures: title and text of an article each.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { articleTitled, launch, open, pixelmatch, PNG, visit } from './desk.mjs'

const GOLDEN = fileURLToPath(new URL('golden/', import.meta.url))
const OUT = process.env.ISNAD_TEST_OUT
const STRINGS = { range: '1:', latin: '2:', brackets: '3:', override: '4:', figures: '5:', mixed: '6:' }
/** Share of pixels that may differ: another version of the browser draws edges a little otherwise. */
const TOLERANCE = 0.015

let browser
before(async () => { browser = await launch() })
after(() => browser.close())

for (const [name, start] of Object.entries(STRINGS)) {
  test(`the string "${name}" is drawn as in the golden picture`, async () => {
    const page = await open(browser, { lang: 'ar', width: 900, height: 700 })
    await visit(page, '/log')
    await visit(page, `/articles/${await articleTitled(page, start)}`)
    await page.evaluate(() => document.fonts.ready)
    // Only the letters and their order are asked for: not what the coder marks in them, nor what stands above them.
    await page.locator('.body .text').first().evaluate((one) => {
      Object.assign(one.style, { position: 'fixed', top: '0', left: '0', width: '480px', zIndex: '99', background: 'white' })
      for (const mark of one.querySelectorAll('mark')) Object.assign(mark.style, { background: 'none', textDecoration: 'none', fontWeight: 'inherit' })
    })
    const drawn = await page.locator('.body .text').first().screenshot({ animations: 'disabled' })
    const file = `${GOLDEN}${name}.png`
    if (process.env.ISNAD_TEST_GOLDEN === 'write') { writeFileSync(file, drawn); return }
    assert.ok(existsSync(file), 'the golden picture is there')
    const [a, b] = [PNG.sync.read(readFileSync(file)), PNG.sync.read(drawn)]
    assert.deepEqual([b.width, b.height], [a.width, a.height])
    const differ = pixelmatch(a.data, b.data, null, a.width, a.height, { threshold: 0.2 })
    if (OUT && differ / (a.width * a.height) > TOLERANCE) { mkdirSync(OUT, { recursive: true }); writeFileSync(`${OUT}/${name}.png`, drawn) }
    assert.ok(differ / (a.width * a.height) <= TOLERANCE, `${differ} pixels differ`)
    await page.context().close()
  })
}
