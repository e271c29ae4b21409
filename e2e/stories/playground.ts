/** The page as a person meets it: its controls by role and label, its figures as numbers. Refuses to know how it is made. */
import { expect } from 'playwright/test';
import type { Locator, Page } from 'playwright/test';

/** Long enough for a GPU that is a CPU shared with others; none of these is ever what a story is about. */
export const patience = {
  /** Adapter, compilation of the network, data. */
  start: { timeout: 180_000 },
  /** The next training step, measurement or rebuilt network. */
  work: { timeout: 180_000 },
} as const;

/** What a chart's cursor says aloud about its last step. */
export interface Reading {
  /** As it is said, for comparisons to the last digit shown. */
  readonly text: string;
  readonly step: number;
  readonly train: number;
  readonly validation: number | undefined;
  readonly test: number | undefined;
}

/** A corner of a stroke as `[column, row]` of the 28 × 28 pixels. */
export type Corner = readonly [number, number];

export class Playground {
  /** Errors of the page and of its workers, violations of the content policy among them, as they came. */
  readonly complaints: string[] = [];
  readonly status: Locator;
  readonly answer: Locator;
  readonly pad: Locator;

  constructor(readonly page: Page) {
    this.status = page.locator('run-status .lines');
    this.answer = page.getByRole('region', { name: 'Output' }).getByRole('strong');
    this.pad = page.getByRole('application', { name: 'Draw a digit' });
    page.setDefaultTimeout(patience.work.timeout);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`${message.text()} ${message.location().url}`);
    });
  }

  /** Opens the site; nothing is waited for. */
  async open(): Promise<void> {
    await this.page.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`securitypolicyviolation: ${violatedDirective} ${blockedURI}`);
      });
    });
    await this.page.goto('./');
  }

  /** Opens the site and waits until training could begin. */
  async openReady(): Promise<void> {
    await this.open();
    await expect(this.button('Train')).toBeEnabled(patience.start);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The chip of the header that opens a panel: `Data`, `Model` or `GPU`. */
  chip(name: string): Locator {
    return this.page.getByRole('navigation', { name: 'Details' }).getByRole('button', { name: new RegExp(`^${name}`) });
  }

  /** What a chip's panel holds; its contents are slotted, so that the dialog is not what they stand in. */
  panel(name: string): Locator {
    return this.page
      .locator('header-chip')
      .filter({ has: this.page.getByRole('button', { name: new RegExp(`^${name}`) }) });
  }

  /** A chip's panel as a box that is open or not. */
  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name, exact: true });
  }

  /** One layer of the pipeline, by its name: `conv2d_1`. */
  stage(layer: string): Locator {
    const heading = this.page.getByRole('heading', { name: new RegExp(`\\b${layer}$`) });
    return this.page.locator('pipeline-stage').filter({ has: heading });
  }

  slider(layer: string, label: string): Locator {
    return this.stage(layer).getByRole('slider', { name: label, exact: true });
  }

  /** The picture of a layer's maps. */
  maps(layer: string): Locator {
    return this.page.getByRole('img', { name: new RegExp(`(feature maps|units) of ${layer},`) });
  }

  /** Steps of the epoch under way; 0 while no run is. */
  async stepInEpoch(): Promise<number> {
    const [, step = '0'] = /step ([\d,]+)\//.exec((await this.status.textContent()) ?? '') ?? [];
    return Number(step.replaceAll(',', ''));
  }

  /** Undefined before the first step. */
  async reading(chart: 'Loss' | 'Accuracy'): Promise<Reading | undefined> {
    const cursor = this.page.getByRole('slider', { name: `${chart} at a step` });
    if ((await cursor.count()) === 0) return undefined;
    const text = (await cursor.getAttribute('aria-valuetext')) ?? '';
    const number = (name: string): number | undefined => {
      const [, figure] = new RegExp(`\\b${name} (\\d[\\d,.]*\\d|\\d)`).exec(text) ?? [];
      return figure === undefined ? undefined : Number(figure.replaceAll(',', ''));
    };
    return {
      text,
      step: number('step') ?? 0,
      train: number('train') ?? NaN,
      validation: number('validation'),
      test: number('test'),
    };
  }

  /** The loss after at least `step` steps from the initial weights. */
  async lossAfter(step: number): Promise<Reading> {
    await expect.poll(async () => (await this.reading('Loss'))?.step ?? 0, patience.work).toBeGreaterThanOrEqual(step);
    const reading = await this.reading('Loss');
    if (!reading) throw new Error('loss: it must stay once it has been reported. Received none.');
    return reading;
  }

  /** Trains on one batch and waits for its loss. */
  async stepOnce(): Promise<Reading> {
    const before = (await this.reading('Loss'))?.step ?? 0;
    await this.button('Step').click();
    return this.lossAfter(before + 1);
  }

  /** Draws one stroke with the mouse. */
  async draw(corners: readonly Corner[]): Promise<void> {
    const box = await this.pad.boundingBox();
    if (!box) throw new Error('pad: it must be on the page. Received no box.');
    const { mouse } = this.page;
    const move = ([column, row]: Corner): Promise<void> =>
      mouse.move(box.x + (column / 28) * box.width, box.y + (row / 28) * box.height, { steps: 6 });
    const [first, ...rest] = corners;
    if (first) await move(first);
    await mouse.down();
    for (const corner of rest) await move(corner);
    await mouse.up();
  }

  /** Share in percent that the network gives its answer. */
  async certainty(): Promise<number> {
    const sure = this.page.getByRole('region', { name: 'Output' }).getByText(/% sure$/);
    return Number.parseFloat((await sure.textContent()) ?? '');
  }

  /** How many colours a picture shows; a canvas that nothing was painted on shows one. */
  async coloursOf(picture: Locator): Promise<number> {
    return (await this.look(picture)).colours;
  }

  /** How many colours a picture shows, and how bright it is on the whole, 0…255. */
  async look(picture: Locator): Promise<{ readonly colours: number; readonly brightness: number }> {
    const png = await picture.screenshot();
    return this.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const sheet = new OffscreenCanvas(image.width, image.height).getContext('2d');
      sheet?.drawImage(image, 0, 0);
      const channels = Uint8Array.from(sheet?.getImageData(0, 0, image.width, image.height).data ?? []);
      const sum = channels.reduce((total, value, index) => (index % 4 === 3 ? total : total + value), 0);
      return { colours: new Set(new Uint32Array(channels.buffer)).size, brightness: sum / (channels.length * 0.75) };
    }, png.toString('base64'));
  }
}
