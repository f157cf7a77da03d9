// What comes from outside is text: it is shown, never run and never obeyed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { articleTitled, clean, launch, open, visit } from './desk.mjs'

let browser
before(async () => { browser = await launch() })
after(() => browser.close())

test('HTML, script and marks that turn the direction are shown inert in the article and in lists', async () => {
  const page = await open(browser, { lang: 'en' })
  await visit(page, '/log')
  const id = await articleTitled(page, '<img src=x')
  await visit(page, `/articles/${id}`)
  await page.locator('.body .text').first().waitFor()
  assert.match(await page.locator('.body').innerText(), /<script>window\.hacked=1<\/script>/)
  assert.equal(await page.locator('.body script, .body img').count(), 0)
  assert.ok((await page.locator('.body .ctl').count()) > 0, 'the override is shown as a sign')
  assert.ok(!(await page.locator('.body').innerText()).includes('\u202e'), 'and is not in the text that is drawn')
  assert.equal(await page.evaluate(() => window.hacked), undefined)
  clean(page)
  await page.context().close()
})

test('a text of 650,000 letters opens quickly and comes in stretches', async () => {
  const page = await open(browser, { lang: 'en' })
  await visit(page, '/log')
  const id = await articleTitled(page, 'نص طويل')
  const began = Date.now()
  await visit(page, `/articles/${id}`)
  await page.locator('.body .text').first().waitFor()
  assert.ok(Date.now() - began < 5_000, `${Date.now() - began} ms`)
  const before = await page.locator('.body .text').count()
  await page.locator('[data-act=more-text]').click()
  await page.waitForFunction((n) => document.querySelectorAll('.body .text').length > n, before)
  assert.ok((await page.locator('.body *').count()) < 20_000)
  await page.context().close()
})

test('the policy of the page allows its own files only', async () => {
  const page = await open(browser)
  const answer = await page.goto(`${process.env.ISNAD_TEST_URL}/`)
  assert.match(answer.headers()['content-security-policy'] ?? '', /default-src 'self'/)
  await page.context().close()
})
