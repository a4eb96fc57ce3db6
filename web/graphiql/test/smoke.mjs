// Browser test of the playground with the network cut: node test/smoke.mjs URL [screenshot-directory]
// CHROMIUM names the browser (default /usr/bin/chromium). Exit code 0 when every check passed.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [address, pictures] = process.argv.slice(2);
if (!address) {
  console.error('usage: node test/smoke.mjs URL [screenshot-directory]');
  process.exit(2);
}
const origin = new URL(address).origin;
const TAB = '.graphiql-session-header [role="tab"], .graphiql-session-header .graphiql-tab';
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const outside = []; // requests to another origin: aborted
const failed = []; // requests to our origin that did not succeed
const complaints = []; // console errors, CSP violations, page errors
let passed = 0;
let broken = 0;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
try {
  const context = await browser.newContext({ viewport: { width: 1400, height: 860 }, colorScheme: 'light' });
  context.setDefaultTimeout(30_000);
  await cutNetwork(context);
  const page = await context.newPage();
  await listen(page);
  await run(page);
} catch (error) {
  report('the run reaches its end', error);
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${broken} failed`);
process.exit(broken === 0 ? 0 : 1);

async function run(page) {
  const loaded = await check('the page loads and the editor appears', async () => {
    await page.goto(address);
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await page.locator('.graphiql-query-editor').getByText('RolePage', { exact: false }).first().waitFor();
  });
  if (!loaded) return; // nothing below can pass
  await check('the first visit opens the examples as tabs', async () => {
    const count = await page.locator(TAB).count();
    if (count < 6) throw new Error(`${count} tabs`);
  });
  await check('the header editor is offered', () => page.getByRole('button', { name: 'Headers' }).waitFor());
  await check('the first example answers', async () => {
    const answer = await execute(page);
    if (answer.data?.role?.title !== 'Python Software Developer') throw new Error(clip(answer));
    await page.locator('.result-window').getByText('"Python Software Developer"').first().waitFor();
  });
  await picture(page, '1-first-example');

  const tabs = await page.locator(TAB).count();
  for (let index = 1; index < tabs; index += 1) {
    const tab = page.locator(TAB).nth(index);
    const name = (await tab.innerText()).trim();
    await check(`the example ${name} answers`, async () => {
      await tab.click();
      await page.locator('.graphiql-query-editor').getByText(`query ${name}`).first().waitFor();
      const answer = await execute(page);
      if (!Object.values(answer.data ?? {}).some((value) => value !== null)) throw new Error(clip(answer));
      await page.locator('.result-window').getByText('"data"').first().waitFor();
    });
    if (index === 4) await picture(page, '2-example-with-variables');
  }

  await check('the Docs explorer shows the schema', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').getByRole('link', { name: 'Query' }).click();
    await page.locator('.graphiql-doc-explorer').getByRole('link', { name: 'roles', exact: true }).waitFor();
  });
  await picture(page, '3-documentation');

  await check('a second visit finds the same tabs', async () => {
    await page.locator(TAB).first().click();
    await page.waitForFunction(() => localStorage.getItem('graphiql:query')?.includes('query RolePage'));
    await page.reload();
    await page.locator('.graphiql-query-editor').getByText('query RolePage').first().waitFor();
    const count = await page.locator(TAB).count();
    if (count !== tabs) throw new Error(`${count} tabs instead of ${tabs}`);
  });
  await check('the dark scheme of the system is followed', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(() => {
      const editor = document.querySelector('.graphiql-query-editor .monaco-editor');
      return matchMedia('(prefers-color-scheme: dark)').matches && editor?.classList.contains('vs-dark');
    });
    await execute(page);
  });
  await picture(page, '4-dark');

  await check('the editor marks a field that the schema does not have', async () => {
    await write(page, '{ nonsense }');
    await page.waitForFunction(() => globalThis.__MONACO.editor.getModelMarkers({})
      .some(({ message }) => message.includes('Cannot query field "nonsense"')));
  });
  await check('the editor prettifies', async () => {
    await write(page, '{server{version}}');
    await page.getByRole('button', { name: /prettify/i }).click();
    await page.waitForFunction(() => globalThis.__MONACO.editor.getModels()
      .some((model) => model.getValue().trim() === '{\n  server {\n    version\n  }\n}'));
  });

  await check('no request left the origin', () => none(outside));
  await check('every request to the origin succeeded', () => none(failed));
  await check('no console error, policy violation or page error', () => none(complaints));
}

/** Clicks Execute and returns the answer once the response pane shows it; errors in it are a failure. */
async function execute(page) {
  const button = page.getByRole('button', { name: /execute query/i });
  const [response] = await Promise.all([
    page.waitForResponse((candidate) => candidate.request().method() === 'POST'
      && !candidate.request().postData().includes('IntrospectionQuery')),
    button.click(),
  ]);
  const text = await response.text();
  const expected = JSON.stringify(JSON.parse(text));
  await page.waitForFunction((wanted) => {
    const model = globalThis.__MONACO.editor.getModels().find(({ uri }) => uri.path.endsWith('response.json'));
    try {
      return JSON.stringify(JSON.parse(model.getValue())) === wanted;
    } catch {
      return false; // not there yet
    }
  }, expected);
  const answer = JSON.parse(text);
  if ('errors' in answer) throw new Error(clip(answer.errors));
  return answer;
}

/** Replaces the text of the query editor. */
async function write(page, text) {
  await page.evaluate((value) => {
    const { editor } = globalThis.__MONACO;
    editor.getModels().find(({ uri }) => uri.path.endsWith('operation.graphql')).setValue(value);
  }, text);
}

/** Lets requests to the tested origin through; aborts and records all others. */
async function cutNetwork(context) {
  await context.route('**/*', (route) => {
    const url = new URL(route.request().url());
    if (url.origin === origin || ['data:', 'blob:', 'about:'].includes(url.protocol)) return route.continue();
    outside.push(url.href);
    return route.abort();
  });
  await context.routeWebSocket((url) => url.host !== new URL(origin).host, (socket) => {
    outside.push(socket.url());
    return socket.close();
  });
}

async function listen(page) {
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    if (request.url().startsWith(origin)) failed.push(`${request.failure()?.errorText} ${request.url()}`);
  });
  await page.exposeFunction('reportViolation', (text) => complaints.push(`policy violation: ${text}`));
  await page.addInitScript(() => addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    globalThis.reportViolation(`${violatedDirective} ${blockedURI}`);
  }));
}

/** Runs one check, prints its line and tells whether it passed. */
async function check(name, body) {
  try {
    await body();
    report(name);
    return true;
  } catch (error) {
    report(name, error);
    return false;
  }
}

function report(name, error) {
  if (error) broken += 1;
  else passed += 1;
  console.log(error ? `FAILED ${name}: ${error.message}` : `ok     ${name}`);
}

async function picture(page, name) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

function none(list) {
  if (list.length > 0) throw new Error(list.join('; '));
}

function clip(value) {
  return JSON.stringify(value).slice(0, 300);
}
