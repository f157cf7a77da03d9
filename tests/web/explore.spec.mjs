// Explore: map, timeline and list are one view, and the address holds it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ask, clean, counts, explore, incidents, launch, listed, open, PNG, settled } from './desk.mjs'

let browser
before(async () => { browser = await launch() })
after(() => browser.close())

async function agree(page) {
  const seen = await counts(page)
  const filters = new URL(page.url()).searchParams
  for (const own of ['map', 'sel']) filters.delete(own) // the page's, not the API's
  const { body } = await ask(page, `/incidents/summary?${filters}`)
  assert.equal(seen.total, body.total, 'the heading counts what the API counts')
  assert.equal(seen.map + seen.noplace, seen.total, 'points and those without a place are all there are')
  assert.equal((await listed(page)).length, Math.min(50, seen.total), 'the list holds them')
  return seen
}
const box = (page) => page.locator('[data-timeline]').boundingBox()

for (const lang of ['ar', 'en']) {
  test(`brushing the timeline in ${lang} narrows map and list alike`, async () => {
    const page = await open(browser, { lang })
    await explore(page)
    const whole = await agree(page)
    const { x, y, width, height } = await box(page)
    await page.mouse.move(x + width * 0.3, y + height / 2)
    await page.mouse.down()
    await page.mouse.move(x + width * 0.6, y + height / 2, { steps: 4 })
    await page.mouse.up()
    await page.waitForURL(/from=.*to=/)
    await settled(page)
    const brushed = await agree(page)
    assert.ok(brushed.total < whole.total, `${brushed.total} < ${whole.total}`)
    const { from, to } = Object.fromEntries(new URL(page.url()).searchParams)
    assert.ok(from <= to)
    const { body } = await ask(page, `/incidents?limit=100&from=${from}&to=${to}`)
    assert.deepEqual(await listed(page), body.features.map((one) => one.id).slice(0, 50))
    clean(page)
    await page.context().close()
  })
}

test('the brush is worked from the keyboard: arrows move an end of the span in the direction of reading', async () => {
  const page = await open(browser, { lang: 'ar' })
  await explore(page)
  const start = page.getByRole('slider').first()
  await start.focus()
  const before = Number(await start.getAttribute('aria-valuenow'))
  await page.keyboard.press('ArrowLeft')
  await page.waitForURL(/from=/)
  assert.equal(Number(await page.getByRole('slider').first().getAttribute('aria-valuenow')), before + 1)
  await settled(page)
  await agree(page)
  await page.context().close()
})

test('a filter by facet, by words and by place stands in the address and holds for all three', async () => {
  const page = await open(browser, { lang: 'en' })
  await explore(page)
  const { total } = await counts(page)
  const type = page.locator('[data-facet=type] input').last()
  await type.check()
  await page.waitForURL(/type=/)
  await settled(page)
  assert.ok((await agree(page)).total < total)
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await settled(page)
  assert.equal((await agree(page)).total, total)
  await page.keyboard.press('/')
  await page.keyboard.type('zzqqxx')
  await page.waitForURL(/q=zzqqxx/)
  await settled(page)
  assert.equal((await counts(page)).total, 0)
  await page.goBack()
  clean(page)
  await page.context().close()
})

test('incidents without a place have a count on the map and a lane of their own', async () => {
  const page = await open(browser)
  await explore(page)
  const { noplace } = await counts(page)
  assert.ok(noplace > 0)
  await page.locator('.lane button').click()
  await page.waitForURL(/noplace=true/)
  await settled(page)
  const lane = await counts(page)
  assert.equal(lane.total, noplace)
  await page.context().close()
})

test('a deep link restores filters, map view and the chosen incident in a fresh browser', async () => {
  const first = await open(browser)
  await explore(first)
  const rows = await listed(first)
  await first.keyboard.press('j')
  await first.keyboard.press('j')
  await first.waitForURL(/sel=/)
  await first.locator('.maplibregl-ctrl-zoom-in').click()
  await first.waitForURL(/map=/)
  const { total } = await counts(first)
  await settled(first)
  const link = first.url()
  const second = await open(browser)
  await explore(second, new URL(link).search)
  assert.equal((await counts(second)).total, total)
  assert.equal(await second.locator('[data-row][aria-current=true]').getAttribute('data-row'), rows[1])
  assert.equal(new URL(second.url()).searchParams.get('map'), new URL(link).searchParams.get('map'))
  await first.context().close()
  await second.context().close()
})

