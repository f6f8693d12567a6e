// axe.mjs CHROMIUM FILE…: every page with axe-core in headless Chromium, as wide as a desk and as a phone; with SHOTS=FOLDER pictures of each, and a PDF.
import { createRequire } from 'module';
import { readFileSync } from 'fs';
import { basename, join } from 'path';

const require = createRequire(join(process.env.NODE_PATH, 'x.js'));
const puppeteer = require('puppeteer-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [, , executablePath, ...files] = process.argv;
const sizes = [['wide', 1280], ['phone', 390]];

const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
let faults = 0;
const fault = (text) => { faults += 1; console.log(text); };
for (const file of files) {
  for (const [name, width] of sizes) {
    const page = await browser.newPage();
    await page.setBypassCSP(true);  // for axe alone: the page itself forbids every script
    await page.setViewport({ width, height: 900 });
    page.on('request', (request) => { if (!request.url().startsWith('file://')) fault(`${file}: asks for ${request.url()}`); });
    await page.goto('file://' + file);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${basename(file)}.${name}.png`), fullPage: true });
    if (process.env.SHOTS && name === 'wide') await page.pdf({ path: join(process.env.SHOTS, `${basename(file)}.pdf`), format: 'A4', printBackground: true });
    await page.evaluate(() => document.querySelectorAll('details').forEach((each) => { each.open = true; }));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) fault(`${file}: ${wide} pixels wide in a window of ${width}`);
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() => window.axe.run(document));
    if (passes.length < 10) fault(`${file}: axe-core applied only ${passes.length} rules`);
    for (const each of violations) fault(`${file}, ${name}: ${each.id}: ${each.help}\n  ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join('\n  ')}`);
    await page.close();
  }
}
await browser.close();
console.log(`${files.length} pages, ${faults} faults`);
process.exit(faults > 0 ? 1 : 0);
