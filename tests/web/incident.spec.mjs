// One incident and its articles: every value with its speaker and its words, and both ways between a claim and its span.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { articles, ask, clean, incidents, launch, open, visit } from './desk.mjs'

let browser
before(async () => { browser = await launch() })
after(() => browser.close())

/** The incident told by most outlets. */
async function richest(page) {
  await visit(page, '/')
  const { features } = (await ask(page, '/incidents?limit=100')).body
  return features.sort((a, b) => b.properties.voices.outlets - a.properties.voices.outlets)[0].id
}

test('the claims table has a row a field and a column a source, each cell saying who says, repeats or denies, with the words', async () => {
  const page = await open(browser, { lang: 'en' })
  const id = await richest(page)
  const { body } = await ask(page, `/incidents/${id}`)
  await visit(page, `/incidents/${id}`)
  await page.locator('[data-claims]').waitFor()
  const fields = new Set(body.claims.map((one) => one.field))
  assert.equal(await page.locator('[data-claims] tbody tr').count(), fields.size)
  assert.equal(await page.locator('[data-claims] thead th').count(), 1 + new Set(body.claims.map((one) => one.article)).size)
  assert.equal(await page.locator('[data-claims] .claim').count(), body.claims.length)
  const says = await page.locator('[data-claims] .claim').evaluateAll((all) => all.map((one) => one.dataset.says))
  assert.deepEqual([...says].sort(), body.claims.map((one) => one.says).sort())
  assert.ok((await page.locator('[data-claims] blockquote mark').count()) > 0)
  for (const reason of body.reasons) assert.equal(await page.locator(`[data-reason="${reason}"]`).count(), 1)
  if (body.chain.nodes.length) assert.equal(await page.locator('[data-chain] g').count(), body.chain.nodes.length)
  clean(page)
  await page.context().close()
})

test('a click on a claim leads to its span in the article, and a click on the span to its event', async () => {
  const page = await open(browser, { lang: 'ar' })
  const id = await richest(page)
  await visit(page, `/incidents/${id}`)
  await page.locator('[data-claims] .claim a').first().click()
  await page.waitForURL(/\/articles\/.*event=/)
  const event = new URL(page.url()).searchParams.get('event')
  await page.locator(`.event.chosen[data-event-card="${event}"]`).waitFor()
  await page.locator(`.body mark[data-event="${event}"]`).first().waitFor()
  assert.ok(await page.locator(`.body mark[data-event="${event}"]`).first().isVisible())
  await page.locator('.event.chosen .head').click()
  await page.waitForURL((url) => !url.searchParams.has('event'))
  const mark = page.locator('.body mark').first()
  const other = await mark.getAttribute('data-event')
  await mark.click()
  await page.locator(`.event.chosen[data-event-card="${other}"]`).waitFor()
  clean(page)
  await page.context().close()
})

test('the article shows the whole text, right to left, in plain marks that leave the letters joined', async () => {
  const page = await open(browser, { lang: 'en' })
  await visit(page, '/')
  const { id } = (await articles(page)).find((one) => one.events !== 0)
  const { body } = await ask(page, `/articles/${id}`)
  await visit(page, `/articles/${id}`)
  const text = page.locator('.body .text').first()
  await text.waitFor()
  const said = (await page.locator('.body .text').allTextContents()).join('')
  assert.equal(said, body.segments.map((one) => one.text).join(''))
  assert.equal(await text.evaluate((one) => getComputedStyle(one).direction), 'rtl')
  assert.deepEqual([...new Set(await page.locator('.body mark').evaluateAll((all) => all.map((one) => getComputedStyle(one).display)))], ['inline'])
  assert.ok(await text.evaluate((one) => parseFloat(getComputedStyle(one).lineHeight) >= 1.8 * parseFloat(getComputedStyle(one).fontSize)))
  await page.context().close()
})

test('neutral names stand beside each outlet\'s own words, and an outlet has a record', async () => {
  const page = await open(browser, { lang: 'en' })
  const id = await richest(page)
  const { body } = await ask(page, `/incidents/${id}`)
  await visit(page, `/incidents/${id}`)
  if (body.names.length) {
    const row = body.names[0]
    assert.ok((await page.locator('[data-names]').innerText()).includes(typeof row.words[0] === 'string' ? row.words[0] : row.words[0].word))
  }
  const outlet = body.voices.outlets[0]
  await visit(page, `/sources/${encodeURIComponent(outlet.id)}`)
  await page.locator('[data-record]').waitFor()
  assert.ok((await incidents(page, `&outlet=${encodeURIComponent(outlet.id)}`)).includes(id))
  await page.context().close()
})
