// Every screen in Arabic and English, light and dark: it stands there, nothing fails, axe finds nothing serious, nothing leaves.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { articles, axe, clean, incidents, LANGS, launch, open, settled, THEMES, visit } from './desk.mjs'

let browser
before(async () => { browser = await launch() })
after(() => browser.close())

for (const lang of LANGS) for (const theme of THEMES) {
  test(`every screen stands in ${lang}, ${theme}, and axe finds nothing serious`, async () => {
    const page = await open(browser, { lang, theme })
    await visit(page, '/')
    await settled(page)
    const [incident] = await incidents(page)
    const article = (await articles(page)).find((one) => one.events)?.id ?? (await articles(page))[0].id
    const outlet = (await page.evaluate(async () => (await (await fetch('/api/v1/outlets?limit=1')).json()).items[0].id))
    const screens = { '/': '.explore', [`/incidents/${incident}`]: '[data-claims]', [`/articles/${article}`]: '.body .text', '/search': '[data-empty]', [`/search?q=${encodeURIComponent('قصف')}`]: '[data-hit] mark', '/review': '[data-card], [data-empty]', '/review?of=events': '[data-card=event] mark', '/sources': '[data-outlets] tbody tr', [`/sources/${encodeURIComponent(outlet)}`]: '[data-record]', '/log': '[data-log]', '/imports': '#import-file', '/settings': '[data-searches]' }
    const wrong = []
    for (const [path, mark] of Object.entries(screens)) {
      await visit(page, path)
      await page.locator(mark).first().waitFor()
      assert.equal(await page.locator('html').getAttribute('lang'), lang)
      assert.equal(await page.locator('html').getAttribute('dir'), null, 'dir stands on the body: on html the map mirrors brackets twice')
      assert.equal(await page.locator('body').getAttribute('dir'), lang === 'ar' ? 'rtl' : 'ltr')
      assert.equal(await page.locator('html').getAttribute('data-theme'), theme)
      if (path === '/') assert.equal(await page.locator('.map').getAttribute('dir'), 'ltr')
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is no wider than the window`)
      wrong.push(...(await axe(page)).map((one) => `${path} ${one}`))
    }
    assert.deepEqual(wrong, [])
    clean(page)
    await page.context().close()
  })
}

test('a path that is no screen says so, and a missing incident is one line with a code', async () => {
  const page = await open(browser, { lang: 'en' })
  await visit(page, '/nothing/here')
  assert.match(await page.locator('h1').innerText(), /No such page/)
  await page.goto(`${process.env.ISNAD_TEST_URL}/incidents/none-such`)
  await page.getByRole('alert').waitFor()
  clean(page)
  await page.context().close()
})

test('on a narrow window every screen still fits', async () => {
  const page = await open(browser, { lang: 'ar', width: 390, height: 800 })
  await visit(page, '/log')
  const [incident] = await incidents(page)
  const article = (await articles(page)).find((one) => one.events).id
  for (const path of ['/', '/search', `/search?q=${encodeURIComponent('قصف')}`, '/review', '/review?of=events', '/sources', '/log', '/imports', '/settings', `/incidents/${incident}`, `/articles/${article}?q=${encodeURIComponent('قصف')}`]) {
    await visit(page, path)
    await page.waitForLoadState('networkidle')
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path)
  }
  await page.context().close()
})
