// Full text: words marked by the server's own reckoning, the way to the place of a hit, the address, the keys.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ask, axe, clean, launch, open, visit } from './desk.mjs'

const WORD = 'قصف'
let browser
before(async () => { browser = await launch() })
after(() => browser.close())

const hits = (page) => page.locator('[data-hit]').evaluateAll((all) => all.map((one) => one.getAttribute('data-hit')))
const field = (page) => page.locator('#search-q')

test('what is typed is found as the API finds it, its words marked, and the address holds the question', async () => {
  const page = await open(browser, { lang: 'ar' })
  await visit(page, '/search')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search-q', 'one can type at once')
  await page.locator('[data-empty]').waitFor()
  await page.keyboard.type(WORD)
  await page.waitForURL((url) => url.searchParams.get('q') === WORD)
  await page.locator('[data-hit]').first().waitFor()
  const { body } = await ask(page, `/search?q=${encodeURIComponent(WORD)}`)
  assert.deepEqual(await hits(page), body.items.map((one) => one.article))
  for (const hit of body.items) {
    const shown = await page.locator(`[data-hit="${hit.article}"] .passage`).evaluate((one) => ({ text: one.textContent, marks: [...one.querySelectorAll('mark')].map((mark) => mark.textContent) }))
    const turns = /[\u202a-\u202e\u2066-\u2069]/g // shown as signs
    assert.equal(shown.text.replace(/U\+20[0-9A-F]{2}/g, ''), hit.segments.map((one) => one.text).join('').replace(turns, ''))
    assert.deepEqual(shown.marks, hit.segments.filter((one) => one.hit).map((one) => one.text))
  }
  const marked = (await page.locator('[data-hit] h2 mark').allTextContents())
  assert.ok(marked.length > 0 && marked.every((one) => one.includes(WORD)), 'titles are marked too')
  assert.deepEqual([...new Set(await page.locator('[data-hit] mark').evaluateAll((all) => all.map((one) => getComputedStyle(one).display)))], ['inline'])
  const second = await open(browser, { lang: 'en' })
  await second.goto(page.url())
  await second.locator('[data-hit]').first().waitFor()
  assert.equal(await field(second).inputValue(), WORD)
  assert.deepEqual(await hits(second), await hits(page))
  clean(page)
  await page.context().close()
  await second.context().close()
})

test('a marked word leads to its place in the article, and from there to the next and back to the results', async () => {
  const page = await open(browser, { lang: 'en' })
  await visit(page, `/search?q=${encodeURIComponent(WORD)}`)
  await page.locator('[data-hit]').first().waitFor()
  const links = page.locator('.passage', { has: page.locator('mark') }).filter({ has: page.locator('a:nth-of-type(2)') }).first().locator('a')
  const said = await links.nth(1).innerText()
  await links.nth(1).click()
  await page.waitForURL(/\/articles\/\d+\?q=.*hit=1/)
  const here = page.locator('.body mark.here')
  await here.first().waitFor()
  assert.equal(await here.count(), 1)
  assert.equal(await here.innerText(), said)
  assert.ok(await here.evaluate((one) => { const { top, bottom } = one.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight }), 'it is in sight')
  const id = /articles\/(\d+)/.exec(page.url())[1]
  const { body } = await ask(page, `/search/marks?q=${encodeURIComponent(WORD)}&article=${id}`)
  const text = await page.locator('.body .text').evaluateAll((all) => all.map((one) => one.textContent).join(''))
  assert.deepEqual(await page.locator('.body mark.found').evaluateAll((all) => [...new Set(all.map((one) => Number(one.dataset.found)))]), body.items[0].text.map((_, n) => n))
  assert.equal([...text].slice(...body.items[0].text[1]).join(''), said)
  await page.locator('[data-act=found-next]').click()
  await page.waitForURL((url) => url.searchParams.get('hit') === String(2 % body.items[0].text.length))
  await page.locator('[data-found-bar] a').click()
  await page.waitForURL((url) => url.pathname === '/search')
  await page.locator('[data-hit]').first().waitFor()
  clean(page)
  await page.context().close()
})

test('an outlet and days narrow it; nothing found and a question that is none say so', async () => {
  const page = await open(browser, { lang: 'ar' })
  await visit(page, `/search?q=${encodeURIComponent(WORD)}`)
  await page.locator('[data-hit]').first().waitFor()
  const all = (await ask(page, `/search?q=${encodeURIComponent(WORD)}`)).body.items
  const outlet = all[0].outlet.id
  await page.locator('#search-outlet').selectOption(outlet)
  await page.waitForURL((url) => url.searchParams.get('outlet') === outlet)
  await page.waitForFunction((n) => document.querySelectorAll('[data-hit]').length === n, all.filter((one) => one.outlet.id === outlet).length)
  await page.locator('#search-from').fill('2031-01-01')
  await page.locator('[data-empty]').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.locator('form button[type=button]').click()
  await page.locator('[data-hit]').first().waitFor()
  assert.equal((await hits(page)).length, all.length)
  await field(page).fill('زظزظزظ')
  await page.locator('[data-empty]').waitFor()
  await field(page).fill('"؟!"')
  await page.getByRole('alert').waitFor()
  assert.equal(await page.locator('[data-hit]').count(), 0)
  clean(page)
  await page.context().close()
})

test('the slash goes to the search from any screen and into its field; J and Enter open a hit', async () => {
  const page = await open(browser, { lang: 'en' })
  await visit(page, '/log')
  await page.keyboard.press('/')
  await page.waitForURL((url) => url.pathname === '/search')
  await page.waitForFunction(() => document.activeElement.id === 'search-q')
  await page.keyboard.type(WORD)
  await page.locator('[data-hit]').first().waitFor()
  await page.evaluate(() => document.activeElement.blur())
  await page.keyboard.press('/')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search-q')
  assert.equal(await field(page).inputValue(), WORD, 'the slash itself is not typed')
  await page.evaluate(() => document.activeElement.blur())
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const second = (await hits(page))[1]
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === `/articles/${second}`)
  await page.locator('.body mark.here').waitFor()
  clean(page)
  await page.context().close()
})
