// Two reviewers signed in (test_page.py makes them): the first decides and asks for a second look, the second agrees or
// differs, and both decisions stand in the log.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ask, axe, clean, launch, open, visit } from './desk.mjs'

const PEOPLE = JSON.parse(process.env.ISNAD_TEST_PEOPLE)

let browser
before(async () => { browser = await launch() })
after(() => browser.close())

async function enter(name) {
  const page = await open(browser, { lang: 'en' })
  await visit(page, '/')
  await page.locator('input[autocomplete=username]').fill(name)
  await page.locator('input[type=password]').fill(PEOPLE[name])
  await page.locator('form button').click()
  await page.locator('.explore').waitFor()
  return page
}
const decision = (page) => page.waitForResponse((one) => one.url().endsWith('/decisions') && one.request().method() === 'POST' && one.status() === 201)
const log = async (page) => (await ask(page, '/decisions')).body.items

test('a second look comes to the other reviewer only, with the first decision, and both stand in the log', async () => {
  const [first, second] = [await enter('mona'), await enter('samir')]

  // An event: rejected with S, then brought back by the second reviewer, who differs.
  await visit(first, '/review?of=events')
  await first.locator('[data-card=event]').waitFor()
  const { card } = (await ask(first, '/review/events/next')).body
  await first.keyboard.press('s')
  await first.locator('[data-act=second]:checked').waitFor()
  let made = decision(first)
  await first.keyboard.press('x')
  await made
  await visit(first, '/review?of=events')
  await first.locator('[data-card=event]').waitFor()
  assert.equal(await first.locator('[data-second]').count(), 0, 'whoever asked is not asked again')
  await visit(second, '/review?of=events')
  await second.locator('[data-second]').waitFor()
  await second.locator('[data-before] li').waitFor()
  assert.match(await second.locator('[data-before] li').innerText(), /reject.*mona/)
  assert.equal((await second.locator('[data-card] mark[data-role=trigger]').allTextContents()).join(''), card.event.trigger.text)
  assert.deepEqual(await axe(second), [])
  made = decision(second)
  await second.keyboard.press('a')
  await made
  await second.locator('[data-second]').waitFor({ state: 'detached' })
  assert.deepEqual((await log(first)).slice(0, 2).map((one) => [one.kind, one.user]), [['accept', 'samir'], ['reject', 'mona']])
  assert.ok((await ask(first, `/articles/${card.article.id}`)).body.events.some((one) => one.id === card.event.id), 'the later decision holds')

  // An incident: accepted, and the second reviewer agrees.
  await visit(first, '/review')
  await first.locator('[data-card]').waitFor()
  while ((await first.locator('[data-card]').getAttribute('data-card')) === 'pair') {
    const key = await first.locator('[data-card]').getAttribute('data-key')
    await first.keyboard.press('j')
    await first.waitForFunction((old) => document.querySelector('[data-card]')?.dataset.key !== old, key)
  }
  const id = /incidents\/([^?]+)/.exec(await first.locator('[data-card] h3 a').getAttribute('href'))[1]
  await first.locator('[data-act=second]').check()
  await first.locator('h1').click()
  made = decision(first)
  await first.keyboard.press('a')
  await made
  await visit(second, '/review')
  await second.locator('[data-second]').waitFor()
  assert.ok((await second.locator('[data-card] h3 a').getAttribute('href')).endsWith(id))
  assert.match(await second.locator('[data-before] li').innerText(), /accept.*mona/)
  made = decision(second)
  await second.keyboard.press('a')
  await made
  await visit(second, '/log')
  await second.locator('[data-decision]').first().waitFor()
  const rows = await second.locator('[data-decision]').evaluateAll((all) => all.slice(0, 2).map((row) => [...row.querySelectorAll('td')].slice(1, 4).map((cell) => cell.innerText)))
  assert.deepEqual(rows, [['samir', 'accept', id], ['mona', 'accept', id]])
  clean(first)
  clean(second)
})