/** Where the ink of the one sign on the map lies, measured from the map's own corner. */
async function sign(page) {
  const image = PNG.sync.read(await page.locator('.map canvas').screenshot())
  const found = []
  for (let n = 0; n < image.width * image.height; n++) {
    const [r, g, b] = image.data.subarray(n * 4, n * 4 + 3)
    if (r < 20 && g > 60 && g < 110 && b > 180) found.push([n % image.width, Math.floor(n / image.width)]) // --focus, the ring of the chosen one
  }
  return found
}

test('the same point lies at the same pixel in Arabic and in English', async () => {
  const places = []
  for (const lang of ['ar', 'en']) {
    const page = await open(browser, { lang })
    await explore(page)
    const id = (await incidents(page))[0]
    const features = (await ask(page, '/incidents?limit=100')).body.features
    const { id: chosen, geometry } = features.find((one) => one.geometry) ?? { id }
    const [lon, lat] = geometry.coordinates
    await explore(page, `?sel=${encodeURIComponent(chosen)}&map=7.00/${(lat - 0.4).toFixed(4)}/${(lon + 0.7).toFixed(4)}`)
    const ink = await sign(page)
    assert.ok(ink.length > 20, 'the ring of the chosen one is on the map')
    places.push(ink)
    await page.context().close()
  }
  assert.deepEqual(places[0], places[1])
})

test('uncertainty is drawn: a point of a wide precision has a circle as large as its kilometres', async () => {
  const page = await open(browser)
  await explore(page)
  const { body } = await ask(page, '/incidents/points')
  const n = body.radius_km.findIndex((km) => km >= 1)
  assert.ok(n >= 0)
  const km = body.radius_km[n]
  const zoom = Math.min(14, Math.max(3, Math.log2((40075 * Math.cos((body.lat[n] * Math.PI) / 180) * 120) / (512 * km)))) // the circle would be 120 pixels in radius
  await explore(page, `?map=${zoom.toFixed(2)}/${body.lat[n]}/${body.lon[n]}`)
  const image = PNG.sync.read(await page.locator('.map canvas').screenshot())
  const at = (x, y) => [...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 3)].join()
  const [cx, cy] = [Math.round(image.width / 2), Math.round(image.height / 2)]
  assert.notEqual(at(cx + 60, cy - 60), at(cx + 200, cy - 200), 'inside the circle the ground is tinted')
  await page.context().close()
})

test('the view can be kept to what the map shows', async () => {
  const page = await open(browser)
  await explore(page)
  const { noplace } = await counts(page)
  await page.locator('.pane .bar input').check()
  await page.waitForURL(/bbox=/)
  await settled(page)
  const within = await counts(page)
  assert.equal(within.map, within.total, 'with a box none is without a place')
  assert.ok(noplace >= 0)
  await page.context().close()
})

test('exports of the present view download and parse', async () => {
  const page = await open(browser, { lang: 'en' })
  await explore(page)
  const { total } = await counts(page)
  for (const format of ['csv', 'csv claims', 'geojson', 'jsonl']) {
    await page.locator('#export-format').selectOption(format)
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('[data-act=export]').click()])
    const chunks = []
    for await (const chunk of await file.createReadStream()) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8').replace(/^\uFEFF/, '')
    if (format === 'geojson') {
      const { type, features } = JSON.parse(text)
      assert.equal(type, 'FeatureCollection')
      assert.equal(features.length, total)
    } else if (format === 'jsonl') {
      assert.equal(text.trim().split('\n').map((line) => JSON.parse(line)).length, total)
    } else {
      const rows = csv(text)
      assert.ok(rows.length > 1 && rows.every((row) => row.length === rows[0].length), 'every row has as many cells as the head')
      if (format === 'csv') assert.equal(rows.length - 1, total)
    }
  }
  clean(page)
  await page.context().close()
})

/** RFC 4180. */
function csv(text) {
  const rows = [[]]
  let cell = ''
  let quoted = false
  for (let n = 0; n < text.length; n++) {
    const c = text[n]
    if (quoted) { if (c !== '"') cell += c; else if (text[n + 1] === '"') { cell += '"'; n++ } else quoted = false }
    else if (c === '"') quoted = true
    else if (c === ',') { rows.at(-1).push(cell); cell = '' }
    else if (c === '\n') { rows.at(-1).push(cell.replace(/\r$/, '')); rows.push([]); cell = '' }
    else cell += c
  }
  rows.at(-1).push(cell)
  return rows.filter((row) => row.length > 1 || row[0] !== '')
}
